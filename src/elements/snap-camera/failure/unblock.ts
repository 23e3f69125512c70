import type { Strings } from '../../../strings/texts.js';

/** The key of a sentence that says where to allow something. */
export type UnblockHint = Extract<keyof Strings, `unblock-${string}`>;

// No API opens or reveals the places that these sentences name, so all of them are guessed by the
// user agent.

/** Where this browser lets people unblock a site. */
export function unblockHint(navigator: Navigator): UnblockHint {
  const { userAgent } = navigator;
  const android = userAgent.includes('Android');
  if (isIos(navigator)) return 'unblock-ios';
  if (userAgent.includes('Firefox/')) return android ? 'unblock-firefox-android' : 'unblock-firefox';
  if (android) return 'unblock-android';
  if (/Version\/\S+ Safari\//.test(userAgent)) return 'unblock-safari';
  return 'unblock-chromium';
}

/** Where this system lets people allow a device to a browser; null if it has no such place. */
export function systemHint(navigator: Navigator): UnblockHint | null {
  const { userAgent } = navigator;
  if (isIos(navigator)) return 'unblock-system-ios';
  if (userAgent.includes('Android')) return 'unblock-system-android';
  if (userAgent.includes('Mac OS')) return 'unblock-system-mac';
  if (userAgent.includes('Windows')) return 'unblock-system-windows';
  return null;
}

/** Where this browser lets people allow a site to read a canvas. */
export function canvasHint(navigator: Navigator): UnblockHint {
  if ('brave' in navigator) return 'unblock-canvas-brave';
  return navigator.userAgent.includes('Firefox/') ? 'unblock-canvas-firefox' : 'unblock-canvas';
}

/** An iPad identifies as a Mac, but no Mac has a touch screen. */
function isIos({ userAgent, maxTouchPoints }: Navigator): boolean {
  return /iPhone|iPad/.test(userAgent) || (userAgent.includes('Mac OS') && maxTouchPoints > 1);
}
