import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import type { SnapCamera } from '../../../src/elements/snap-camera/snap-camera.js';
import type { PhotoTrail } from '../../../src/elements/photo-trail/photo-trail.js';
import { launchBrowser } from '../../support/browser.js';
import type { BrowserOptions } from '../../support/browser.js';
import { startSite } from '../../support/site.js';
import { slowUpload } from '../../support/slow.js';

/** What happened in a page while it was open. */
export interface Seen {
  /** Uncaught exceptions. */
  readonly errors: string[];
  /** The origins of all its requests. */
  readonly origins: Set<string>;
}

/**
 * Runs in a page before its own scripts: its camera never starts. A live one keeps a core busy with
 * drawing its picture.
 */
function keepCameraOff(): void {
  if (!('mediaDevices' in navigator)) return;
  navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined);
}

/** A phone held upright, with what its browser leaves of the screen. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 664 },
  hasTouch: true,
  isMobile: true,
};

export interface StageOptions extends BrowserOptions {
  /** Whether the pages leave their cameras off, for tests that need no picture. */
  camerasOff?: boolean;
}

/**
 * The demo's server and one browser. Every visitor has a context, and so a storage, of its own, as
 * on another device.
 */
export class Stage {
  readonly url: string;
  /** The page that has all elements, and the words of the codelab. */
  readonly demo: string;
  readonly seen = new Map<Page, Seen>();
  readonly #browser: Browser;
  readonly #camerasOff: boolean;
  readonly #close: () => Promise<void>;

  private constructor(url: string, browser: Browser, camerasOff: boolean, close: () => Promise<void>) {
    this.url = url;
    this.demo = `${url}tabs.html`;
    this.#browser = browser;
    this.#camerasOff = camerasOff;
    this.#close = close;
  }

  static async open({ camerasOff = false, ...options }: StageOptions = {}): Promise<Stage> {
    const [site, browser] = await Promise.all([startSite(), launchBrowser(options)]);
    return new Stage(site.url, browser, camerasOff, async () => {
      await browser.close();
      await site.close();
    });
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Opens `url` (by default the demo) in a context of its own. */
  async visit(
    url: string = this.demo,
    {
      permissions = ['camera', 'microphone'],
      cameraOff = this.#camerasOff,
      ...options
    }: BrowserContextOptions & { cameraOff?: boolean } = {},
  ): Promise<Page> {
    const context: BrowserContext = await this.#browser.newContext({ permissions, ...options });
    const page = await context.newPage();
    if (cameraOff) await page.addInitScript(keepCameraOff);
    const seen: Seen = { errors: [], origins: new Set() };
    this.seen.set(page, seen);
    page.on('pageerror', (error) => seen.errors.push(String(error)));
    page.on('request', (request) => seen.origins.add(new URL(request.url()).origin));
    page.on('websocket', (socket) => seen.origins.add(new URL(socket.url()).origin.replace(/^ws/, 'http')));
    await page.goto(url);
    return page;
  }

  /** Closes all pages. */
  async clear(): Promise<void> {
    await Promise.all(this.#browser.contexts().map((context) => context.close()));
    this.seen.clear();
  }

  /**
   * Opens the demo in `count` contexts, all in one room. Resolves when all see each other.
   * `upload`: what the first of them can send, in bytes per second.
   */
  async meet(count: number, { upload }: { upload?: number } = {}): Promise<Page[]> {
    const first = await this.visit();
    await state(first, 'waiting');
    if (upload !== undefined) await slowUpload(first, upload);
    const others = await Promise.all(Array.from({ length: count - 1 }, () => this.visit(first.url())));
    const pages = [first, ...others];
    await Promise.all(pages.map((page) => peers(page, count - 1)));
    return pages;
  }
}

/** A page in any browser. */
type Watched = Pick<Page, 'waitForFunction'>;

/** Resolves when the page's hub is in that state. */
export async function state(page: Watched, wanted: string): Promise<void> {
  await page.waitForFunction(
    (expected) => document.querySelector<SnapConnection>('snap-connection')?.state === expected,
    wanted,
  );
}

/** Resolves when the page's hub sees `count` others. */
export async function peers(page: Watched, count: number): Promise<void> {
  await page.waitForFunction((expected) => {
    const hub = document.querySelector<SnapConnection>('snap-connection');
    return hub?.state === 'connected' && hub.peers.length === expected;
  }, count);
}

/** Resolves when the page's trail has at least so many items. */
export async function items(page: Watched, count: number): Promise<void> {
  await page.waitForFunction(
    (expected) => (document.querySelector<PhotoTrail>('photo-trail')?.items.length ?? 0) >= expected,
    count,
  );
}

/**
 * Resolves when the page's camera shows a picture. Turns it on first if it is off, as the demo
 * leaves that to the person.
 */
export async function cameraLive(page: Watched): Promise<void> {
  await page.waitForFunction(() => {
    const camera = document.querySelector<SnapCamera>('snap-camera:defined');
    if (!camera) return false;
    const idle = !['asking', 'starting', 'live', 'paused', 'failed'].some((state) =>
      camera.matches(`:state(${state})`),
    );
    if (idle) void camera.start().catch(() => undefined);
    return camera.matches(':state(live)');
  });
}
