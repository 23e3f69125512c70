import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { SEGMENT } from '../../src/transfer/sinks/segments.js';
import { Pair } from './support/pair.js';

const MB = 1_000_000;

/** In ms, until a transfer must have ended. */
const TIMEOUT = 30_000;

describe('a quota that is smaller than the memory', { timeout: 600_000 }, () => {
  let pair: Pair;
  before(async () => {
    pair = await Pair.open();
  });
  after(() => pair.close());
  afterEach(async () => {
    await pair.receiver.quota(null);
    await pair.part();
  });

  it('rejects nothing that fits into memory', async () => {
    await pair.meet();
    await pair.receiver.quota(MB);
    assert.equal(await pair.sender.sends(40 * MB), null);
    assert.deepEqual(await pair.receiver.page.evaluate(() => complaints), []);
  });

  it('lets films share the memory, one after another where it does not hold all of them', async () => {
    await pair.meet();
    await pair.receiver.quota(MB);
    const names = ['one', 'two', 'three', 'four', 'five'];
    const codes = await Promise.all(names.map((name) => pair.sender.sends(64 * MB, name)));
    assert.deepEqual(codes, Array<null>(5).fill(null));
  });

  for (const [what, left] of Object.entries({ 'runs out': 0, 'is lowered below what is used': 10 * MB }))
    it(`makes a film continue in memory when it ${what} half-way, and later files arrive`, async () => {
      await pair.meet({ upload: 10 * MB });
      const { sender, receiver } = pair;
      const sent = sender.sends(60 * MB, 'first');
      await receiver.holds(SEGMENT);
      await receiver.quota(left);
      assert.equal(await sent, null);
      assert.equal(await receiver.digest(), await sender.digest('first'));
      const late = new Promise((resolve) =>
        setTimeout(() => resolve('still not delivered'), TIMEOUT).unref(),
      );
      assert.equal(await Promise.race([sender.sends(40 * MB, 'second'), late]), null);
    });
});
