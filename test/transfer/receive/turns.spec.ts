import { expect } from '@open-wc/testing';
import type { Transfer } from '../../../src/transfer/transfer.js';
import { Turns } from '../../../src/transfer/receive/turns.js';
import { VirtualTime } from '../../timing/support/virtual-time.js';

/** Something that is coming. */
class Coming {
  readonly size: number;
  loaded: number;
  ended = false;
  readonly finished: Promise<Transfer>;
  #end!: (failed: boolean) => void;

  constructor(size: number, loaded = 0) {
    this.size = size;
    this.loaded = loaded;
    this.finished = new Promise((resolve, reject) => {
      this.#end = (failed) => (failed ? reject(new Error('failed')) : resolve(null!));
    });
    this.finished.catch(() => undefined);
  }

  end(failed = false): void {
    this.ended = true;
    this.#end(failed);
  }
}

const PHOTO = 300_000;
const FILM = 50_000_000;

describe('turns', () => {
  let time: VirtualTime;
  let turns: Turns;

  beforeEach(() => {
    time = new VirtualTime();
    time.install();
    turns = new Turns();
  });

  afterEach(() => time.remove());

  /** Each takes a place, in this order. */
  function take<Each extends Coming[]>(...all: Each): Each {
    for (const each of all) turns.take(each);
    return all;
  }

  /** How long it waits for its turn, in ms; null while it still does after `limit` ms. */
  async function waits(coming: Coming, limit = 10_000): Promise<number | null> {
    const began = time.now;
    let at: number | null = null;
    void turns.of(coming).then(() => (at = time.now - began));
    let over = false;
    time.after(limit, () => (over = true));
    await time.until(() => over || at !== null);
    return at;
  }

  it('lets the first in at once', async () => {
    const [first] = take(new Coming(PHOTO), new Coming(PHOTO));
    expect(await waits(first)).to.equal(0);
  });

  it('keeps photos in order, however long an earlier one takes', async () => {
    const [first, second] = take(new Coming(PHOTO), new Coming(PHOTO));
    expect(await waits(second, 60_000)).to.equal(null);
    time.after(5000, () => first.end());
    expect(await waits(second)).to.equal(5000);
  });

  for (const failed of [false, true])
    it(`goes on when what comes first ${failed ? 'has failed' : 'is here'}`, async () => {
      const [first, second] = take(new Coming(PHOTO), new Coming(PHOTO));
      time.after(100, () => first.end(failed));
      expect(await waits(second)).to.equal(100);
      const third = new Coming(PHOTO);
      turns.take(third);
      expect(await waits(third), 'for the second, which has not ended').to.equal(null);
      second.end();
      expect(await waits(third)).to.equal(0);
    });

  // What has come so far of the larger one, in 1 s; how long the photo waits.
  for (const { size, loaded, wait, why } of [
    { size: FILM, loaded: 0, wait: 1500, why: 'nobody knows yet how fast it comes' },
    { size: FILM, loaded: 1_000_000, wait: 0, why: 'it takes another 49 s' },
    { size: FILM, loaded: 30_000_000, wait: 1500, why: 'it takes less than 2 s' },
    { size: FILM, loaded: 49_700_000, wait: null, why: 'what is left of it is like the photo' },
    { size: PHOTO, loaded: 100_000, wait: null, why: 'it is like the photo' },
  ])
    it(`has a photo wait ${wait ?? 'as long as it takes'} behind ${size} B with ${loaded} B here: ${why}`, async () => {
      const [, photo] = take(new Coming(size, loaded), new Coming(PHOTO));
      time.skip(1000);
      expect(await waits(photo)).to.equal(wait);
    });

  it('keeps tiny things of any size in order', async () => {
    const [, second] = take(new Coming(30_000), new Coming(10));
    expect(await waits(second)).to.equal(null);
  });

  it('keeps nothing waiting once the connection is gone', async () => {
    const [, second] = take(new Coming(PHOTO), new Coming(PHOTO));
    time.after(50, () => turns.end());
    expect(await waits(second)).to.equal(50);
  });

  it('gives one place to each, whoever asks twice', async () => {
    const [first, second] = take(new Coming(PHOTO), new Coming(PHOTO));
    turns.take(first);
    expect(await waits(first)).to.equal(0);
    expect(await waits(second)).to.equal(null);
  });
});
