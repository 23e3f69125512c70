import { chromium, type Browser } from 'playwright';
import { requireBrowser } from '../../scripts/browser.mjs';
import { chromiumArgs } from '../../scripts/chromium-args.mjs';

export interface BrowserOptions {
  /** What the fake camera films, over and over: the path of a `.y4m` or `.mjpeg`. Absent: Chromium's test picture. */
  camera?: string;
  /** More switches for Chromium. */
  args?: readonly string[];
}

/** A Chromium of its own process, started as all the tests start it. Each of its contexts is a browser of its own. */
export async function launchBrowser({ camera, args = [] }: BrowserOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: await requireBrowser(),
    args: [...chromiumArgs, ...(camera ? [`--use-file-for-fake-video-capture=${camera}`] : []), ...args],
  });
}
