import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { Desk } from '../e2e/support/desk.js';
import type { Visitor } from '../e2e/support/desk.js';

const MB = 1_000_000;
/** In bytes: the size of a snapped photo. */
const PHOTO = 100_000;
/**
 * In ms. The bytes in flight when the link slows down take two to three seconds to drain, the photo
 * itself takes two, and SCTP's retransmissions take the rest: 4 to 6 s in all, or 8 on a busy
 * machine. If the photo had to wait for the larger files, it would take 30 to 70 s.
 */
const SOON = 15_000;

/** The sizes of the files under way when the photo is snapped. */
const CASES: readonly (readonly [what: string, sizes: readonly number[]])[] = [
  ['5 MB', [5 * MB]],
  ['12 MB', [12 * MB]],
  ['two files of 5 MB', [5 * MB, 5 * MB]],
  ['twenty files of 5 MB', Array.from({ length: 20 }, () => 5 * MB)],
];

describe('a photo that is snapped while larger files are under way', { timeout: 600_000 }, () => {
  let desk: Desk;
  before(async () => (desk = await Desk.open()));
  afterEach(() => desk.clear());
  after(() => desk.close());

  for (const [what, sizes] of CASES) {
    it(`arrives within 15 s, though the link slows down to 0.5 Mbit/s: ${what}`, async (t) => {
      const visitor = await desk.visit({ rate: 20 });
      await visitor.page.evaluate(async (all) => {
        const files = all.map((size) => hub.send(fileOf(size, 'larger')));
        await new Promise<void>((resolve) =>
          document.addEventListener('snap-transfer-change', () => {
            if (files.some(({ loaded, size }) => loaded > size / 2)) resolve();
          }),
        );
      }, sizes);
      await visitor.hasLine(0.5);
      const waited = await photoTakes(desk, visitor);
      t.diagnostic(`${what}: ${waited} ms`);
      assert.ok(waited <= SOON, `${waited} ms`);
    });
  }
});

/** In ms, from the call of `send()` until the desk has the photo. */
async function photoTakes(desk: Desk, visitor: Visitor): Promise<number> {
  const arrived = desk.page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        document.addEventListener('snap-received', ({ item }) => {
          if (item.file.name === 'photo') resolve(Date.now());
        }),
      ),
  );
  const sent = await visitor.page.evaluate((size) => {
    hub.send(fileOf(size, 'photo'));
    return Date.now();
  }, PHOTO);
  return (await arrived) - sent;
}
