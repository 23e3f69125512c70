import type { Browser, BrowserContext, CDPSession, Page } from 'playwright';
import { makeRoomCode } from '../../../src/room/code.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { launchBrowser } from '../../support/browser.js';
import { HubPage, RestartablePeerServer } from '../../support/two-browsers.js';

declare global {
  /** The page's hub; offered by {@link prepare}. */
  var hub: SnapConnection;
  /** A file of so many bytes. */
  var fileOf: (size: number, name?: string) => File;
  /** Resolves when the hub sees so many others. */
  var meets: (count: number) => Promise<void>;
  /** Resolves when the hub has received so many things in all. */
  var receives: (count: number) => Promise<void>;
  /** How many RTCPeerConnections the page has made so far. */
  var builtConnections: number;
  /** Codes of all that the hub has complained about. */
  var complaints: string[];
}

/**
 * To be run in a page before its own scripts. Its functions are methods or have no names: the
 * compiler would give others a helper that no page has.
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

/** What a page holds once everything that can be collected was. */
export interface Holdings {
  readonly connections: number;
  /** In bytes, of the page's JavaScript heap. */
  readonly heap: number;
  readonly listeners: number;
}

/** In Mbit/s: the line of a visitor that is slow. */
const SLOW = 32;
/** In ms, one way: long enough to be worth lanes. */
const LATENCY = 20;

/**
 * A page that stays open, and visitors that come and go, each with a browser context of its own, as
 * from another device.
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

  /** Somebody comes, and meets the desk and whoever else is there. */
  async visit({ slow = false, others = 1, rate = 0, latency = LATENCY } = {}): Promise<Visitor> {
    const page = await newPage(this.#browser);
    const visitor = new Visitor(page, this.page);
    // Chromium looks whether there is one when a connection is made.
    if (slow || rate > 0) await visitor.hasLine(rate || SLOW, latency);
    await page.goto(this.#url([]));
    await Promise.all([page, this.page].map((each) => each.evaluate((count) => meets(count), others)));
    return visitor;
  }

  /** Everybody leaves but the desk. */
  async clear(): Promise<void> {
    const others = this.#browser.contexts().filter((context) => context !== this.page.context());
    await Promise.all(others.map((context) => context.close()));
  }

  /** Collects what can be collected, and counts what is left. */
  async holdings(): Promise<Holdings> {
    // What is told in the next tasks, as that something was collected, may let go of more.
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

/** Somebody at the desk. */
export class Visitor {
  readonly page: Page;
  readonly #desk: Page;
  #line: CDPSession | null = null;

  constructor(page: Page, desk: Page) {
    this.page = page;
    this.#desk = desk;
  }

  /** Its line has such a rate from now on, in Mbit/s; `latency` in ms, one way. */
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

  /** Sends a file of so many bytes; resolves when it is delivered. */
  async sends(size: number): Promise<void> {
    await this.page.evaluate((bytes) => hub.send(fileOf(bytes)).finished.then(() => undefined), size);
  }

  /**
   * None of its tasks runs any longer, while its sockets and connections stay, as with a tab that a
   * phone has put to sleep.
   */
  async sleeps(): Promise<void> {
    const session = await this.#context.newCDPSession(this.page);
    await session.send('Debugger.enable');
    const paused = new Promise((resolve) => session.once('Debugger.paused', resolve));
    await session.send('Debugger.pause');
    // It stops at the next statement, which is this one.
    void this.page.evaluate(() => undefined).catch(() => undefined);
    await paused;
  }

  /**
   * Says goodbye. What is still under way on a line that Chromium makes slow is lost with its page:
   * the desk has heard it before that ends.
   */
  async leaves(): Promise<void> {
    const here = await this.#desk.evaluate(() => hub.peers.length);
    const heard = this.#desk.evaluate((count) => meets(count), here - 1);
    await this.page.evaluate(() => hub.disconnect());
    await heard;
    await this.#context.close();
  }

  /** Closes the tab, as most do. */
  async closes(): Promise<void> {
    await this.page.goto('about:blank');
    await this.#context.close();
  }

  /** The page dies: nobody is told. */
  async crashes(): Promise<void> {
    const session = await this.#context.newCDPSession(this.page);
    const crashed = this.page.waitForEvent('crash');
    // Nobody is left to answer.
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
    await this.#context.close();
  }
}

/**
 * A page that may use the camera tells its addresses as they are; otherwise somebody has to be
 * there who looks up names (mDNS).
 */
async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  await page.addInitScript(prepare);
  return page;
}
