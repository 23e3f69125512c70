import { expect } from '@open-wc/testing';
import { unblockHint } from '../../../src/elements/snap-camera/unblock.js';

describe('the hint how to unblock a camera', () => {
  const table: [browser: string, userAgent: string, touchPoints: number, hint: string][] = [
    [
      'Chrome on Windows',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      0,
      'camera-unblock-chromium',
    ],
    [
      'Chrome on Android',
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
      5,
      'camera-unblock-android',
    ],
    [
      'Firefox on Android',
      'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
      5,
      'camera-unblock-firefox',
    ],
    [
      'Safari on a Mac',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
      0,
      'camera-unblock-safari',
    ],
    [
      'an iPad, which identifies as a Mac',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
      5,
      'camera-unblock-ios',
    ],
    [
      'Chrome on an iPhone',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
      5,
      'camera-unblock-ios',
    ],
  ];
  for (const [browser, userAgent, maxTouchPoints, hint] of table)
    it(`names the settings of ${browser}`, () => {
      expect(unblockHint({ userAgent, maxTouchPoints } as Navigator)).to.equal(hint);
    });
});
