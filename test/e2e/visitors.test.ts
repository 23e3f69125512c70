import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Transfer } from '../../src/transfer/transfer.js';
import { LONG, onlyLong } from '../support/form.js';
import { Desk, type Visitor } from './support/desk.js';

/** How many come one after the other; `npm run test:visitors` has 300. */
const VISITORS = Number(process.env.VISITORS ?? (LONG ? 20 : 3));
/** In bytes. */
const PHOTO = 100_000;
/** In bytes: takes long enough for something to happen before it is through. */
const FILM = 8_000_000;
/**
 * In ms, until the desk must have given up a visitor that does not answer, and released its
 * connections.
 */
const TIMEOUT = 60_000;

declare global {
  /** Events, and what they carry, that the page itself keeps. */
  var kept: unknown[];
  /** A transfer that a test has begun. */
  var begun: Transfer;
}

/** The desk sends to everybody in the room; resolves when all have it. */
const deskSends = ({ page }: Desk, size: number): Promise<void> =>
  page.evaluate((bytes) => hub.send(fileOf(bytes)).finished.then(() => undefined), size);

/** The visitor starts to send; resolves when some of it has arrived. */
const begins = ({ page }: Visitor, size: number): Promise<void> =>
  page.evaluate(async (bytes) => {
    globalThis.begun = hub.send(fileOf(bytes));
    await new Promise<void>((resolve) =>
      document.addEventListener('snap-transfer-change', () => begun.loaded > 0 && resolve()),
    );
  }, size);

/** The desk starts to send; resolves when some of it has arrived. */
const deskBegins = ({ page }: Desk, size: number): Promise<void> => begins({ page } as Visitor, size);

const ended = ({ page }: Pick<Desk, 'page'>): Promise<string> =>
  page.evaluate(() => begun.finished.then(() => 'delivered').catch(({ code }: { code: string }) => code));

/** What a visitor does, and how it leaves. */
interface Visit {
  /** Whether the visitor's line is slow and long. */
  readonly slow?: boolean;
  readonly does: (visitor: Visitor, desk: Desk) => Promise<unknown>;
  readonly leaves?: 'leaves' | 'closes' | 'crashes';
}

const VISITS: Record<string, Visit> = {
  'sends nothing': { does: () => Promise.resolve() },
  'sends a photo': { does: (visitor) => visitor.sends(PHOTO) },
  'sends a photo, and closes the page': { does: (visitor) => visitor.sends(PHOTO), leaves: 'closes' },
  'is sent a photo': { does: (_, desk) => deskSends(desk, PHOTO) },
  'is sent a photo, and closes the page': { does: (_, desk) => deskSends(desk, PHOTO), leaves: 'closes' },
  'sends and is sent a photo': {
    does: (visitor, desk) => Promise.all([visitor.sends(PHOTO), deskSends(desk, PHOTO)]),
  },
  'sends raw pixels': {
    does: ({ page }) => page.evaluate(() => hub.send(new ImageData(320, 240)).finished.then(() => undefined)),
  },
  'sends a film over lanes': {
    slow: true,
    does: async (visitor, desk) => {
      const built = await desk.page.evaluate(() => builtConnections);
      await visitor.sends(FILM);
      const lanes = (await desk.page.evaluate(() => builtConnections)) - built;
      assert.ok(lanes > 1, `${lanes} lanes`);
    },
  },
  'cancels what it sends half-way': {
    slow: true,
    does: async (visitor) => {
      await begins(visitor, FILM);
      await visitor.page.evaluate(() => begun.cancel());
      assert.equal(await ended(visitor), 'transfer-cancelled');
    },
  },
  'sends what the desk cancels half-way': {
    slow: true,
    does: async (visitor, { page }) => {
      await begins(visitor, FILM);
      await page.evaluate(() => hub.transfers.at(-1)!.cancel());
      assert.equal(await ended(visitor), 'transfer-cancelled-by-peer');
    },
  },
  'cancels half-way what the desk sends': {
    slow: true,
    does: async ({ page }, desk) => {
      await deskBegins(desk, FILM);
      await page.evaluate(() => hub.transfers.at(-1)!.cancel());
      assert.equal(await ended(desk), 'transfer-cancelled-by-peer');
    },
  },
  'sends what the desk declines': {
    does: async (visitor, { page }) => {
      await page.evaluate(() =>
        document.addEventListener('snap-receive', (event) => event.preventDefault(), { once: true }),
      );
      await visitor.page.evaluate(() => void (globalThis.begun = hub.send(fileOf(1000))));
      assert.equal(await ended(visitor), 'transfer-declined');
    },
  },
  'offers what the desk never answers': {
    does: async (visitor, { page }) => {
      const asked = page.evaluate(
        () =>
          new Promise<void>((resolve) =>
            document.addEventListener(
              'snap-receive',
              (event) => {
                // The page keeps the promise, and what would settle it.
                event.respondWith(new Promise((answer) => kept.push(answer)));
                resolve();
              },
              { once: true },
            ),
          ),
      );
      await visitor.page.evaluate(() => void hub.send(fileOf(1000)));
      await asked;
    },
  },
  'leaves in the middle of its film': { slow: true, does: (visitor) => begins(visitor, FILM) },
  'leaves in the middle of the desk’s film': { slow: true, does: (_, desk) => deskBegins(desk, FILM) },
  'sends a photo that the desk’s user removes': {
    does: async (visitor, { page }) => {
      await visitor.sends(PHOTO);
      await page.evaluate(() => {
        const [subject] = hub.received;
        const request = new Event('snap-remove-request', { bubbles: true, composed: true, cancelable: true });
        document.querySelector('photo-trail')!.dispatchEvent(Object.assign(request, { subject }));
      });
    },
  },
  'changes its name': {
    does: async (visitor, { page }) => {
      await visitor.page.evaluate(() => void (hub.name = 'Grace'));
      await page.waitForFunction(() => hub.peers[0]?.name === 'Grace');
      await visitor.sends(PHOTO);
    },
  },
  'exchanges photos with a page that keeps every event': {
    does: async (visitor, desk) => {
      await desk.page.evaluate(() => {
        for (const type of ['snap-receive', 'snap-received', 'snap-transfer-change', 'snap-peer-leave'])
          document.addEventListener(type, (event) => kept.push(event, hub.peers, hub.transfers));
      });
      await Promise.all([visitor.sends(PHOTO), deskSends(desk, PHOTO)]);
    },
  },
  // The desk waits a minute for these, and longer with what it sends them.
  'crashes in the middle of its film and the desk’s': {
    slow: true,
    does: (visitor, desk) => Promise.all([begins(visitor, FILM), deskBegins(desk, FILM)]),
    leaves: 'crashes',
  },
  'falls asleep in the middle of its film and the desk’s': {
    slow: true,
    does: async (visitor, desk) => {
      await Promise.all([begins(visitor, FILM), deskBegins(desk, FILM)]);
      await visitor.sleeps();
      await desk.page.evaluate(() => meets(0));
    },
    leaves: 'crashes',
  },
};

/** The short form has one that succeeds, one that is cancelled and one that breaks off. */
const IN_SHORT = [
  'sends a photo, and closes the page',
  'cancels what it sends half-way',
  'leaves in the middle of the desk’s film',
];

describe('a desk', { timeout: 300_000 + VISITORS * 10_000 }, () => {
  let desk: Desk;
  before(async () => {
    desk = await Desk.open();
    await desk.page.evaluate(() => void (globalThis.kept = []));
  });
  afterEach(() => desk.clear());
  after(() => desk.close());

  /** Resolves when the desk's page holds no more than so many connections. */
  const letsGo = async (rest = 0): Promise<void> => {
    const started = performance.now();
    for (;;) {
      const { connections } = await desk.holdings();
      if (connections <= rest) return;
      assert.ok(performance.now() - started < TIMEOUT, `the desk still holds ${connections} connections`);
    }
  };

  describe('releases every connection of a visitor that', () => {
    for (const [what, { slow = false, does, leaves = 'leaves' }] of Object.entries(VISITS))
      it(what, IN_SHORT.includes(what) ? {} : onlyLong, async () => {
        const visitor = await desk.visit({ slow });
        await does(visitor, desk);
        if (leaves === 'leaves') await visitor.leaves();
        else if (leaves === 'closes') await visitor.closes();
        else await visitor.crashes();
        await letsGo();
      });
  });

  it(
    'releases the connections of one of two recipients while it still sends to the other',
    onlyLong,
    async () => {
      // Lanes to the other recipient may stay.
      await desk.page.evaluate(() => void (hub.maxLanes = 0));
      const stays = await desk.visit();
      await letsGo(1);
      const leaver = await desk.visit({ others: 2 });
      await deskBegins(desk, 3 * FILM);
      await leaver.crashes();
      await desk.page.evaluate(() => meets(1));
      await letsGo(1);
      await stays.leaves();
      await desk.page.evaluate(() => void (hub.maxLanes = null));
    },
  );

  it(`meets another visitor after ${VISITORS} who each sent a photo`, async (t) => {
    const started = performance.now();
    const before = await desk.holdings();
    for (let count = 0; count < VISITORS; count++) {
      const visitor = await desk.visit();
      await visitor.sends(PHOTO);
      await visitor.closes();
      await desk.page.evaluate(() => meets(0));
    }
    const took = performance.now() - started;
    // Until here the test has not collected garbage.
    const next = await desk.visit();
    await next.sends(PHOTO);
    await next.leaves();
    await letsGo(3);
    const { connections, heap, listeners } = await desk.holdings();
    const grown = Math.round((heap - before.heap) / (VISITORS + 1));
    t.diagnostic(
      `${connections} connections, ${grown} B of heap and ${((listeners - before.listeners) / (VISITORS + 1)).toFixed(1)} listeners more for each; ${(took / VISITORS).toFixed(0)} ms a visit`,
    );
    assert.deepEqual(await desk.page.evaluate(() => complaints), []);
  });
});
