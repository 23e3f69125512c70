import type { Browser } from 'playwright';
import type { DelayLine, Side } from '../../../bench/delay-line.js';
import { putOnLine } from '../../../bench/delay-line-pages.js';
import type { Demo } from '../../../server/dev.js';
import { peers, state } from '../../e2e/support/stage.js';
import { launchBrowser } from '../../support/browser.js';
import { keepConnections } from '../../support/connections.js';
import { launchFirefox, type AnyPage, type Firefox } from '../../support/firefox.js';
import { startSite } from '../../support/site.js';
import { prepare, turnOffCamera } from './in-page.js';

/** In ms, for one step of a page on a busy machine. */
const TIMEOUT = 60_000;

export type BrowserName = 'Chromium' | 'Firefox';

/** The demo's server, a Chromium and a Firefox. */
export class BothBrowsers {
  readonly #site: Demo;
  readonly #chromium: Browser;
  readonly #firefox: Firefox;
  readonly #pages: AnyPage[] = [];

  private constructor(site: Demo, chromium: Browser, firefox: Firefox) {
    this.#site = site;
    this.#chromium = chromium;
    this.#firefox = firefox;
  }

  static async open(): Promise<BothBrowsers> {
    const [site, chromium, firefox] = await Promise.all([startSite(), launchBrowser(), launchFirefox()]);
    return new BothBrowsers(site, chromium, firefox);
  }

  async close(): Promise<void> {
    await Promise.all([this.#chromium.close(), this.#firefox.close()]);
    await this.#site.close();
  }

  /**
   * Opens the demo in `first`, then in the other, which dials. Resolves to both pages, in this
   * order, when they see each other. `line`: the line between them. `cameras`: whether theirs stay
   * on.
   */
  async meet(
    first: BrowserName,
    { line, cameras = false }: { line?: DelayLine; cameras?: boolean } = {},
  ): Promise<[AnyPage, AnyPage]> {
    const one = await this.#visit(first, `${this.#site.url}tabs.html`, line && { line, side: 0 });
    await state(one, 'waiting');
    const second = first === 'Firefox' ? 'Chromium' : 'Firefox';
    const two = await this.#visit(second, one.url(), line && { line, side: 1 });
    await Promise.all([peers(one, 1), peers(two, 1)]);
    // Two live cameras take most of the time of a small machine.
    if (!cameras) await Promise.all([one, two].map((page) => page.evaluate(turnOffCamera)));
    return [one, two];
  }

  /** Closes all pages. */
  async clear(): Promise<void> {
    await Promise.all(this.#pages.splice(0).map((page) => page.close()));
  }

  async #visit(
    browser: BrowserName,
    url: string,
    end: { line: DelayLine; side: Side } | undefined,
  ): Promise<AnyPage> {
    const page =
      browser === 'Firefox'
        ? await this.#firefox.newPage()
        : await this.#chromium.newPage({ permissions: ['camera', 'microphone'] });
    this.#pages.push(page);
    page.setDefaultTimeout(TIMEOUT);
    if (end) await putOnLine(page, end.line, end.side);
    await page.addInitScript(keepConnections);
    await page.addInitScript(prepare);
    await page.goto(url);
    return page;
  }
}
