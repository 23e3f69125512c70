import type { CDPSession, Page } from 'playwright';
import { makeRoomCode } from '../../../src/room/code.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { slowUpload } from '../../support/slow.js';
import { HubPage, ProfiledBrowser, RestartablePeerServer } from '../../support/two-browsers.js';

declare global {
  /** The page's hub. These globals are set by {@link prepare}. */
  var hub: SnapConnection;
  /** Makes a film of `size` bytes that takes little memory: one megabyte, repeated. */
  var filmOf: (size: number, name?: string) => File;
  /** The films that were made, by name. */
  var films: Map<string, File>;
  /** Codes of all errors that the hub has emitted. */
  var complaints: string[];
}

/**
 * Runs in a page before its own scripts. Its functions are methods or have no names: the compiler
 * wraps others in a helper that the page lacks.
 */
function prepare(): void {
  Object.defineProperty(globalThis, 'hub', {
    get() {
      return document.querySelector<SnapConnection>('snap-connection');
    },
  });
  globalThis.films = new Map();
  globalThis.complaints = [];
  document.addEventListener('snap-error', ({ error }) => complaints.push(error.code));
  globalThis.filmOf = (size, name = 'film.bin') => {
    const block = new Uint8Array(1_000_000);
    for (let at = 0; at < block.length; at += 65_536)
      crypto.getRandomValues(block.subarray(at, Math.min(at + 65_536, block.length)));
    const parts: Uint8Array<ArrayBuffer>[] = Array.from({ length: Math.ceil(size / block.length) }, (_, at) =>
      block.subarray(0, Math.min(block.length, size - at * block.length)),
    );
    const film = new File(parts, name, { type: 'application/octet-stream' });
    films.set(name, film);
    return film;
  };
}

/** One page of a {@link Pair}, and control of its storage. */
export class Member {
  readonly page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
  }

  static async open(browser: ProfiledBrowser, url: string, upload?: number): Promise<Member> {
    const page = await browser.context.newPage();
    await page.addInitScript(prepare);
    if (upload !== undefined) await slowUpload(page, upload);
    await page.goto(url);
    return new Member(page, await page.context().newCDPSession(page));
  }

  get origin(): string {
    return new URL(this.page.url()).origin;
  }

  /** Sets how many bytes the origin may store. Null: the browser's own limit. */
  async quota(bytes: number | null): Promise<void> {
    const more = bytes === null ? {} : { quotaSize: bytes };
    await this.#session.send('Storage.overrideQuotaForOrigin', { origin: this.origin, ...more });
  }

  /** Clears the site's data, as in the browser's settings. `types`: as in the DevTools protocol. */
  async clear(types = 'all'): Promise<void> {
    await this.#session.send('Storage.clearDataForOrigin', { origin: this.origin, storageTypes: types });
  }

  /** The size of the origin's private file system, in bytes and files. */
  disk(): Promise<{ bytes: number; files: number }> {
    return this.page.evaluate(async () => {
      const sum = { bytes: 0, files: 0 };
      const folders = [await navigator.storage.getDirectory()];
      for (const folder of folders)
        try {
          for await (const entry of folder.values())
            if (entry.kind === 'directory') folders.push(entry);
            else {
              sum.files += 1;
              sum.bytes += (await entry.getFile()).size;
            }
        } catch (thrown) {
          // Removed in the meantime.
          if (!(thrown instanceof DOMException) || thrown.name !== 'NotFoundError') throw thrown;
        }
      return sum;
    });
  }

  /** Resolves when the origin's private file system is empty. */
  async isEmpty(): Promise<void> {
    for (let { files } = await this.disk(); files > 0; { files } = await this.disk())
      await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  }

  /** Resolves when it holds at least `bytes`. */
  async holds(bytes: number): Promise<void> {
    while ((await this.disk()).bytes < bytes)
      await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  }

  /** Starts to send a film from memory, or from a file or database of the page's own. */
  async starts(from: 'memory' | 'files' | 'database', size: number, name: string): Promise<void> {
    await this.page.evaluate(
      async ([place, bytes, called]) => {
        let film = filmOf(bytes, called);
        if (place === 'files') {
          const handle = await (
            await navigator.storage.getDirectory()
          ).getFileHandle('own', { create: true });
          const writable = await handle.createWritable();
          await writable.write(film);
          await writable.close();
          film = await handle.getFile();
        } else if (place === 'database') {
          const opening = indexedDB.open('own');
          opening.onupgradeneeded = () => opening.result.createObjectStore('films');
          await new Promise((resolve) => (opening.onsuccess = resolve));
          const writing = opening.result.transaction('films', 'readwrite');
          writing.objectStore('films').put(film, called);
          await new Promise((resolve) => (writing.oncomplete = resolve));
          const reading = opening.result.transaction('films').objectStore('films').get(called);
          await new Promise((resolve) => (reading.onsuccess = resolve));
          film = reading.result as File;
        }
        hub.send(film);
      },
      [from, size, name] as const,
    );
  }

  /** The digest, in hex, of what was sent as `name`; without a name, of what has arrived last. */
  digest(name?: string): Promise<string> {
    return this.page.evaluate(async (called) => {
      const file = called === undefined ? hub.received[0]!.file : films.get(called)!;
      const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    }, name);
  }

  /** Collects garbage. */
  async collect(): Promise<void> {
    await this.#session.send('HeapProfiler.enable');
    // Callbacks of a collection, which run in later tasks, may release more.
    for (let round = 0; round < 3; round++) {
      await this.#session.send('HeapProfiler.collectGarbage');
      await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    }
  }

  /** Sends a film. Resolves to null when it is delivered, or to the code of its error. */
  sends(size: number, name = 'film.bin'): Promise<string | null> {
    return this.page.evaluate(
      ([bytes, called]) =>
        hub.send(filmOf(bytes, called)).finished.then(
          () => null,
          ({ code }: { code: string }) => code,
        ),
      [size, name] as const,
    );
  }
}

/** Two pages in browsers of their own, with profiles on disk. */
export class Pair {
  readonly #browsers: readonly [ProfiledBrowser, ProfiledBrowser];
  readonly #site: HubPage;
  readonly #peerServer: RestartablePeerServer;
  #members: readonly [Member, Member] | null = null;

  private constructor(
    browsers: readonly [ProfiledBrowser, ProfiledBrowser],
    site: HubPage,
    peerServer: RestartablePeerServer,
  ) {
    this.#browsers = browsers;
    this.#site = site;
    this.#peerServer = peerServer;
  }

  /** `attributes`: more attributes of both hubs. */
  static async open(attributes = ''): Promise<Pair> {
    const peerServer = new RestartablePeerServer();
    await peerServer.start();
    const [site, one, two] = await Promise.all([
      HubPage.serve(peerServer.url, attributes, ['photo-trail', 'snap-sender']),
      ProfiledBrowser.open(),
      ProfiledBrowser.open(),
    ]);
    return new Pair([one, two], site, peerServer);
  }

  get receiver(): Member {
    return this.#members![0];
  }

  get sender(): Member {
    return this.#members![1];
  }

  /**
   * Opens a page in each browser, in a new room. `upload`: what the sender can send in a second, in
   * bytes.
   */
  async meet({ upload }: { upload?: number } = {}): Promise<void> {
    const url = `${this.#site.url}?with=photo-trail&with=snap-sender#snap=${makeRoomCode()}`;
    const receiver = await Member.open(this.#browsers[0], url);
    await receiver.page.waitForFunction(() => hub.state === 'waiting');
    const sender = await Member.open(this.#browsers[1], url, upload);
    await Promise.all(
      [receiver, sender].map(({ page }) => page.waitForFunction(() => hub.peers.length === 1)),
    );
    this.#members = [receiver, sender];
  }

  async part(): Promise<void> {
    await Promise.all((this.#members ?? []).map(({ page }) => page.close()));
    this.#members = null;
  }

  async close(): Promise<void> {
    await Promise.all(this.#browsers.map((browser) => browser.close()));
    await Promise.all([this.#site.close(), this.#peerServer.stop()]);
  }
}
