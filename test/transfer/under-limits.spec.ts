import { expect } from '@open-wc/testing';
import { Arrivals } from '../../src/transfer/receive/arrivals.js';
import { bytesSource } from '../../src/transfer/send/source.js';
import type { Transfer } from '../../src/transfer/transfer.js';
import { carried, channelPair } from './support/fake-channel.js';
import type { FakeChannel } from './support/fake-channel.js';
import { Side, connect, description, disconnect, eventually, patternedBytes } from './support/two-sides.js';
import { VirtualTime, task } from '../timing/support/virtual-time.js';

const isBytes = (message: string | Uint8Array): boolean => typeof message !== 'string';

/** A page that keeps to the rules never feels the limits that others may have of it. */
describe('under the limits', () => {
  let ann: Side;
  let ben: Side;
  beforeEach(() => {
    ann = new Side('a');
    ben = new Side('b');
  });

  const send = (size: number): Transfer =>
    ann.transfers.send(bytesSource(new Uint8Array(size)), description(), [ben.peer]);
  const states = (): string[] => [...ben.seen].map(({ state }) => state);
  const receiving = (): number => states().filter((state) => state === 'receiving').length;
  const all = (transfers: readonly Transfer[]): Promise<unknown> =>
    Promise.all(transfers.map(({ finished }) => finished));

  describe('what waits for room', () => {
    // Two of them fill it.
    const SIZES = [7_000_000, 7_000_000, 7_000_000];

    it('arrives after a reconnect, when a person has answered the first last', async () => {
      let answer!: () => void;
      let asked = 0;
      ben.decide = () => (asked++ ? Promise.resolve(null) : new Promise((r) => (answer = () => r(null))));
      const [one] = connect(ann, ben);
      one.holdBack(isBytes);
      const photos = SIZES.map(send);
      await ben.until(() => receiving() === 2);
      answer();
      await task();
      disconnect(ann, ben, one);
      connect(ann, ben);
      await all(photos);
      expect(ben.received).to.have.length(3);
    });

    it('arrives after a reconnect, when the first was tried again last', async () => {
      const [one] = connect(ann, ben);
      one.holdBack(isBytes);
      const photos = SIZES.map(send);
      photos[0]!.cancel();
      await ben.until(() => receiving() === 2);
      photos[0]!.retry();
      await ben.until(() => ben.seen.size >= 3);
      disconnect(ann, ben, one);
      connect(ann, ben);
      await all(photos);
    });

    it('arrives though it is answered before it is offered again', async () => {
      let answer!: () => void;
      let asked = 0;
      ben.decide = () =>
        ++asked === 2 ? new Promise((r) => (answer = () => r(null))) : Promise.resolve(null);
      const [former] = connect(ann, ben);
      former.holdBack(isBytes);
      const films = [20_000_000, 60_000_000].map(send);
      await ben.until(() => asked === 2 && receiving() === 1);
      disconnect(ann, ben, former);
      const [one, two] = channelPair();
      const letGo = one.holdBack((message) => String(message).includes('60000000'));
      ann.transfers.connect(ben.peer, one);
      ben.transfers.connect(ann.peer, two);
      await ben.until(() => receiving() === 1);
      answer();
      await task();
      letGo();
      await all(films);
      expect(ben.seen.size).to.equal(2);
    });

    it('keeps a half-received file when a new file is offered before it', async () => {
      const known = description();
      const source = bytesSource(patternedBytes(30_000_000));
      const [former] = connect(ann, ben);
      ann.transfers.send(source, known, [ben.peer]);
      await ben.until(() => [...ben.seen].some(({ loaded }) => loaded > 9_000_000));
      const before = carried(former);
      former.close();
      ben.transfers.disconnect(ann.peer.id);
      // Her page is new, and she sends before it has read what it was sending.
      const later = new Side('a');
      const photos = [1, 2, 3, 4].map(() =>
        later.transfers.send(bytesSource(new Uint8Array(6_000_000)), description(), [ben.peer]),
      );
      const recipients = [{ ...ben.peer, state: 'waiting', error: null }] as const;
      const film = later.transfers.restore(source, 30_000_000, known, recipients);
      const [one] = connect(later, ben);
      await all([...photos, film]);
      expect(before + carried(one)).to.be.lessThan(24_000_000 + 30_000_000 + 9_000_000);
      expect(ben.seen.size).to.equal(5);
    });

    it('comes as soon as the bytes before it are here, though the page is still busy with those', async () => {
      const ready: (() => void)[] = [];
      ben.prepare = () => new Promise((resolve) => ready.push(resolve));
      connect(ann, ben);
      const photos = SIZES.map(send);
      await eventually(() => ready.length === 3);
      for (const each of ready) each();
      await all(photos);
    });
  });

  it('delivers a picture and a photo before a film and fifteen large files', async () => {
    const [one] = connect(ann, ben);
    one.tamper = (message) => {
      one.sent.length = 0;
      return message;
    };
    const film = send(150_000_000);
    const picture = send(9_000_000);
    for (let count = 0; count < 14; count++) send(8_400_000);
    const photo = send(1_000_000);
    await all([picture, photo]);
    expect(film.loaded).to.be.lessThan(100_000_000);
  });

  it('offers on when everything that was open is cancelled without an answer', async () => {
    let asked = 0;
    ben.decide = () => (++asked <= 16 ? new Promise(() => undefined) : Promise.resolve(null));
    connect(ann, ben);
    const open = Array.from({ length: 16 }, () => send(10));
    await ben.until(() => asked === 16);
    for (const transfer of open) transfer.cancel();
    await send(10).finished;
  });

  it('may cancel what it has just sent, for as long as it likes', async () => {
    const time = new VirtualTime();
    time.install();
    try {
      connect(ann, ben);
      for (let count = 0; count < 1600; count++) {
        const picture = send(300_000);
        for (let turn = 0; turn < 3; turn++) await task();
        if (!picture.ended) picture.cancel();
        await time.pass(100);
      }
    } finally {
      time.remove();
    }
    expect([...ann.violations, ...ben.violations]).to.be.empty;
  });

  it('offers no faster than a receiver allows that wants nothing, over however many connections', async () => {
    const time = new VirtualTime();
    time.install();
    const began = time.now;
    try {
      ben.decide = () => Promise.resolve('transfer-declined');
      let [one] = connect(ann, ben);
      const files = Array.from({ length: 1600 }, () => send(10));
      for (let round = 1; !files.every(({ ended }) => ended); round++) {
        // All that can be said now is said before time goes on.
        for (let turn = 0; turn < 20; turn++) await task();
        await time.pass(20);
        if (round % 25 !== 0) continue;
        disconnect(ann, ben, one);
        [one] = connect(ann, ben);
      }
      expect(ben.seen.size).to.equal(1600);
      expect(ben.violations).to.be.empty;
      // A hundred at once, and fifty in each second from then on.
      expect(time.now - began).to.be.within(29_000, 33_000);
    } finally {
      time.remove();
    }
  });

  it('is not held up by a thousand photos that have arrived', async () => {
    const time = new VirtualTime();
    time.install();
    const began = time.now;
    try {
      connect(ann, ben);
      for (let round = 0; round < 25; round++)
        await time.until(allDelivered(Array.from({ length: 50 }, () => send(10))));
    } finally {
      time.remove();
    }
    expect(time.now - began).to.be.lessThan(1000);
    expect(ben.received).to.have.length(1250);
  });

  const allDelivered = (transfers: readonly Transfer[]) => () =>
    transfers.every(({ state }) => state === 'delivered');

  it('withdraws what is cancelled before it is its turn to be offered again', async () => {
    let asked = 0;
    ben.decide = () => (asked++ ? new Promise(() => undefined) : Promise.resolve(null));
    const known = description();
    const source = bytesSource(patternedBytes(1000));
    const [former] = connect(ann, ben);
    former.holdBack(isBytes);
    ann.transfers.send(source, known, [ben.peer]);
    await ben.until(() => receiving() === 1);
    disconnect(ann, ben, former);
    const later = new Side('a');
    const photos = Array.from({ length: 16 }, () =>
      later.transfers.send(bytesSource(new Uint8Array(10)), description(), [ben.peer]),
    );
    const recipients = [{ ...ben.peer, state: 'waiting', error: null }] as const;
    const transfer = later.transfers.restore(source, 1000, known, recipients);
    connect(later, ben);
    await ben.until(() => asked === 17);
    transfer.cancel();
    photos[0]!.cancel();
    await ben.until(() => states()[0] === 'cancelled');
    expect(ben.violations).to.be.empty;
  });

  it('when done was lost and another tab continues, neither asks the page again nor receives a byte again', async () => {
    let asked = 0;
    ben.decide = () => Promise.resolve(asked++ ? 'transfer-declined' : null);
    const known = description();
    const ends: [FakeChannel, FakeChannel] = connect(ann, ben);
    ends[1].tamper = (message) => (String(message).includes('"done"') ? null : message);
    const bytes = bytesSource(patternedBytes(3_000_000));
    ann.transfers.send(bytes, known, [ben.peer]);
    await ben.until(() => ben.received.length === 1);
    disconnect(ann, ben, ends[0]);
    const heir = new Side('h');
    const [one] = connect(heir, ben);
    const recipients = [{ ...ben.peer, state: 'waiting', error: null }] as const;
    await heir.transfers.restore(bytes, 3_000_000, known, recipients).finished;
    expect(carried(one)).to.equal(0);
    expect(asked).to.equal(1);
    expect(ben.seen.size).to.equal(1);
  });

  it('remembers a second file under a reused id when its done is lost', async () => {
    const known = description();
    const arrivals = new Arrivals();
    arrivals.add({ from: ann.peer.id, id: known.id, header: '', root: '0'.repeat(64) });
    ben.transfers.arrivals = arrivals;
    const ends = connect(ann, ben);
    const transfer = ann.transfers.send(bytesSource(patternedBytes(3000)), known, [ben.peer]);
    await transfer.finished.catch(() => undefined);
    ends[1].tamper = (message) => (String(message).includes('"done"') ? null : message);
    transfer.retry();
    await ben.until(() => ben.received.length === 1);
    disconnect(ann, ben, ends[0]);
    const [one] = connect(ann, ben);
    await transfer.finished;
    expect(carried(one)).to.equal(0);
  });

  it('shows what is whole, though its sender leaves while the page is getting ready for it', async () => {
    const ready = new Promise<() => void>((resolve) => {
      ben.prepare = () => new Promise((show) => resolve(show));
    });
    connect(ann, ben);
    send(1000);
    const show = await ready;
    ben.transfers.leave(ann.peer.id);
    show();
    await ben.until(() => states()[0] === 'delivered');
    expect(ben.received).to.have.length(1);
  });
});
