import { chromium, type Browser } from 'playwright';
import { requireBrowser } from '../../scripts/browser.mjs';
import { chromiumArgs } from '../../scripts/chromium-args.mjs';

/**
 * How long a step of a test may take, in ms. Playwright's own 30 s are too few on a machine that
 * does something else meanwhile.
 */
export const STEP_TIMEOUT = 120_000;

export interface BrowserOptions {
  /**
   * The film that the fake camera repeats, as a path of a `.y4m` or `.mjpeg`; by default a test
   * picture.
   */
  camera?: string;
  /** More command line switches of Chromium. */
  args?: readonly string[];
  /**
   * Whether pages that ask for a camera ask somebody: in a window the person, and without one
   * nobody, which is a refusal. By default they get it.
   */
  asksPerson?: boolean;
  /** The X11 display on which the browser opens a window; by default it has none. */
  display?: string;
  /** Whether the back/forward cache is on. Playwright turns it off. */
  backForwardCache?: boolean;
}

/** Starts a Chromium with the switches that all tests use. */
export async function launchBrowser({
  camera,
  args = [],
  asksPerson = false,
  display,
  backForwardCache = false,
}: BrowserOptions = {}): Promise<Browser> {
  const usual = chromiumArgs.filter((each) => !asksPerson || each !== '--use-fake-ui-for-media-stream');
  const browser = await chromium.launch({
    // The headless shell has neither windows nor that cache, and refuses a camera in other ways.
    executablePath: await requireBrowser({ whole: backForwardCache || asksPerson || display !== undefined }),
    ...(display !== undefined && { headless: false, env: { ...process.env, DISPLAY: display } }),
    args: [...usual, ...(camera ? [`--use-file-for-fake-video-capture=${camera}`] : []), ...args],
    ignoreDefaultArgs: backForwardCache ? ['--disable-back-forward-cache'] : [],
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.setDefaultTimeout(STEP_TIMEOUT);
    return context;
  };
  return browser;
}
