import { controls } from './controls.styles.js';
import { hidden } from './hidden.styles.js';
import { print } from './print.styles.js';
import { styleBoundary } from './style-boundary.js';
import { surfaces } from './surfaces.styles.js';
import { tokens } from './tokens.styles.js';

/** What every visible element starts its `static styles` with. */
export const base = [styleBoundary, tokens, hidden, controls, surfaces, print];
