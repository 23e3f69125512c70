import { expect } from '@open-wc/testing';
import { AdmissionQueue } from '../../../src/transfer/receive/admission-queue.js';
import { VirtualTime, task } from '../../timing/support/virtual-time.js';

const PHOTO = 300_000;
const FILM = 50_000_000;

describe('the admission queue', () => {
  let queue: AdmissionQueue;

  beforeEach(() => {
    queue = new AdmissionQueue();
  });

  describe('admits', () => {
    /** Sizes in bytes: of this class, 64 MiB fit, and none counts for more than 32 MiB. */
    const transfers = {
      a: { size: 40_000_000, loaded: 0 },
      b: { size: 30_000_000, loaded: 0 },
      c: { size: 20_000_000, loaded: 0 },
      photo: { size: PHOTO, loaded: 0 },
      empty: { size: 0, loaded: 0 },
    };
    type Name = keyof typeof transfers;
    type Step = (name: Name) => void;
    let admitted: Name[];

    const ask: Step = (name) => {
      queue.connect(transfers[name]);
      void queue.admit(transfers[name]).then(() => admitted.push(name));
    };
    const [connect, disconnect, complete, remove] = (
      ['connect', 'disconnect', 'complete', 'remove'] as const
    ).map(
      (step): Step =>
        (name) =>
          queue[step](transfers[name]),
    ) as [Step, Step, Step, Step];

    beforeEach(() => (admitted = []));

    const cases: readonly {
      it: string;
      steps: readonly (readonly [Step, Name])[];
      admitted: readonly Name[];
    }[] = [
      {
        it: 'what there is capacity for',
        steps: [
          [ask, 'a'],
          [ask, 'b'],
          [ask, 'c'],
        ],
        admitted: ['a', 'b'],
      },
      {
        it: 'a photo and an empty file beside films that fill the capacity',
        steps: [
          [ask, 'a'],
          [ask, 'b'],
          [ask, 'c'],
          [ask, 'photo'],
          [ask, 'empty'],
        ],
        admitted: ['a', 'b', 'photo', 'empty'],
      },
      {
        it: 'in the order of asking, even if something smaller behind would fit',
        steps: [
          [ask, 'b'],
          [ask, 'c'],
          [ask, 'a'],
          [disconnect, 'b'],
          [connect, 'b'],
          [remove, 'c'],
        ],
        admitted: ['b', 'c', 'a'],
      },
      {
        it: 'the next once a transfer has all its bytes',
        steps: [
          [ask, 'a'],
          [ask, 'b'],
          [ask, 'c'],
          [complete, 'a'],
        ],
        admitted: ['a', 'b', 'c'],
      },
      {
        it: 'the next once a transfer has lost its connection',
        steps: [
          [ask, 'a'],
          [ask, 'b'],
          [ask, 'c'],
          [disconnect, 'b'],
        ],
        admitted: ['a', 'b', 'c'],
      },
      {
        it: 'nobody while a transfer that came back holds its former capacity',
        steps: [
          [ask, 'a'],
          [ask, 'b'],
          [disconnect, 'b'],
          [connect, 'b'],
          [ask, 'c'],
        ],
        admitted: ['a', 'b'],
      },
      {
        it: 'nobody twice: a transfer that comes back complete takes no capacity',
        steps: [
          [ask, 'a'],
          [complete, 'a'],
          [disconnect, 'a'],
          [connect, 'a'],
          [ask, 'b'],
          [ask, 'c'],
        ],
        admitted: ['a', 'b', 'c'],
      },
      {
        it: 'a transfer without a connection, which takes no capacity from the next',
        steps: [
          [ask, 'a'],
          [ask, 'b'],
          [ask, 'c'],
          [disconnect, 'c'],
          [remove, 'a'],
        ],
        admitted: ['a', 'b', 'c'],
      },
      {
        it: 'a waiting transfer that has ended, so that nobody waits for it',
        steps: [
          [ask, 'a'],
          [ask, 'b'],
          [ask, 'c'],
          [remove, 'c'],
        ],
        admitted: ['a', 'b', 'c'],
      },
      {
        it: 'one transfer for one that has ended, however often its end is told',
        steps: [
          [ask, 'b'],
          [ask, 'a'],
          [ask, 'c'],
          [remove, 'a'],
          [remove, 'a'],
          [disconnect, 'a'],
        ],
        admitted: ['b', 'a', 'c'],
      },
    ];
    for (const { it: title, steps, admitted: expected } of cases)
      it(title, async () => {
        for (const [step, name] of steps) step(name);
        await task();
        expect(admitted).to.deep.equal(expected);
      });

    it('at once what has never been connected', async () => {
      void queue.admit(transfers.a).then(() => admitted.push('a'));
      await task();
      expect(admitted).to.deep.equal(['a']);
    });

    it('what another peer continues by the capacity of that peer', async () => {
      const heir = new AdmissionQueue();
      for (const name of ['a', 'b', 'c', 'photo'] as const) ask(name);
      for (const name of ['a', 'b', 'c', 'photo'] as const) disconnect(name);
      await task();
      expect(admitted, 'nothing connected takes capacity').to.deep.equal(['a', 'b', 'photo', 'c']);
      const late = { size: FILM, loaded: 0 };
      const next = { size: FILM, loaded: 0 };
      for (const name of ['a', 'b'] as const) {
        queue.handOver(transfers[name], heir);
        heir.connect(transfers[name]);
      }
      let isNextAdmitted = false;
      heir.connect(next);
      void heir.admit(next).then(() => (isNextAdmitted = true));
      queue.connect(late);
      await queue.admit(late);
      await task();
      expect(isNextAdmitted).to.equal(false);
      heir.remove(transfers.a);
      await task();
      expect(isNextAdmitted).to.equal(true);
    });

    it('what still waits when another peer continues it', async () => {
      const heir = new AdmissionQueue();
      for (const name of ['a', 'b', 'c'] as const) ask(name);
      queue.handOver(transfers.c, heir);
      await task();
      expect(admitted).to.deep.equal(['a', 'b', 'c']);
    });
  });

  describe('delivers', () => {
    let time: VirtualTime;

    beforeEach(() => {
      time = new VirtualTime();
      time.install();
    });

    afterEach(() => time.remove());

    /** Transfers that are admitted in this order: of so many bytes, of which so many are here. */
    function admitted(
      ...all: readonly (number | readonly [number, number])[]
    ): { size: number; loaded: number }[] {
      return all.map((each) => {
        const [size, loaded] = typeof each === 'number' ? [each, 0] : each;
        const transfer = { size, loaded };
        queue.connect(transfer);
        void queue.admit(transfer);
        return transfer;
      });
    }

    /** How long it waits for its turn, in ms; null while it still does after `limit` ms. */
    async function waits(transfer: object, limit = 10_000): Promise<number | null> {
      const began = time.now;
      let at: number | null = null;
      void queue.turn(transfer as { size: number; loaded: number }).then(() => (at = time.now - began));
      let over = false;
      time.after(limit, () => (over = true));
      await time.until(() => over || at !== null);
      return at;
    }

    it('the first transfer at once', async () => {
      const [first] = admitted(PHOTO, PHOTO);
      expect(await waits(first!)).to.equal(0);
    });

    it('photos in order, however long an earlier one takes', async () => {
      const [first, second] = admitted(PHOTO, PHOTO);
      expect(await waits(second!, 60_000)).to.equal(null);
      time.after(5000, () => queue.remove(first!));
      expect(await waits(second!)).to.equal(5000);
    });

    it('each after all that came before it', async () => {
      const [first, second, third] = admitted(PHOTO, PHOTO, PHOTO);
      time.after(100, () => queue.remove(first!));
      expect(await waits(third!), 'the second has not ended').to.equal(null);
      queue.remove(second!);
      expect(await waits(third!)).to.equal(0);
    });

    // What has come so far of the larger one, in 1 s; how long the photo waits.
    for (const { size, loaded, wait, why } of [
      { size: FILM, loaded: 0, wait: 1500, why: 'nobody knows yet how fast that comes' },
      { size: FILM, loaded: 1_000_000, wait: 0, why: 'that needs another 49 s' },
      { size: FILM, loaded: 30_000_000, wait: 1500, why: 'that needs less than 2 s' },
      { size: FILM, loaded: 49_700_000, wait: null, why: 'what is left of that is like the photo' },
      { size: PHOTO, loaded: 100_000, wait: null, why: 'that is like the photo' },
    ])
      it(`a photo ${wait === null ? 'after' : `${wait} ms behind`} ${size} B of which ${loaded} B are here: ${why}`, async () => {
        const [, photo] = admitted([size, loaded], PHOTO);
        time.skip(1000);
        expect(await waits(photo!)).to.equal(wait);
      });

    it('tiny things of any size in order', async () => {
      const [, second] = admitted(30_000, 10);
      expect(await waits(second!)).to.equal(null);
    });

    it('at once what has lost its connection', async () => {
      const [, second] = admitted(PHOTO, PHOTO);
      time.after(50, () => queue.disconnect(second!));
      expect(await waits(second!)).to.equal(50);
    });

    it('what comes behind a transfer that has lost its connection', async () => {
      const [first, second] = admitted(PHOTO, PHOTO);
      time.after(50, () => queue.disconnect(first!));
      expect(await waits(second!)).to.equal(50);
    });

    it('what comes back over a new connection in the order of that', async () => {
      const [first, second] = admitted(PHOTO, PHOTO);
      for (const each of [first, second]) queue.disconnect(each!);
      for (const each of [second, first]) queue.connect(each!);
      expect(await waits(second!)).to.equal(0);
      expect(await waits(first!)).to.equal(null);
    });

    it('in the same order when a transfer is connected twice', async () => {
      const [first, second] = admitted(PHOTO, PHOTO);
      queue.connect(first!);
      expect(await waits(first!)).to.equal(0);
      expect(await waits(second!)).to.equal(null);
    });

    it('a photo without waiting for another that has not been admitted', async () => {
      const undecided = { size: PHOTO, loaded: 0 };
      queue.connect(undecided);
      const [photo] = admitted(PHOTO);
      expect(await waits(photo!)).to.equal(0);
    });
  });
});
