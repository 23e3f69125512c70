import { createHash } from 'node:crypto';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { cutConnections, keepConnections } from '../../support/connections.js';
import type { HubPage, ProfiledBrowser, RestartablePeerServer } from '../../support/two-browsers.js';

/** Two browsers, and the servers they use. */
export interface Places {
  readonly site: HubPage;
  readonly peerServer: RestartablePeerServer;
  readonly sender: ProfiledBrowser;
  readonly receiver: ProfiledBrowser;
}

/** What may interrupt a transfer. */
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

/** One random point: what goes wrong, when, and with a file of which size. */
export interface CrashPoint {
  readonly trouble: (typeof TROUBLES)[number];
  /** In bytes. */
  readonly size: number;
  /** How much of the file has arrived by then, from 0 to 1. */
  readonly at: number;
  readonly seed: number;
}

/** How the transfer ended on either side. */
export interface Outcome {
  readonly sender: string;
  readonly receiver: string;
  /** Digests of what has arrived, over all loads of the receiver's page. */
  readonly arrived: readonly string[];
  /** The digest of the file that was sent. */
  readonly sent: string;
}

/**
 * The point of a seed. Seeds take the troubles in turn; sizes are on both sides of the limit
 * between memory and disk.
 */
export function crashPoint(seed: number): CrashPoint {
  const random = generator(seed * 7919 + 17);
  const trouble = TROUBLES[seed % TROUBLES.length]!;
  const large = trouble === 'disk is full' || random() < 0.4;
  const size = Math.floor((large ? 34 + random() * 14 : 1 + random() * 15) * 1_048_576) & ~3;
  return { trouble, size, at: random() * 0.95, seed };
}

/** Sends a file, makes the trouble, and waits until both sides know the outcome. */
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

/** Runs at every load of a page, before its own scripts. */
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
 * Runs after the sender's page has loaded again: chooses the file again where there is no stored
 * copy to resume from. Returns `forgotten` when the page does not know of the transfer, as is right
 * only if it was delivered before the page went.
 */
async function again(page: Page, file: { size: number; seed: number }): Promise<'forgotten' | null> {
  await connected(page);
  const transfer = await page.evaluate(async () => {
    const hub = document.querySelector<SnapConnection>('snap-connection')!;
    // Resolves once everything is restored.
    await hub.connect();
    const [only] = hub.transfers;
    return only && { code: only.error?.code };
  });
  if (transfer?.code === 'source-unreadable') await page.evaluate(send, file);
  return transfer ? null : 'forgotten';
}

/**
 * Resolves when the page has stored a record of what it sends, or has sent it. A page that is
 * killed in the milliseconds before cannot know of it.
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

/** Blocks the page for good, once it has reported everything that has arrived. */
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
 * Watches for `amount` bytes to arrive, and lets no message in after that, or the rest would arrive
 * before the trouble does. Returns a function that waits for it.
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
 * Resolves, when the page's transfer ends, to `delivered` or an error code. Rejects with the state
 * of all pages when it does not end.
 */
async function ended(page: Page, others: readonly Page[]): Promise<string> {
  try {
    const outcome = await page.waitForFunction(() => {
      const hub = document.querySelector<SnapConnection>('snap-connection');
      const last = hub?.transfers.at(-1);
      // A receiver that had everything before its reload has no transfer.
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
 * Returns `delivered before` when the page had the whole file before it went, too late to report
 * it: after that it has no transfer, only a record that the file need not come again. Returns null
 * while the page has a transfer.
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

/** Limits the page's origin to `room` more bytes. Returns a function that lifts the limit. */
async function fillDisk(page: Page, room: number): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  // The sink checks the quota first. It must pass, so that the disk fills up during the transfer.
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
