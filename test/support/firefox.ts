import type { Page } from 'playwright';
import puppeteer from 'puppeteer-core';
import { requireFirefox } from '../../scripts/firefox.mjs';

/** What the tests use of a page, in either browser. */
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

/** What scripts/chromium-args.mjs and the contexts' permissions are for Chromium. */
const preferences = {
  // A fake camera, without a prompt.
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  // With this permission, a page sees all addresses of the machine. Some containers have only
  // loopback.
  'permissions.default.camera': 1,
  'media.peerconnection.ice.loopback': true,
  // Addresses, rather than names, which need mDNS to be resolved.
  'media.peerconnection.ice.obfuscate_host_addresses': false,
};

export interface FirefoxPage extends AnyPage {
  /** Resizes the window, in CSS px. */
  resize(width: number, height: number): Promise<void>;
}

export interface Firefox {
  /** Opens a page with a storage of its own, as on another device. */
  newPage(): Promise<FirefoxPage>;
  close(): Promise<void>;
}

/** Starts a release of Firefox, by WebDriver BiDi. Playwright drives only its own patched one. */
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
      // Puppeteer has other names for what Playwright does.
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
