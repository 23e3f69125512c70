import type { Browser, Page } from 'playwright';
import { makeRoomCode } from '../../../src/room/code.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { launchBrowser, type BrowserOptions } from '../../support/browser.js';
import { HubPage } from '../../support/two-browsers.js';

/**
 * Something that a page has told, and when, in ms since the epoch: all pages of a machine have one
 * clock.
 */
export interface Told {
  /** `state connected`, `join Ada`, `leave Ada`, `error room-full`. */
  readonly what: string;
  readonly at: number;
}

declare global {
  /** All that the page's hub has told so far. */
  var diary: Told[];
}

/**
 * To be run in a page before its own scripts. Its functions have no names: the compiler would give
 * each a helper that no page has.
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
 * A page that may use the camera tells its addresses as they are; otherwise somebody has to be
 * there who looks up names (mDNS). What is not in the list is denied, though people are not asked
 * for it.
 */
const PERMISSIONS = ['camera', 'microphone', 'screen-wake-lock'];

/** One member, in a context of its own, as on another device. */
export class Guest {
  readonly name: string;
  readonly page: Page;
  /** Exceptions that nobody caught. */
  readonly uncaught: string[] = [];
  /** Numbers of the doors that the PeerServer has given it. */
  readonly doors = new Set<number>();

  /** `ondoors` is called when `doors` has changed. */
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

  /** When it told that for the first time, not before `since`; waits for it. */
  async told(what: string, since = 0): Promise<number> {
    const found = await this.page.waitForFunction(
      ([wanted, from]) => diary.find((each) => each.what === wanted && each.at >= from)?.at,
      [what, since] as const,
    );
    return (await found.jsonValue())!;
  }

  /** All that it has told. */
  diary(): Promise<Told[]> {
    return this.page.evaluate(() => diary);
  }

  /** Resolves when it sees so many others. */
  async sees(count: number): Promise<void> {
    await this.page.waitForFunction(
      (expected) => document.querySelector<SnapConnection>('snap-connection')?.peers.length === expected,
      count,
    );
  }

  /** Its renderer ends, and nobody is told. */
  async crash(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const crashed = this.page.waitForEvent('crash');
    // Nobody is left to answer.
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
  }

  /**
   * None of its tasks runs any longer, while its sockets and connections stay, as with a tab that a
   * phone has put to sleep. By the debugger: `Page.setWebLifecycleState` does nothing to a page
   * that is seen, and Playwright keeps every page so.
   */
  async freeze(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('Debugger.enable');
    const paused = new Promise((resolve) => session.once('Debugger.paused', resolve));
    await session.send('Debugger.pause');
    // It stops at the next statement, which is this one.
    void this.page.evaluate(() => undefined).catch(() => undefined);
    await paused;
  }
}

/** How somebody comes. */
export interface Entry {
  /** Of the hub, beside its name. */
  readonly attributes?: Record<string, string>;
  /** By default the room that the others are in. */
  readonly url?: string;
  /** Is done to the page before it is opened. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** A room of light pages, a hub and nothing else, at a PeerServer of the test's choice. */
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

  /** Somebody opens the room. */
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

  /** A page that is in no room, in a context of its own. */
  async outsider(): Promise<Page> {
    const context = await this.#browser.newContext({ permissions: PERMISSIONS });
    return context.newPage();
  }

  /** So many, who see each other. */
  async meet(count: number, entry: Entry = {}): Promise<Guest[]> {
    const names = Array.from({ length: count }, (_, number) => `guest ${number}`);
    const guests = await Promise.all(names.map((name) => this.guest(name, entry)));
    await Promise.all(guests.map((guest) => guest.sees(count - 1)));
    return guests;
  }

  /** Resolves to who holds the doors, once so many of them are held. */
  async keepers(count: number): Promise<Guest[]> {
    for (;;) {
      const keepers = this.#guests.filter(({ doors }) => doors.size > 0);
      if (new Set(keepers.flatMap(({ doors }) => [...doors])).size >= count) return keepers;
      await new Promise<void>((resolve) => (this.#doorsChanged = resolve));
    }
  }

  /** Everybody leaves; who comes now comes to another room. */
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
