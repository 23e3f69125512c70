import { expect } from '@open-wc/testing';
import { closeWhenSettled } from '../../src/peer/deferred-close.js';
import { VirtualTime } from '../timing/support/virtual-time.js';

/** What is closed, and when. */
class Closing extends EventTarget {
  iceGatheringState = 'complete';
  connectionState = 'connected';
  closedAt: number | null = null;
  close(): void {
    this.closedAt = performance.now();
  }
}

describe('a connection that nobody uses any more', () => {
  let time: VirtualTime;
  let connection: Closing;
  let told: number;
  beforeEach(() => {
    time = new VirtualTime();
    time.install();
    connection = new Closing();
    told = 0;
    closeWhenSettled(connection as unknown as RTCPeerConnection, () => (told += 1));
  });
  afterEach(() => time.remove());

  const closed = () => connection.closedAt !== null;

  it('is closed soon, once, and not immediately', async () => {
    const from = time.now;
    expect(closed()).to.be.false;
    await time.until(closed);
    expect(time.now - from).to.equal(500);
    await time.pass(5_000);
    expect(told).to.equal(1);
  });

  for (const type of ['connectionstatechange', 'icegatheringstatechange', 'signalingstatechange'])
    it(`is not closed among events: ${type}`, async () => {
      const from = time.now;
      for (let event = 0; event < 5; event += 1) {
        await time.pass(300);
        connection.dispatchEvent(new Event(type));
      }
      expect(closed()).to.be.false;
      await time.until(closed);
      expect(time.now - from).to.equal(2_000);
    });

  for (const [what, state] of [
    ['iceGatheringState', 'gathering'],
    ['connectionState', 'connecting'],
  ] as const)
    it(`is not closed while more is certain to come: ${state}`, async () => {
      const from = time.now;
      const settled = connection[what];
      connection[what] = state;
      await time.pass(2_200);
      expect(closed()).to.be.false;
      connection[what] = settled;
      await time.until(closed);
      expect(time.now - from).to.equal(2_500);
    });

  it('is closed after 5 s, even if it never settles', async () => {
    const from = time.now;
    connection.connectionState = 'connecting';
    await time.until(closed);
    expect(time.now - from).to.equal(5_000);
  });

  it('is closed after 5 s, even if the peer keeps causing events', async () => {
    const from = time.now;
    while (!closed()) {
      await time.pass(400);
      connection.dispatchEvent(new Event('connectionstatechange'));
    }
    expect(time.now - from).to.be.within(5_000, 6_000);
  });

  it('is not listened to once it is closed', async () => {
    await time.until(closed);
    connection.dispatchEvent(new Event('connectionstatechange'));
    await time.pass(1_000);
    expect(told).to.equal(1);
  });
});
