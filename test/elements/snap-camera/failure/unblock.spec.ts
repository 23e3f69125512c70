import { expect } from '@open-wc/testing';
import { canvasHint, systemHint, unblockHint } from '../../../../src/elements/snap-camera/failure/unblock.js';

const chrome = '(KHTML, like Gecko) Chrome/140.0.0.0';
const safari = '(KHTML, like Gecko) Version/18.0 Safari/605.1.15';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64';

const BROWSERS: [
  browser: string,
  userAgent: string,
  touchPoints: number,
  site: string,
  system: string | null,
][] = [
  [
    'Chrome on Windows',
    `${WINDOWS} AppleWebKit/537.36 ${chrome} Safari/537.36`,
    0,
    'unblock-chromium',
    'unblock-system-windows',
  ],
  [
    'Chrome on a Mac',
    `${MAC} AppleWebKit/537.36 ${chrome} Safari/537.36`,
    0,
    'unblock-chromium',
    'unblock-system-mac',
  ],
  ['Chrome on Linux', `${LINUX}) AppleWebKit/537.36 ${chrome} Safari/537.36`, 0, 'unblock-chromium', null],
  [
    'Chrome on Android',
    `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 ${chrome} Mobile Safari/537.36`,
    5,
    'unblock-android',
    'unblock-system-android',
  ],
  [
    'Firefox on Android',
    'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
    5,
    'unblock-firefox-android',
    'unblock-system-android',
  ],
  ['Firefox on Linux', `${LINUX}; rv:140.0) Gecko/20100101 Firefox/140.0`, 0, 'unblock-firefox', null],
  ['Safari on a Mac', `${MAC} AppleWebKit/605.1.15 ${safari}`, 0, 'unblock-safari', 'unblock-system-mac'],
  [
    'an iPad, which identifies as a Mac',
    `${MAC} AppleWebKit/605.1.15 ${safari}`,
    5,
    'unblock-ios',
    'unblock-system-ios',
  ],
  [
    'Chrome on an iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
    5,
    'unblock-ios',
    'unblock-system-ios',
  ],
];

describe('the hint how to unblock a camera', () => {
  for (const [browser, userAgent, maxTouchPoints, site, system] of BROWSERS) {
    const navigator = { userAgent, maxTouchPoints } as Navigator;
    it(`names the settings of ${browser} for a site`, () => {
      expect(unblockHint(navigator)).to.equal(site);
    });
    it(`names the settings of the system of ${browser}, if it has any`, () => {
      expect(systemHint(navigator)).to.equal(system);
    });
  }

  it('names what lets a site read a canvas in Brave, in Firefox and elsewhere', () => {
    const agent = (userAgent: string, more = {}): Navigator => ({ userAgent, ...more }) as Navigator;
    expect(canvasHint(agent('Chrome/140.0', { brave: {} }))).to.equal('unblock-canvas-brave');
    expect(canvasHint(agent('Gecko/20100101 Firefox/140.0'))).to.equal('unblock-canvas-firefox');
    expect(canvasHint(agent('Chrome/140.0'))).to.equal('unblock-canvas');
  });
});
