import '../../src/define/photo-trail.js';
import '../../src/define/snap-camera.js';
import '../../src/define/snap-invite.js';
import '../../src/define/snap-sender.js';
import { FakeHub } from '../fake-hub.js';
import { cameraStates } from './camera.js';
import { inviteStates } from './invite.js';
import { senderStates } from './sender.js';
import { senderCameraStates } from './sender-camera.js';
import { shutterStates } from './shutter.js';
import type { Specimen } from './specimen.js';
import { trailStates, viewerStates } from './trail.js';

FakeHub.define();

/**
 * Every visible state of every element, but those that cover the page. The gallery shows them to
 * people; tests check that each fits its space.
 */
export const specimens = [
  ...cameraStates,
  ...shutterStates,
  ...senderStates,
  ...senderCameraStates,
  ...inviteStates,
  ...trailStates,
] as readonly Specimen[];

/** The states that cover the page, so that only one of them can be shown at a time. */
export const covering = viewerStates as readonly Specimen[];
