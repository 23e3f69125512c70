import { guard } from '../../shared/people/faces.styles.js';
import { belowStyles } from './below.styles.js';
import { layoutStyles } from './controls.styles.js';
import { reviewStyles } from './review.styles.js';
import { shutterStyles } from './shutter.styles.js';

/** The styles of everything that lies on the picture. */
export const controlsStyles = [layoutStyles, belowStyles, shutterStyles, reviewStyles, guard];
