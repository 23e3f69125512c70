import type { Page } from 'playwright';
import puppeteer from 'puppeteer-core';
import { requireFirefox } from '../../scripts/firefox.mjs';

/** What the tests say to a page, whichever browser shows it. */
export type AnyPage = Pick<
  Page,
  | 'addInitScript'
  | 'close'
  | 'evaluate'
  | 'exposeFunction'
  | 'goto'
  | 'setDefaultTimeout'
  | 'url'
  | 'waitForFunction'
>;

/** As scripts/chromium-args.mjs and the permissions of its contexts have it, in Firefox's words. */
const preferences = {
  // A fake camera that nobody is asked about.
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  // A page with this permission may know all addresses of the machine: loopback is the only one in
  // some containers.
  'permissions.default.camera': 1,
  'media.peerconnection.ice.loopback': true,
  // Nobody may be there to answer for the names that would stand in their place (mDNS).
  'media.peerconnection.ice.obfuscate_host_addresses': false,
};

export interface FirefoxPage extends AnyPage {
  /** Gives the window that size, in CSS px. */
  resize(width: number, height: number): Promise<void>;
}

export interface Firefox {
  /** A page of its own: with its own storage, as on another device. */
  newPage(): Promise<FirefoxPage>;
  close(): Promise<void>;
}

/**
 * A Firefox that people have, driven by WebDriver BiDi: Playwright has only one of its own making.
 */
export async function launchFirefox(): Promise<Firefox> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: await requireFirefox(),
    extraPrefsFirefox: preferences,
  });
  return {
    async newPage() {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      // Puppeteer's words for what Playwright calls otherwise.
      return {
        addInitScript: (script: string | (() => void)) => page.evaluateOnNewDocument(script),
        close: () => context.close(),
        evaluate: page.evaluate.bind(page),
        exposeFunction: page.exposeFunction.bind(page),
        goto: (url: string) => page.goto(url),
        resize: (width: number, height: number) => page.setViewport({ width, height }),
        setDefaultTimeout: page.setDefaultTimeout.bind(page),
        url: () => page.url(),
        waitForFunction: (inPage: (argument: unknown) => unknown, argument: unknown) =>
          page.waitForFunction(inPage, {}, argument),
      } as unknown as FirefoxPage;
    },
    close: () => browser.close(),
  };
}
