import { createHash } from 'node:crypto';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { cutConnections, keepConnections } from '../../support/connections.js';
import type { HubPage, ProfiledBrowser, RestartablePeerServer } from '../../support/two-browsers.js';

/** Where two people are who send a file to each other. */
export interface Places {
  readonly site: HubPage;
  readonly peerServer: RestartablePeerServer;
  readonly sender: ProfiledBrowser;
  readonly receiver: ProfiledBrowser;
}

/** What may happen in the middle of a transfer. */
export const TROUBLES = [
  'sender closes the connection',
  'receiver closes the connection',
  'sender reloads',
  'receiver reloads',
  'sender is killed',
  'receiver is killed',
  'server restarts',
  'disk is full',
] as const;

/** One random point: what goes wrong, when, and with what. */
export interface CrashPoint {
  readonly trouble: (typeof TROUBLES)[number];
  /** In bytes. */
  readonly size: number;
  /** How much of it is through when it happens, from 0 to 1. */
  readonly at: number;
  readonly seed: number;
}

/** How it ended on either side. */
export interface Outcome {
  readonly sender: string;
  readonly receiver: string;
  /** Digests of what has arrived, over all lives of the page. */
  readonly arrived: readonly string[];
  /** The digest of what was sent. */
  readonly sent: string;
}

/**
 * The same point for the same seed. Every trouble comes in turn; sizes lie on both sides of the
 * border between memory and disk.
 */
export function crashPoint(seed: number): CrashPoint {
  const random = generator(seed * 7919 + 17);
  const trouble = TROUBLES[seed % TROUBLES.length]!;
  const large = trouble === 'disk is full' || random() < 0.4;
  const size = Math.floor((large ? 34 + random() * 14 : 1 + random() * 15) * 1_048_576) & ~3;
  return { trouble, size, at: random() * 0.95, seed };
}

/** Sends, lets it happen, and waits until both sides know how it has ended. */
export async function runPoint(point: CrashPoint, places: Places): Promise<Outcome> {
  const room = `${places.site.url}#snap=${roomCode(point.seed)}`;
  const arrived: string[] = [];
  const visit = async (who: 'sender' | 'receiver'): Promise<Page> => {
    const page = await places[who].context.newPage();
    if (who === 'receiver') await page.exposeFunction('arrived', (digest: string) => arrived.push(digest));
    await page.addInitScript(keepConnections);
    await page.addInitScript(tellArrivals);
    await page.goto(room);
    return page;
  };
  let [sender, receiver] = [await visit('sender'), await visit('receiver')];
  await connected(sender);
  const { trouble, size, seed } = point;
  const full = trouble === 'disk is full' ? await fillDisk(receiver, size * point.at) : null;
  const reached = full ? null : await watch(receiver, size * point.at);
  await sender.evaluate(send, { size, seed });
  await reached?.();

  if (trouble === 'sender closes the connection') await sender.evaluate(cutConnections);
  if (trouble === 'receiver closes the connection') await receiver.evaluate(cutConnections);
  if (trouble === 'sender reloads') await sender.reload();
  if (trouble === 'receiver reloads') await receiver.reload();
  if (trouble === 'server restarts') {
    await places.peerServer.stop();
    await sender.evaluate(cutConnections);
    await places.peerServer.start();
  }
  if (trouble === 'sender is killed') {
    await writtenDown(sender);
    await places.sender.kill();
    sender = await visit('sender');
  }
  if (trouble === 'receiver is killed') {
    await freeze(receiver);
    await places.receiver.kill();
    receiver = await visit('receiver');
  }
  const reborn = trouble === 'sender reloads' || trouble === 'sender is killed';

  const outcome = {
    sender: (reborn && (await again(sender, { size, seed }))) || (await ended(sender, [receiver])),
    receiver:
      arrived.length > 0 ? 'delivered' : ((await before(receiver)) ?? (await ended(receiver, [sender]))),
    arrived,
    sent: createHash('sha256').update(bytes(size, seed)).digest('hex'),
  };
  await full?.();
  await Promise.all([sender.close(), receiver.close()]);
  return outcome;
}

/** In every life of a page, from its start. */
function tellArrivals(): void {
  const reading: Promise<void>[] = [];
  Object.assign(globalThis, { reading });
  document.addEventListener('snap-received', ({ item }) => {
    const { arrived } = globalThis as unknown as { arrived: (digest: string) => Promise<void> };
    reading.push(
      item.file.arrayBuffer().then(async (content) => {
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
        await arrived(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
      }),
    );
  });
}

function send({ size, seed }: { size: number; seed: number }): void {
  const words = new Uint32Array(size / 4);
  let word = seed;
  for (let at = 0; at < words.length; at++)
    words[at] = word = (Math.imul(word, 1_664_525) + 1_013_904_223) >>> 0;
  const file = new File([words], `${seed}.bin`, { lastModified: 1_700_000_000_000 });
  document.querySelector<SnapConnection>('snap-connection')!.send(file);
}

/** The bytes that `send` sends. */
function bytes(size: number, seed: number): Uint8Array {
  const words = new Uint32Array(size / 4);
  let word = seed;
  for (let at = 0; at < words.length; at++)
    words[at] = word = (Math.imul(word, 1_664_525) + 1_013_904_223) >>> 0;
  return new Uint8Array(words.buffer);
}

/**
 * In the sender's next life: chooses the file again where there is no copy of it, by which it goes
 * on. Returns `forgotten` when it knows nothing of it, which it may only if it was delivered in its
 * former life.
 */
async function again(page: Page, file: { size: number; seed: number }): Promise<'forgotten' | null> {
  await connected(page);
  const transfer = await page.evaluate(async () => {
    const hub = document.querySelector<SnapConnection>('snap-connection')!;
    // Resolves once everything is back that was.
    await hub.connect();
    const [only] = hub.transfers;
    return only && { code: only.error?.code };
  });
  if (transfer?.code === 'source-unreadable') await page.evaluate(send, file);
  return transfer ? null : 'forgotten';
}

/**
 * Resolves when the page has a record of what it sends, or has sent it. Killed in the milliseconds
 * before that, it could know nothing of it.
 */
async function writtenDown(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { transfers } = document.querySelector<SnapConnection>('snap-connection')!;
    const opening = indexedDB.open('snaptrail');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    for (let records = 0; records === 0 && !transfers[0]!.ended;) {
      const own = opening.result.transaction('outbox').objectStore('outbox').index('tab');
      const counting = own.count(sessionStorage.getItem('snaptrail-tab')!);
      await new Promise((resolve) => (counting.onsuccess = resolve));
      records = counting.result;
    }
    opening.result.close();
  });
}

/** Stops the page dead, once it has told of everything that has arrived. */
async function freeze(page: Page): Promise<void> {
  let stopped = (): void => undefined;
  const frozen = new Promise<void>((resolve) => (stopped = resolve));
  await page.exposeFunction('frozen', () => stopped());
  const never = page.evaluate(async () => {
    const { reading, frozen: tell } = globalThis as unknown as {
      reading: Promise<void>[];
      frozen: () => void;
    };
    for (let told = -1; told < reading.length; await Promise.all(reading)) told = reading.length;
    tell();
    while (performance.now() > 0);
  });
  never.catch(() => undefined);
  await frozen;
}

async function connected(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector<SnapConnection>('snap-connection')?.peers.length === 1,
  );
}

/**
 * Watches for so many bytes to be through, from when not one message more gets in: the rest would
 * be there before anything could go wrong. Returns how to wait for it.
 */
async function watch(page: Page, amount: number): Promise<() => Promise<void>> {
  const watcher = await page.evaluateHandle(
    (enough) => ({
      reached: new Promise<void>((resolve) => {
        const watching = new AbortController();
        document.addEventListener(
          'snap-transfer-change',
          ({ transfer: { loaded, ended: over } }) => {
            if (!over && loaded < enough) return;
            watching.abort();
            for (const connection of connections) connection.deafen();
            resolve();
          },
          watching,
        );
      }),
    }),
    amount,
  );
  return () => watcher.evaluate(({ reached }) => reached);
}

/**
 * How the page's transfer has ended, as `delivered` or a code, once it has. A page whose transfer
 * does not end tells where it stands.
 */
async function ended(page: Page, others: readonly Page[]): Promise<string> {
  try {
    const outcome = await page.waitForFunction(() => {
      const hub = document.querySelector<SnapConnection>('snap-connection');
      const last = hub?.transfers.at(-1);
      // A receiver that had it all in its former life is told of nothing more.
      return last?.ended ? (last.error?.code ?? last.state) : null;
    });
    await page.evaluate(() => Promise.all((globalThis as unknown as { reading: Promise<void>[] }).reading));
    return (await outcome.jsonValue())!;
  } catch (cause) {
    const standing = await Promise.all([page, ...others].map((each) => each.evaluate(whereItStands)));
    throw new Error(`the first of these has not ended: ${JSON.stringify(standing, null, 2)}`, { cause });
  }
}

/**
 * `delivered before` when the page had it all in its former life, and that ended before it could
 * tell us: a new life knows of no transfer, only that it need not come again. Null while it knows
 * of one.
 */
async function before(page: Page): Promise<'delivered before' | null> {
  const had = await page.evaluate(async (): Promise<number> => {
    const hub = document.querySelector<SnapConnection>('snap-connection')!;
    if (hub.transfers.length > 0) return 0;
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('snaptrail');
      request.onsuccess = () => resolve(request.result);
    });
    const own = IDBKeyRange.bound(
      [sessionStorage.getItem('snaptrail-tab')],
      [sessionStorage.getItem('snaptrail-tab'), []],
    );
    const arrivals = database.transaction('arrivals').objectStore('arrivals').count(own);
    await new Promise((resolve) => (arrivals.onsuccess = resolve));
    database.close();
    return arrivals.result;
  });
  return had === 1 ? 'delivered before' : null;
}

async function whereItStands(): Promise<unknown> {
  const hub = document.querySelector<SnapConnection>('snap-connection')!;
  const { held = [], pending = [] } = await navigator.locks.query();
  return {
    tab: sessionStorage.getItem('snaptrail-tab'),
    state: hub.state,
    error: String(hub.error),
    peers: hub.peers.map(({ id }) => id),
    transfers: hub.transfers.map(({ id, direction, state, loaded, size, error, recipients }) => {
      return { id, direction, state, loaded, size, error: String(error), recipients };
    }),
    locks: [held, pending].map((locks) => locks.map(({ name }) => name)),
    databases: await indexedDB.databases(),
  };
}

/**
 * Leaves the page's origin with so little room that it ends after `bytes`. Returns how to take it
 * back.
 */
async function fillDisk(page: Page, room: number): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  // The sink asks for room first: what it is told is the truth, until the disk fills up behind its
  // back.
  await page.evaluate(() => {
    const estimate = navigator.storage.estimate.bind(navigator.storage);
    navigator.storage.estimate = async () => ({ ...(await estimate()), quota: Number.MAX_SAFE_INTEGER });
  });
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: Math.floor(usage + room) });
  return async () => {
    await session.send('Storage.overrideQuotaForOrigin', { origin });
  };
}

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

function roomCode(seed: number): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  const random = generator(seed + Date.now());
  return Array.from({ length: 26 }, () => alphabet[Math.floor(random() * 32)]).join('');
}
