import type { Browser, BrowserContext, CDPSession, Page } from 'playwright';
import { makeRoomCode } from '../../../src/room/code.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { launchBrowser } from '../../support/browser.js';
import { HubPage, RestartablePeerServer } from '../../support/two-browsers.js';

declare global {
  /** The page's hub. These globals are set by {@link prepare}. */
  var hub: SnapConnection;
  /** Makes a file of `size` random bytes. */
  var fileOf: (size: number, name?: string) => File;
  /** Resolves when the hub sees `count` others. */
  var meets: (count: number) => Promise<void>;
  /** Resolves when the hub has received `count` items in all. */
  var receives: (count: number) => Promise<void>;
  /** How many RTCPeerConnections the page has made so far. */
  var builtConnections: number;
  /** Codes of all errors that the hub has emitted. */
  var complaints: string[];
}

/**
 * Runs in a page before its own scripts. Its functions are methods or have no names: the compiler
 * wraps others in a helper that the page lacks.
 */
function prepare(): void {
  const changes = ['snap-peer-join', 'snap-peer-leave'] as const;
  let received = 0;
  Object.defineProperty(globalThis, 'hub', {
    get() {
      return document.querySelector<SnapConnection>('snap-connection');
    },
  });
  globalThis.builtConnections = 0;
  globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, parameters) {
      builtConnections += 1;
      return new target(...(parameters as [RTCConfiguration]));
    },
  });
  globalThis.complaints = [];
  document.addEventListener('snap-error', ({ error }) => complaints.push(error.code));
  document.addEventListener('snap-received', () => (received += 1));
  globalThis.fileOf = (size, name = 'photo.jpg') => {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
    return new File([bytes], name, { type: 'application/octet-stream' });
  };
  globalThis.meets = (count) =>
    new Promise((resolve) => {
      const watcher = {
        handleEvent() {
          if (document.querySelector<SnapConnection>('snap-connection')?.peers.length !== count) return;
          for (const type of changes) document.removeEventListener(type, watcher);
          resolve();
        },
      };
      for (const type of changes) document.addEventListener(type, watcher);
      watcher.handleEvent();
    });
  globalThis.receives = (count) =>
    new Promise((resolve) => {
      const watcher = {
        handleEvent() {
          if (received < count) return;
          document.removeEventListener('snap-received', watcher);
          resolve();
        },
      };
      document.addEventListener('snap-received', watcher);
      watcher.handleEvent();
    });
}

/** What a page still holds after a garbage collection. */
export interface Holdings {
  readonly connections: number;
  /** In bytes, of the page's JavaScript heap. */
  readonly heap: number;
  readonly listeners: number;
}

/** The rate of a slow visitor's line, in Mbit/s. */
const SLOW = 32;
/** In ms, one way: long enough that lanes are opened. */
const LATENCY = 20;

/**
 * A page that stays open, and visitors that come and go, each in a browser context of its own, as
 * on another device.
 */
export class Desk {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #site: HubPage;
  readonly #peerServer: RestartablePeerServer;
  readonly #url: (query: [string, string][]) => string;
  readonly #session: CDPSession;

  private constructor(parts: {
    page: Page;
    browser: Browser;
    site: HubPage;
    peerServer: RestartablePeerServer;
    url: (query: [string, string][]) => string;
    session: CDPSession;
  }) {
    this.page = parts.page;
    this.#browser = parts.browser;
    this.#site = parts.site;
    this.#peerServer = parts.peerServer;
    this.#url = parts.url;
    this.#session = parts.session;
  }

  static async open(): Promise<Desk> {
    const peerServer = new RestartablePeerServer();
    await peerServer.start();
    const elements = ['photo-trail', 'snap-sender', 'snap-invite'];
    const [browser, site] = await Promise.all([launchBrowser(), HubPage.serve(peerServer.url, '', elements)]);
    const code = makeRoomCode();
    const url = (query: [string, string][]): string =>
      `${site.url}?${String(new URLSearchParams(query))}#snap=${code}`;
    const page = await newPage(browser);
    await page.goto(url(elements.map((tag) => ['with', tag])));
    await page.waitForFunction(() => hub.state === 'waiting');
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.enable');
    return new Desk({ page, browser, site, peerServer, url, session });
  }

  /** Opens the page of a visitor. Resolves when it and the desk see all others. */
  async visit({ slow = false, others = 1, rate = 0, latency = LATENCY } = {}): Promise<Visitor> {
    const page = await newPage(this.#browser);
    const visitor = new Visitor(page, this.page);
    // Chromium applies it to connections that are made afterwards.
    if (slow || rate > 0) await visitor.hasLine(rate || SLOW, latency);
    await page.goto(this.#url([]));
    await Promise.all([page, this.page].map((each) => each.evaluate((count) => meets(count), others)));
    return visitor;
  }

  /** Closes all pages but the desk's. */
  async clear(): Promise<void> {
    const others = this.#browser.contexts().filter((context) => context !== this.page.context());
    await Promise.all(others.map((context) => context.close()));
  }

  /** Collects garbage, and counts what is left. */
  async holdings(): Promise<Holdings> {
    // Callbacks of a collection, which run in later tasks, may release more.
    for (let round = 0; round < 2; round++) {
      await this.#session.send('HeapProfiler.collectGarbage');
      await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    }
    const connections = await this.#count('RTCPeerConnection.prototype');
    const { usedSize } = await this.#session.send('Runtime.getHeapUsage');
    await this.#session.send('Performance.enable');
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const listeners = metrics.find(({ name }) => name === 'JSEventListeners')!.value;
    return { connections, heap: usedSize, listeners };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await Promise.all([this.#site.close(), this.#peerServer.stop()]);
  }

  async #count(prototype: string): Promise<number> {
    const group = 'counted';
    const { result } = await this.#session.send('Runtime.evaluate', {
      expression: prototype,
      objectGroup: group,
    });
    const { objects } = await this.#session.send('Runtime.queryObjects', {
      prototypeObjectId: result.objectId!,
      objectGroup: group,
    });
    const { result: length } = await this.#session.send('Runtime.callFunctionOn', {
      objectId: objects.objectId!,
      functionDeclaration: 'function () { return this.length; }',
    });
    await this.#session.send('Runtime.releaseObjectGroup', { objectGroup: group });
    return length.value as number;
  }
}

/** The page of a visitor. */
export class Visitor {
  readonly page: Page;
  readonly #desk: Page;
  #line: CDPSession | null = null;

  constructor(page: Page, desk: Page) {
    this.page = page;
    this.#desk = desk;
  }

  /** Gives its line that rate, in Mbit/s, and that latency, in ms one way. */
  async hasLine(rate: number, latency = LATENCY): Promise<void> {
    if (!this.#line) {
      this.#line = await this.#context.newCDPSession(this.page);
      await this.#line.send('Network.enable');
    }
    const throughput = rate * 125_000;
    const conditions = { latency, uploadThroughput: throughput, downloadThroughput: throughput };
    await this.#line.send('Network.emulateNetworkConditions', { offline: false, ...conditions });
  }

  get #context(): BrowserContext {
    return this.page.context();
  }

  /** Sends a file of `size` bytes. Resolves when it is delivered. */
  async sends(size: number): Promise<void> {
    await this.page.evaluate((bytes) => hub.send(fileOf(bytes)).finished.then(() => undefined), size);
  }

  /**
   * Stops all tasks of the page, but keeps its sockets and connections open, as when a phone puts a
   * tab to sleep.
   */
  async sleeps(): Promise<void> {
    const session = await this.#context.newCDPSession(this.page);
    await session.send('Debugger.enable');
    const paused = new Promise((resolve) => session.once('Debugger.paused', resolve));
    await session.send('Debugger.pause');
    // The debugger pauses at the next statement: this one.
    void this.page.evaluate(() => undefined).catch(() => undefined);
    await paused;
  }

  /**
   * Leaves the room, then closes the page. Waits for the desk to hear of it in between: Chromium
   * drops with the page what is still on a slowed-down line.
   */
  async leaves(): Promise<void> {
    const here = await this.#desk.evaluate(() => hub.peers.length);
    const heard = this.#desk.evaluate((count) => meets(count), here - 1);
    await this.page.evaluate(() => hub.disconnect());
    await heard;
    await this.#context.close();
  }

  /** Closes the tab. */
  async closes(): Promise<void> {
    await this.page.goto('about:blank');
    await this.#context.close();
  }

  /** Crashes the page, so that nobody is notified. */
  async crashes(): Promise<void> {
    const session = await this.#context.newCDPSession(this.page);
    const crashed = this.page.waitForEvent('crash');
    // A crashed page does not answer.
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
    await this.#context.close();
  }
}

/**
 * Opens a page with permission for the camera: others hide their addresses behind names that need
 * mDNS to be resolved.
 */
async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  await page.addInitScript(prepare);
  return page;
}
