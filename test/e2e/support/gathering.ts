import type { Browser, Page } from 'playwright';
import { makeRoomCode } from '../../../src/room/code.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { launchBrowser, type BrowserOptions } from '../../support/browser.js';
import { HubPage } from '../../support/two-browsers.js';

/**
 * An event of a page, and its time in ms since the epoch, which is the same for all pages of a
 * machine.
 */
export interface Told {
  /** `state connected`, `join Ada`, `leave Ada`, `error room-full`. */
  readonly what: string;
  readonly at: number;
}

declare global {
  /** All events of the page's hub so far. */
  var diary: Told[];
}

/**
 * Runs in a page before its own scripts. Its functions have no names: the compiler wraps others in
 * a helper that the page lacks.
 */
function keepDiary(): void {
  globalThis.diary = [];
  document.addEventListener('snap-connection-change', ({ state }) =>
    diary.push({ what: `state ${state}`, at: Date.now() }),
  );
  document.addEventListener('snap-peer-join', ({ peer }) =>
    diary.push({ what: `join ${peer.name}`, at: Date.now() }),
  );
  document.addEventListener('snap-peer-leave', ({ peer }) =>
    diary.push({ what: `leave ${peer.name}`, at: Date.now() }),
  );
  document.addEventListener('snap-error', ({ error }) =>
    diary.push({ what: `error ${error.code}`, at: Date.now() }),
  );
}

/**
 * A page without permission for the camera hides its addresses behind names that need mDNS to be
 * resolved. Playwright denies what is not in the list, such as the wake lock, for which browsers do
 * not ask people.
 */
const PERMISSIONS = ['camera', 'microphone', 'screen-wake-lock'];

/** The page of one member, in a context of its own, as on another device. */
export class Guest {
  readonly name: string;
  readonly page: Page;
  /** Uncaught exceptions. */
  readonly uncaught: string[] = [];
  /** Numbers of the doors that it holds. */
  readonly doors = new Set<number>();

  /** `ondoors`: called when `doors` has changed. */
  constructor(name: string, page: Page, ondoors: () => void) {
    this.name = name;
    this.page = page;
    page.on('pageerror', (error) => this.uncaught.push(String(error)));
    page.on('websocket', (socket) => {
      const [, door] = /-d-(\d)$/.exec(new URL(socket.url()).searchParams.get('id') ?? '') ?? [];
      if (door === undefined) return;
      socket.on('framereceived', ({ payload }) => {
        if (String(payload) !== '{"type":"OPEN"}') return;
        this.doors.add(Number(door));
        ondoors();
      });
      socket.on('close', () => {
        if (this.doors.delete(Number(door))) ondoors();
      });
    });
  }

  /** Waits for that event, and resolves to the time of the first one since `since`. */
  async told(what: string, since = 0): Promise<number> {
    const found = await this.page.waitForFunction(
      ([wanted, from]) => diary.find((each) => each.what === wanted && each.at >= from)?.at,
      [what, since] as const,
    );
    return (await found.jsonValue())!;
  }

  /** All its events. */
  diary(): Promise<Told[]> {
    return this.page.evaluate(() => diary);
  }

  /** Resolves when it sees `count` others. */
  async sees(count: number): Promise<void> {
    await this.page.waitForFunction(
      (expected) => document.querySelector<SnapConnection>('snap-connection')?.peers.length === expected,
      count,
    );
  }

  /** Crashes its renderer, so that nobody is notified. */
  async crash(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const crashed = this.page.waitForEvent('crash');
    // A crashed page does not answer.
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
  }

  /**
   * Stops all tasks of the page, but keeps its sockets and connections open, as when a phone puts a
   * tab to sleep. It uses the debugger, since `Page.setWebLifecycleState` has no effect on visible
   * pages, and with Playwright all are visible.
   */
  async freeze(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('Debugger.enable');
    const paused = new Promise((resolve) => session.once('Debugger.paused', resolve));
    await session.send('Debugger.pause');
    // The debugger pauses at the next statement: this one.
    void this.page.evaluate(() => undefined).catch(() => undefined);
    await paused;
  }
}

/** How a guest opens the room. */
export interface Entry {
  /** Attributes of its hub, beside `name`. */
  readonly attributes?: Record<string, string>;
  /** By default that of the room of the others. */
  readonly url?: string;
  /** Runs before the page is opened. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** A room of pages with nothing but a hub, at a PeerServer of the test's choice. */
export class Gathering {
  readonly #browser: Browser;
  readonly #site: HubPage;
  readonly #guests: Guest[] = [];
  #doorsChanged: () => void = () => undefined;
  #code = makeRoomCode();

  private constructor(browser: Browser, site: HubPage) {
    this.#browser = browser;
    this.#site = site;
  }

  /** `peerServer`: its URL without `peerjs`, with a slash at its end. */
  static async open(peerServer: string, options?: BrowserOptions): Promise<Gathering> {
    const [browser, site] = await Promise.all([launchBrowser(options), HubPage.serve(peerServer)]);
    return new Gathering(browser, site);
  }

  /** Opens the room in another page. */
  async guest(
    name: string,
    { attributes = {}, url = this.#address(name, attributes), prepare }: Entry = {},
  ): Promise<Guest> {
    const context = await this.#browser.newContext({ permissions: PERMISSIONS });
    const guest = new Guest(name, await context.newPage(), () => this.#doorsChanged());
    this.#guests.push(guest);
    await guest.page.addInitScript(keepDiary);
    await prepare?.(guest.page);
    await guest.page.goto(url);
    return guest;
  }

  /** Opens an empty page, in a context of its own. */
  async outsider(): Promise<Page> {
    const context = await this.#browser.newContext({ permissions: PERMISSIONS });
    return context.newPage();
  }

  /** Opens the room in `count` pages. Resolves when all see each other. */
  async meet(count: number, entry: Entry = {}): Promise<Guest[]> {
    const names = Array.from({ length: count }, (_, number) => `guest ${number}`);
    const guests = await Promise.all(names.map((name) => this.guest(name, entry)));
    await Promise.all(guests.map((guest) => guest.sees(count - 1)));
    return guests;
  }

  /** Resolves to the holders of doors, once `count` doors are held. */
  async keepers(count: number): Promise<Guest[]> {
    for (;;) {
      const keepers = this.#guests.filter(({ doors }) => doors.size > 0);
      if (new Set(keepers.flatMap(({ doors }) => [...doors])).size >= count) return keepers;
      await new Promise<void>((resolve) => (this.#doorsChanged = resolve));
    }
  }

  /** Closes all pages. Later guests open a new room. */
  async clear(): Promise<void> {
    await Promise.all(this.#browser.contexts().map((context) => context.close()));
    this.#guests.length = 0;
    this.#code = makeRoomCode();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#site.close();
  }

  #address(name: string, attributes: Record<string, string>): string {
    return `${this.#site.url}?${String(new URLSearchParams({ name, ...attributes }))}#snap=${this.#code}`;
  }
}
