import { chromium, type Browser } from 'playwright';
import { requireBrowser } from '../../scripts/browser.mjs';
import { chromiumArgs } from '../../scripts/chromium-args.mjs';

export interface BrowserOptions {
  /**
   * The film that the fake camera repeats, as a path of a `.y4m` or `.mjpeg`; by default a test
   * picture.
   */
  camera?: string;
  /** More command line switches of Chromium. */
  args?: readonly string[];
  /** Whether the back/forward cache is on. Playwright turns it off. */
  backForwardCache?: boolean;
}

/** Starts a Chromium with the switches that all tests use. */
export async function launchBrowser({
  camera,
  args = [],
  backForwardCache = false,
}: BrowserOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: await requireBrowser(),
    args: [...chromiumArgs, ...(camera ? [`--use-file-for-fake-video-capture=${camera}`] : []), ...args],
    ignoreDefaultArgs: backForwardCache ? ['--disable-back-forward-cache'] : [],
  });
}
