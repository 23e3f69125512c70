import { expect } from '@open-wc/testing';
import { bytesSource } from '../../../src/transfer/send/source.js';
import type { Transfer } from '../../../src/transfer/transfer.js';
import { carried } from '../support/fake-channel.js';
import type { FakeChannel } from '../support/fake-channel.js';
import { distantPair, lanesPair } from '../support/fake-lanes.js';
import type { FakeLanes } from '../support/fake-lanes.js';
import { Side, bytesOf, description, patternedBytes, same } from '../support/two-sides.js';
import { VirtualTime } from '../../timing/support/virtual-time.js';

describe('a set of lanes', () => {
  const bytes = patternedBytes(6_000_000);
  let time: VirtualTime;
  let ann: Side;
  let ben: Side;
  let main: FakeChannel;
  let lanes: FakeLanes;

  /** Brings Ann and Ben together over a path of that round trip, in ms. */
  function connect({ roundTrip, limit = 16 }: { roundTrip: number; limit?: number }): void {
    const [one, two] = distantPair(time, roundTrip / 2);
    const [here, there] = lanesPair(time, roundTrip / 2, limit);
    main = one;
    lanes = here;
    ann.transfers.connect(ben.peer, one, { lanes: here, roundTrip });
    ben.transfers.connect(ann.peer, two, { lanes: there, roundTrip });
  }

  const send = (content = bytes): Transfer =>
    ann.transfers.send(bytesSource(content), description(), [ben.peer]);

  async function deliver(content: typeof bytes): Promise<void> {
    const transfer = send(content);
    await time.until(() => transfer.state === 'delivered');
  }

  beforeEach(() => {
    time = new VirtualTime();
    time.install();
    ann = new Side('a');
    ben = new Side('b');
  });

  afterEach(() => {
    ann.transfers.close();
    ben.transfers.close();
    time.remove();
  });

  it('is one connection on a short path', async () => {
    connect({ roundTrip: 2 });
    const transfer = send();
    await time.until(() => transfer.state === 'delivered');
    expect(lanes.asked).to.equal(0);
    expect(carried(main)).to.equal(bytes.byteLength);
  });

  it('is one connection for a photo that is soon over', async () => {
    connect({ roundTrip: 100 });
    const transfer = send(patternedBytes(300_000));
    await time.until(() => transfer.state === 'delivered');
    expect(lanes.asked).to.equal(0);
  });

  it('is as many as there may be for a large file on a long path, and uses each', async () => {
    connect({ roundTrip: 100, limit: 9 });
    const transfer = send();
    await time.until(() => transfer.state === 'delivered');
    expect(lanes.lanes).to.have.length(9);
    for (const lane of lanes.lanes) expect(carried(lane)).to.be.greaterThan(100_000);
    expect(same(await bytesOf(ben.received[0]?.content), bytes)).to.equal(true);
  });

  it('leaves the first connection to what is said, once there are others', async () => {
    connect({ roundTrip: 100 });
    const transfer = send();
    await time.until(() => lanes.count > 0 && carried(lanes.lanes[0]!) > 0);
    const before = carried(main);
    await time.until(() => transfer.state === 'delivered');
    expect(carried(main)).to.equal(before);
    expect(before).to.be.lessThan(1_000_000);
  });

  it('opens a few ahead when the path turns out to be long, and none when it is short', async () => {
    connect({ roundTrip: 0 });
    ann.transfers.measured(ben.peer.id, 100);
    expect(lanes.asked).to.equal(4);
    connect({ roundTrip: 0 });
    ann.transfers.measured(ben.peer.id, 3);
    expect(lanes.asked).to.equal(0);
  });

  it('uses lanes that the other side has opened', async () => {
    connect({ roundTrip: 100 });
    for (let count = 0; count < 16; count++) lanes.other.open();
    const transfer = send();
    await time.until(() => transfer.state === 'delivered');
    expect(lanes.asked).to.equal(0);
    expect(Math.min(...lanes.lanes.map(carried))).to.be.greaterThan(0);
  });

  it('loses nothing, and carries little twice, when a lane dies half-way', async () => {
    connect({ roundTrip: 100, limit: 5 });
    const transfer = send();
    await time.until(() => transfer.loaded > 2_000_000);
    const all = [...lanes.lanes];
    all[2]!.close();
    await time.until(() => transfer.state === 'delivered');
    expect(same(await bytesOf(ben.received[0]?.content), bytes)).to.equal(true);
    expect(ben.received).to.have.length(1);
    const sent = [main, ...all, ...lanes.lanes.filter((lane) => !all.includes(lane))]
      .map(carried)
      .reduce((sum, each) => sum + each, 0);
    expect(sent).to.be.within(bytes.byteLength, bytes.byteLength + 1_048_576);
  });

  it('brings what one lane holds up at the end over another, long before that lane would', async () => {
    connect({ roundTrip: 100, limit: 5 });
    await deliver(patternedBytes(1_000_000));
    const [stuck] = lanes.lanes;
    const hear = stuck!.other.hear.bind(stuck!.other);
    // It loses its packets, and comes to know of it after a second.
    stuck!.other.hear = (message) => void time.after(1000, () => hear(message));
    const before = carried(stuck!);
    const started = time.now;
    await deliver(bytes);
    expect(carried(stuck!)).to.be.greaterThan(before);
    const took = time.now - started;
    await time.pass(2000);
    expect(ben.received).to.have.length(2);
    expect(same(await bytesOf(ben.received[1]?.content), bytes)).to.equal(true);
    expect(ben.violations).to.deep.equal([]);
    expect(took).to.be.lessThan(1000);
  });

  it('goes on over the first connection when all lanes die', async () => {
    connect({ roundTrip: 100, limit: 3 });
    const transfer = send();
    await time.until(() => transfer.loaded > 2_000_000);
    lanes.open = () => undefined;
    const before = carried(main);
    lanes.close();
    await time.until(() => transfer.state === 'delivered');
    expect(carried(main) - before).to.be.greaterThan(2_000_000);
    expect(same(await bytesOf(ben.received[0]?.content), bytes)).to.equal(true);
  });

  it('ends the whole connection when a lane carries nonsense', async () => {
    for (const nonsense of [new Uint8Array(30), 'a text']) {
      connect({ roundTrip: 100 });
      ben.violations.length = 0;
      lanes.open();
      await time.pass(1000);
      lanes.lanes[0]!.send(nonsense);
      await time.until(() => ben.violations.length > 0);
      expect(ben.violations[0]?.code).to.equal('peer-protocol');
      expect(main.closed.aborted).to.equal(true);
    }
  });

  it('closes lanes that nobody has used for a minute, not before', async () => {
    connect({ roundTrip: 100 });
    ann.transfers.measured(ben.peer.id, 100);
    await time.pass(50_000);
    const transfer = send(patternedBytes(300_000));
    await time.until(() => transfer.state === 'delivered');
    await time.pass(55_000);
    expect(lanes.count).to.equal(4);
    await time.pass(10_000);
    expect(lanes.count).to.equal(0);
  });
});
