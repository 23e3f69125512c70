import type { Strings } from '../../strings/texts.js';

type Hint = Extract<keyof Strings, `camera-unblock-${string}`>;

/**
 * Picks the sentence that says where this browser lets people unblock a camera. It guesses by user
 * agent, as no API opens or reveals that place.
 */
export function unblockHint({ userAgent, maxTouchPoints }: Navigator): Hint {
  // An iPad identifies as a Mac, but no Mac has a touch screen.
  if (/iPhone|iPad/.test(userAgent) || (userAgent.includes('Mac OS') && maxTouchPoints > 1)) {
    return 'camera-unblock-ios';
  }
  if (userAgent.includes('Firefox/')) return 'camera-unblock-firefox';
  if (userAgent.includes('Android')) return 'camera-unblock-android';
  if (/Version\/\S+ Safari\//.test(userAgent)) return 'camera-unblock-safari';
  return 'camera-unblock-chromium';
}
