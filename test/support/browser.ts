import { chromium, type Browser } from 'playwright';
import { requireBrowser } from '../../scripts/browser.mjs';
import { chromiumArgs } from '../../scripts/chromium-args.mjs';

export interface BrowserOptions {
  /**
   * What the fake camera films, over and over: the path of a `.y4m` or `.mjpeg`. Absent: Chromium's
   * test picture.
   */
  camera?: string;
  /** More switches for Chromium. */
  args?: readonly string[];
  /** Whether a page that is left is kept for when the person goes back. Playwright has that off. */
  backForwardCache?: boolean;
}

/**
 * A Chromium of its own process, started as all the tests start it. Each of its contexts is a
 * browser of its own.
 */
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
