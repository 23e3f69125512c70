import { expect } from '@open-wc/testing';
import { SnapError } from '../../../src/errors.js';
import { decodeFrame, encodeAck, encodeData } from '../../../src/transfer/wire/frames.js';
import type { Chunk, ChunkOwner } from '../../../src/transfer/lanes/chunk.js';
import { InFlight } from '../../../src/transfer/lanes/in-flight.js';
import { Lane } from '../../../src/transfer/lanes/lane.js';
import { channelPair } from '../support/fake-channel.js';
import type { FakeChannel } from '../support/fake-channel.js';
import { patternedBytes } from '../support/two-sides.js';

class FakeOwner implements ChunkOwner {
  readonly stalled = true;
  readonly confirmed: Chunk[] = [];
  readonly missing: Chunk[] = [];

  bytes(): null {
    return null;
  }

  arrived(chunk: Chunk): void {
    this.confirmed.push(chunk);
  }

  lost(chunk: Chunk): void {
    this.missing.push(chunk);
  }
}

describe('a lane', () => {
  let lane: Lane;
  let channel: FakeChannel;
  let owner: FakeOwner;
  let data: { transfer: number; offset: number; length: number }[];
  let ended: { bytes: number; at: number }[];

  beforeEach(() => {
    [channel] = channelPair();
    owner = new FakeOwner();
    data = [];
    ended = [];
    lane = new Lane(channel, {
      data: ({ transfer, offset, payload }) => data.push({ transfer, offset, length: payload.byteLength }),
      confirmed: ({ size, snapshot }) => ended.push({ bytes: size, at: snapshot.at }),
    });
  });

  const send = (start: number, length: number, at = 0): void => {
    const snapshot = { at, delivered: 0, full: false, waits: false };
    lane.send(new InFlight(1, { start, end: start + length }, owner, snapshot), patternedBytes(length));
  };

  function violation(message: Uint8Array): string {
    try {
      lane.receive(message);
    } catch (thrown) {
      return (thrown as SnapError).code;
    }
    return 'none';
  }

  it('sends what it is given as one frame, and counts it', () => {
    send(4096, 1000);
    expect(decodeFrame(channel.sent[0] as Uint8Array)).to.deep.equal({
      kind: 'data',
      transfer: 1,
      offset: 4096,
      payload: patternedBytes(1000),
    });
    expect(lane.inFlight).to.equal(1000);
  });

  it('confirms each data frame, on the same lane, once it is taken', () => {
    lane.receive(encodeData(5, 300, patternedBytes(20)));
    expect(data).to.deep.equal([{ transfer: 5, offset: 300, length: 20 }]);
    expect(channel.sent).to.deep.equal([encodeAck(5, 300, 20)]);
  });

  it('confirms a frame that comes twice, twice: the sender counts both', () => {
    const frame = encodeData(5, 300, patternedBytes(20));
    lane.receive(frame);
    lane.receive(frame);
    expect(channel.sent).to.have.length(2);
  });

  it('does not confirm what is refused', () => {
    const strict = new Lane(channel, {
      data: () => {
        throw new SnapError('peer-protocol');
      },
      confirmed: () => undefined,
    });
    expect(() => strict.receive(encodeData(5, 300, patternedBytes(20)))).to.throw(SnapError);
    expect(channel.sent).to.have.length(0);
  });

  it('reports what was confirmed and when it was sent, in any order', () => {
    send(0, 10, 1);
    send(10, 20, 2);
    send(30, 40, 3);
    for (const [offset, length] of [
      [30, 40],
      [0, 10],
      [10, 20],
    ] as const) {
      lane.receive(encodeAck(1, offset, length));
    }
    expect(ended).to.deep.equal([
      { bytes: 40, at: 3 },
      { bytes: 10, at: 1 },
      { bytes: 20, at: 2 },
    ]);
    expect(owner.confirmed).to.deep.equal([
      { start: 30, end: 70 },
      { start: 0, end: 10 },
      { start: 10, end: 30 },
    ]);
    expect(lane.inFlight).to.equal(0);
  });

  it('takes a confirmation for each sending of the same bytes', () => {
    send(0, 10, 1);
    send(0, 10, 2);
    lane.receive(encodeAck(1, 0, 10));
    lane.receive(encodeAck(1, 0, 10));
    expect(ended.map(({ at }) => at)).to.deep.equal([1, 2]);
    expect(violation(encodeAck(1, 0, 10))).to.equal('peer-protocol');
  });

  // claim: #lane-false-confirmation
  it('takes a confirmation of what was not sent for an attack', () => {
    send(0, 10);
    const wrong = [
      encodeAck(2, 0, 10),
      encodeAck(1, 1, 10),
      encodeAck(1, 0, 9),
      encodeAck(1, 0, 0xffff_ffff),
    ];
    for (const ack of wrong) expect(violation(ack)).to.equal('peer-protocol');
    expect(lane.inFlight).to.equal(10);
    expect(owner.confirmed).to.have.length(0);
  });

  // claim: #lane-only-frames
  it('takes anything but a frame for an attack', () => {
    expect(violation(new Uint8Array(3))).to.equal('peer-protocol');
  });

  it('gives back what was not confirmed when it closes', () => {
    send(0, 10);
    send(10, 20);
    send(30, 40);
    lane.receive(encodeAck(1, 10, 20));
    channel.close();
    expect(owner.missing).to.deep.equal([
      { start: 0, end: 10 },
      { start: 30, end: 70 },
    ]);
    expect(lane.inFlight).to.equal(0);
    expect(lane.open).to.equal(false);
  });

  it('gives back at once what it is given after it has closed', () => {
    channel.close();
    send(0, 10);
    expect(owner.missing).to.deep.equal([{ start: 0, end: 10 }]);
    expect(lane.inFlight).to.equal(0);
  });

  it('gives back the last bytes, too, when the channel refuses them', () => {
    channel.send = () => {
      throw new DOMException('closing', 'InvalidStateError');
    };
    send(0, 10);
    expect(owner.missing).to.deep.equal([{ start: 0, end: 10 }]);
    expect(lane.open).to.equal(false);
    expect((channel.closed.reason as SnapError).code).to.equal('peer-lost');
  });

  it('leaves room for the header in the largest message, and sends none above 256 KiB', () => {
    const largest = (maxMessageSize: number) =>
      new Lane(channelPair({ maxMessageSize })[0], { data: () => undefined, confirmed: () => undefined })
        .largestPayload;
    expect(largest(16_384)).to.equal(16_360);
    expect(largest(262_144)).to.equal(262_120);
    expect(largest(Infinity)).to.equal(262_120);
  });
});
