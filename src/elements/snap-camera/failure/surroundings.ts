import type { HubElement } from '../../../hub/hub-element.js';
import { allowTag } from './allow-button.js';
import type { Surroundings } from './ways.js';

/** What a file chosen in place of a photo, a clip or a sound is likely to be. */
const USUAL = { photo: 'image/jpeg', video: 'video/mp4', audio: 'audio/mp4' } as const;

/** Finds out what decides which ways out there are. */
export function surroundings(mode: Surroundings['mode'], hub: HubElement | null): Surroundings {
  return {
    // The main pointer is a finger. A laptop with a touch screen has no camera app that a file
    // input could open.
    handheld: matchMedia('(pointer: coarse) and (hover: none)').matches,
    invites: (hub?.inviteUrl ?? '') !== '',
    framed: window.parent !== window && /^https?:$/.test(location.protocol),
    filesBeside: hub?.choosesFiles(USUAL[mode]) ?? false,
    asksAgain: allowTag(mode) !== null,
    mode,
  };
}
