import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { SEGMENT } from '../../src/transfer/sinks/segments.js';
import type { Member } from './support/pair.js';
import { Pair } from './support/pair.js';

const MB = 1_000_000;
/** In bytes: too large to be kept in memory, and gone in a moment. */
const SMALL_FILM = 40 * MB;
/** How many films come one after the other onto the small disk. */
const FILMS = Number(process.env.DISK_FILMS ?? 4);

/**
 * What a person or a page does to a film, and how its transfer ends: null where it is delivered
 * before, undefined where that takes long.
 */
const ends: Record<
  string,
  { code: string | null | undefined; act: (members: Pair) => Promise<unknown>; half?: boolean }
> = {
  'it is removed from the trail': { code: null, act: ({ receiver }) => remove(receiver) },
  'its form is reset': {
    code: null,
    act: ({ receiver }) =>
      receiver.page.evaluate(() => {
        const form = document.createElement('form');
        hub.before(form);
        form.append(hub);
        form.reset();
      }),
  },
  'it was saved, and then removed': {
    code: null,
    async act({ receiver }) {
      const saved = receiver.page.waitForEvent('download');
      await receiver.page.evaluate(() => {
        const later = globalThis.setTimeout;
        // What is being saved is given back a while later: which the test does not wait for.
        globalThis.setTimeout = ((step: () => void, ms = 0) =>
          ms >= 60_000
            ? later(() => (globalThis.savedLongAgo = step))
            : later(step, ms)) as typeof setTimeout;
      });
      await press(receiver, 'save');
      await remove(receiver);
      assert.equal(await (await saved).failure(), null);
      assert.ok((await receiver.disk()).bytes >= SMALL_FILM);
      await receiver.page.evaluate(() => savedLongAgo());
    },
  },
  'its receiver cancels it half-way': {
    code: 'transfer-cancelled-by-peer',
    half: true,
    act: ({ receiver }) => receiver.page.evaluate(() => hub.transfers.at(-1)!.cancel()),
  },
  'its sender cancels it half-way': {
    code: 'transfer-cancelled',
    half: true,
    act: ({ sender }) => sender.page.evaluate(() => hub.transfers.at(-1)!.cancel()),
  },
  'its hub is removed half-way': {
    // Its sender waits for it a while.
    code: undefined,
    half: true,
    act: ({ receiver }) => receiver.page.evaluate(() => hub.remove()),
  },
};

declare global {
  /** Lets the time be over that the last saving may take. */
  var savedLongAgo: () => void;
}

const remove = (member: Member): Promise<void> => press(member, 'remove');

/** Presses a button of the trail's first item, once it is shown. */
async function press({ page }: Member, action: string): Promise<void> {
  await page.locator(`photo-trail [data-action=${action}]`).first().dispatchEvent('click');
}

describe('a small disk', { timeout: FILMS * 40_000 }, () => {
  it('takes films of 100 MB one after the other, each removed after it came, and is empty at the end', async () => {
    const pair = await Pair.open();
    await pair.meet();
    try {
      const { sender, receiver } = pair;
      await receiver.quota(250 * MB);
      for (let count = 0; count < FILMS; count++) {
        // Of its own name: what is offered again, and has arrived already, does not come again.
        assert.equal(await sender.sends(100 * MB, `film-${count}.bin`), null);
        await receiver.holds(100 * MB);
        await remove(receiver);
        // The browser has only so much room for what the sender's page itself has in memory.
        await sender.page.evaluate(() => films.clear());
        await sender.collect();
      }
      await receiver.isEmpty();
      assert.deepEqual(await receiver.page.evaluate(() => complaints), []);
    } finally {
      await pair.close();
    }
  });
});

describe('the disk that a film takes', { timeout: 240_000 }, () => {
  let pair: Pair;
  before(async () => {
    pair = await Pair.open();
  });
  after(() => pair.close());
  afterEach(() => pair.part());

  for (const [what, { code, act, half = false }] of Object.entries(ends))
    it(`is given back when ${what}`, async () => {
      // Slow enough that something can happen half-way.
      await pair.meet(half ? { upload: 10 * MB } : {});
      const { sender, receiver } = pair;
      const sent = sender.sends(SMALL_FILM);
      // Its page is closed before it has ended.
      if (code === undefined) sent.catch(() => undefined);
      if (half) await receiver.holds(SEGMENT);
      else {
        assert.equal(await sent, null);
        await receiver.holds(SMALL_FILM);
      }
      await act(pair);
      if (code !== undefined) assert.equal(await sent, code);
      await receiver.isEmpty();
    });
});
