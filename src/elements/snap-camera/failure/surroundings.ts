import { allowTag } from './allow-button.js';
import type { Surroundings } from './ways.js';

/** Finds out what decides which ways out there are. `inviteUrl`: the hub's, or the empty string. */
export function surroundings(mode: Surroundings['mode'], inviteUrl: string): Surroundings {
  return {
    // The main pointer is a finger. A laptop with a touch screen has no camera app that a file
    // input could open.
    handheld: matchMedia('(pointer: coarse) and (hover: none)').matches,
    invites: inviteUrl !== '',
    framed: window.parent !== window && /^https?:$/.test(location.protocol),
    asksAgain: allowTag(mode) !== null,
    mode,
  };
}
