import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, it } from 'node:test';
import { Bottleneck, seeded, STRAIGHT, type Shape } from './bottleneck.js';
import { DelayLine } from './delay-line.js';
import { median } from './statistics.js';

const LOOPBACK = '127.0.0.1';

/**
 * In ms: how late a packet may be on a busy machine. The lower bound is exact, and the rest is
 * tested without a clock.
 */
const LATE = 100;

/** In bytes: a whole burst has to fit, even if this process reads it late. */
const KERNEL_BUFFER = 2 * 1024 * 1024;

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function socket(): Promise<Socket> {
  const made = createSocket({ type: 'udp4', recvBufferSize: KERNEL_BUFFER }).bind(0, LOOPBACK);
  await once(made, 'listening');
  open.push(made);
  return made;
}

/** Two sockets, connected by a line of that shape. */
async function linked(shape: Partial<Shape>) {
  const line = new DelayLine(shape);
  open.push(line);
  const [alice, bob] = [await socket(), await socket()];
  const toAlice = await line.standIn(0, alice.address().port);
  const toBob = await line.standIn(1, bob.address().port);
  return { line, alice, bob, toAlice, toBob };
}

interface Arrival {
  readonly number: number;
  /** In ms since the first packet was sent. */
  readonly after: number;
}

/**
 * Sends `count` numbered packets of `bytes` bytes at once. Resolves with those that arrived, once
 * `whole` returns true.
 */
async function burst(
  from: Socket,
  to: Socket,
  port: number,
  { count, bytes, whole }: { count: number; bytes: number; whole?: (arrived: number) => boolean },
): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  const started = performance.now();
  const all = new Promise<void>((resolve) => {
    to.on('message', (packet) => {
      arrivals.push({ number: packet.readUInt32BE(0), after: performance.now() - started });
      if (whole ? whole(arrivals.length) : arrivals.length === count) resolve();
    });
  });
  for (let number = 0; number < count; number++) {
    const packet = Buffer.alloc(bytes);
    packet.writeUInt32BE(number);
    from.send(packet, port, LOOPBACK);
  }
  await all;
  return arrivals;
}

describe('the delay line', () => {
  it('delays each packet, and delivers answers from the stand-in', async () => {
    const { alice, bob, toBob, toAlice } = await linked({ delay: 20 });
    bob.on('message', (packet, { port }) => bob.send(packet, port, LOOPBACK));
    const roundTrips: number[] = [];
    for (let i = 0; i < 15; i++) {
      const sent = performance.now();
      alice.send('ping', toBob, LOOPBACK);
      const [, from] = (await once(alice, 'message')) as [Buffer, { port: number }];
      assert.equal(from.port, toBob);
      roundTrips.push(performance.now() - sent);
    }
    assert.ok(Math.min(...roundTrips) >= 39, `${Math.min(...roundTrips)} ms`);
    assert.ok(median(roundTrips) <= 40 + LATE, `${median(roundTrips)} ms`);
    assert.notEqual(toAlice, toBob);
  });

  it('keeps the order, and loses nothing without loss or queue', async () => {
    const { alice, bob, toBob } = await linked({ delay: 5 });
    const arrivals = await burst(alice, bob, toBob, { count: 500, bytes: 1200 });
    assert.deepEqual(
      arrivals.map(({ number }) => number),
      Array.from({ length: 500 }, (_, i) => i),
    );
  });

  it('releases packets at its rate, and no faster', async () => {
    const { alice, bob, toBob } = await linked({ rate: 10_000_000 });
    const arrivals = await burst(alice, bob, toBob, { count: 100, bytes: 1250 });
    // 125,000 bytes at 1,250 bytes a ms.
    const last = arrivals.at(-1)?.after ?? 0;
    assert.ok(last >= 99 && last <= 100 + LATE, `${last} ms`);
  });

  it('drops only the packets that do not fit in its queue', async () => {
    const { line, alice, bob, toBob } = await linked({ rate: 10_000_000, queue: 50_000 });
    const arrivals = await burst(alice, bob, toBob, {
      count: 400,
      bytes: 1250,
      whole(arrived) {
        const { passed, overflowed } = line.tally(0);
        return passed + overflowed === 400 && arrived === passed;
      },
    });
    const { passed, overflowed, lost } = line.tally(0);
    assert.equal(lost, 0);
    // 40 packets fit, and one more leaves each ms while the burst is being sent.
    assert.ok(passed >= 40 && overflowed > 0, `${passed} passed`);
    assert.equal(arrivals[39]?.number, 39);
  });

  it('shares one bottleneck among all sockets', async () => {
    const { line, alice, bob, toBob } = await linked({ rate: 10_000_000 });
    const [carol, dave] = [await socket(), await socket()];
    await line.standIn(0, carol.address().port);
    const toDave = await line.standIn(1, dave.address().port);
    const both = await Promise.all([
      burst(alice, bob, toBob, { count: 40, bytes: 1250 }),
      burst(carol, dave, toDave, { count: 40, bytes: 1250 }),
    ]);
    const last = Math.max(...both.flat().map(({ after }) => after));
    assert.ok(last >= 79 && last <= 80 + LATE, `${last} ms`);
  });

  it('forwards only between the two sides, and only from registered ports', async () => {
    const { line, alice, bob, toAlice, toBob } = await linked({});
    const mallory = await socket();
    mallory.send('x', toBob, LOOPBACK);
    alice.send('x', toAlice, LOOPBACK);
    alice.send('from alice', toBob, LOOPBACK);
    const [packet] = (await once(bob, 'message')) as [Buffer];
    assert.equal(packet.toString(), 'from alice');
    assert.deepEqual([line.tally(0).passed, line.tally(1).passed], [1, 0]);
  });
});

describe('the bottleneck', () => {
  it('loses the given share, and the same packets for the same seed', () => {
    const run = (): (number | null)[] => {
      const bottleneck = new Bottleneck({ ...STRAIGHT, loss: 0.01 }, seeded(7));
      return Array.from({ length: 100_000 }, (_, at) => bottleneck.admit(1200, at));
    };
    const lost = run().filter((release) => release === null).length;
    // Four standard deviations of a binomial distribution: the square root of 100,000 x 0.01 x 0.99
    // is 31.5.
    assert.ok(Math.abs(lost - 1000) < 126, `${lost} lost`);
    assert.deepEqual(run(), run());
  });

  it('releases packets at its rate', () => {
    const bottleneck = new Bottleneck({ ...STRAIGHT, rate: 10_000_000, delay: 20 }, seeded(1));
    const releases = Array.from({ length: 100 }, () => bottleneck.admit(1250, 0));
    assert.deepEqual(
      releases,
      Array.from({ length: 100 }, (_, i) => 21 + i),
    );
  });

  it('drops the packets that do not fit in its queue', () => {
    const bottleneck = new Bottleneck({ ...STRAIGHT, rate: 10_000_000, queue: 50_000 }, seeded(1));
    const passedAt = (now: number): number => {
      const before = bottleneck.tally.passed;
      for (let i = 0; i < 100; i++) bottleneck.admit(1250, now);
      return bottleneck.tally.passed - before;
    };
    assert.deepEqual([passedAt(0), passedAt(0), passedAt(5), passedAt(1000)], [40, 0, 5, 40]);
  });

  it('counts its queue in bytes', () => {
    const bottleneck = new Bottleneck({ ...STRAIGHT, rate: 8_000, delay: 50 }, seeded(1));
    assert.equal(bottleneck.admit(100, 0), 150);
    assert.equal(bottleneck.admit(100, 0), 250);
    assert.equal(bottleneck.waiting(100), 100);
    assert.equal(bottleneck.waiting(300), 0);
  });

  it('keeps the order of packets when its shape changes', () => {
    const bottleneck = new Bottleneck({ ...STRAIGHT, delay: 100 }, seeded(1));
    assert.equal(bottleneck.admit(100, 0), 100);
    bottleneck.shape = { ...STRAIGHT, delay: 10 };
    assert.equal(bottleneck.admit(100, 1), 100);
    assert.equal(bottleneck.admit(100, 95), 105);
  });
});
