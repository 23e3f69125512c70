import type { Strings } from '../../strings/texts.js';

type Hint = Extract<keyof Strings, `camera-unblock-${string}`>;

/**
 * Where this browser hides the switch that allows a camera again. A guess by the browser's own
 * name, for a sentence and nothing else: no page can open that place or find out where it is.
 */
export function unblockHint({ userAgent, maxTouchPoints }: Navigator): Hint {
  // An iPad calls itself a Mac; no Mac has a touch screen.
  if (/iPhone|iPad/.test(userAgent) || (userAgent.includes('Mac OS') && maxTouchPoints > 1)) {
    return 'camera-unblock-ios';
  }
  if (userAgent.includes('Firefox/')) return 'camera-unblock-firefox';
  if (userAgent.includes('Android')) return 'camera-unblock-android';
  if (/Version\/\S+ Safari\//.test(userAgent)) return 'camera-unblock-safari';
  return 'camera-unblock-chromium';
}
