import type { Facing } from './cameras.js';

/**
 * Remembers which camera the person chose, for the pages of this origin on this device: one for
 * pages that ask for a camera facing the person, and one for pages that ask for the other side, so
 * that the webcam chosen for a portrait is not what a document is photographed with.
 */
export function rememberCamera(wanted: Facing, deviceId: string): void {
  try {
    localStorage.setItem(key(wanted), deviceId);
  } catch {
    // Storage is forbidden or full. The choice lasts as long as the page.
  }
}

/** The camera chosen earlier; undefined if there is none, or the browser keeps nothing. */
export function rememberedCamera(wanted: Facing): string | undefined {
  try {
    return localStorage.getItem(key(wanted)) ?? undefined;
  } catch {
    return undefined;
  }
}

function key(wanted: Facing): string {
  return `snaptrail-camera-${wanted}`;
}
