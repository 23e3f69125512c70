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
        // The page frees a downloaded file after a while, for which the test does not wait.
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
    // The sender waits for the receiver to come back.
    code: undefined,
    half: true,
    act: ({ receiver }) => receiver.page.evaluate(() => hub.remove()),
  },
};

declare global {
  /** Runs the timer that ends the last download's hold on its file. */
  var savedLongAgo: () => void;
}

const remove = (member: Member): Promise<void> => press(member, 'remove');

/** Presses a button of the trail's first item, once it is shown. */
async function press({ page }: Member, action: string): Promise<void> {
  await page.locator(`photo-trail [data-action=${action}]`).first().dispatchEvent('click');
}

describe('a small disk', { timeout: FILMS * 40_000 }, () => {
  it('takes one film of 100 MB after another when each is removed, and is empty at the end', async () => {
    const pair = await Pair.open();
    await pair.meet();
    try {
      const { sender, receiver } = pair;
      await receiver.quota(250 * MB);
      for (let count = 0; count < FILMS; count++) {
        // With a new name, since a file that has already arrived is not sent again.
        assert.equal(await sender.sends(100 * MB, `film-${count}.bin`), null);
        await receiver.holds(100 * MB);
        await remove(receiver);
        // The browser limits what the sender's page may keep in memory.
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

describe('the disk space of a film', { timeout: 600_000 }, () => {
  let pair: Pair;
  before(async () => {
    pair = await Pair.open();
  });
  after(() => pair.close());
  afterEach(() => pair.part());

  for (const [what, { code, act, half = false }] of Object.entries(ends))
    it(`is freed when ${what}`, async () => {
      // Slow enough for something to happen half-way.
      await pair.meet(half ? { upload: 10 * MB } : {});
      const { sender, receiver } = pair;
      const sent = sender.sends(SMALL_FILM);
      // The page is closed before the transfer has ended.
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
