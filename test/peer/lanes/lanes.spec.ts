import { expect } from '@open-wc/testing';
import { SnapError } from '../../../src/errors.js';
import type { Channel } from '../../../src/peer/channel.js';
import { parseLaneMessage } from '../../../src/peer/lanes/messages.js';
import { Lanes } from '../../../src/peer/lanes/lanes.js';
import { offerAllowance } from '../../../src/transfer/link/allowance.js';
import { Link } from '../../../src/transfer/link/link.js';
import { channelPair } from '../../transfer/support/fake-channel.js';
import type { FakeChannel } from '../../transfer/support/fake-channel.js';
import { VirtualTime, task } from '../../timing/support/virtual-time.js';

/** One end: its source of lanes, and the lanes that are open. */
interface End {
  readonly lanes: Lanes;
  readonly topic: FakeChannel;
  readonly open: Channel[];
}

function end(topic: FakeChannel, limit: number, roundTrip: () => number): End {
  const lanes = new Lanes(topic, { configuration: {}, limit, roundTrip });
  const open: Channel[] = [];
  lanes.onlane = (lane) => open.push(lane);
  return { lanes, topic, open };
}

/** Two members of a room with native connections between them, and their topic `lane` in memory. */
function meet(limits: [ours: number, theirs: number] = [16, 16], roundTrip = () => 0): [End, End] {
  const [one, two] = channelPair();
  return [end(one, limits[0], roundTrip), end(two, limits[1], roundTrip)];
}

/** A link of transfers over `channel` and its lanes, and the ids that the peer has asked for. */
function linkOver(channel: Channel, lanes: Lanes): { link: Link; expected: string[] } {
  const expected: string[] = [];
  const link = new Link(channel, { lanes }, offerAllowance(), {
    offered: () => 'transfer-declined',
    expected: (id) => {
      expected.push(id);
      return null;
    },
    withdrawn: () => undefined,
    violation: (error) => {
      throw error;
    },
  });
  return { link, expected };
}

/** Resolves when `condition` holds: connections take their own time. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await task();
}

/**
 * Resolves when `count` lanes are open at each of `ends`. `by` opens what is missing: on a busy
 * machine a lane may not open in time, and no event says so.
 */
async function opened(by: End, count: number, ...ends: End[]): Promise<void> {
  await until(() => {
    for (let lanes = by.lanes.count; lanes < count; lanes++) by.lanes.open();
    for (const { open } of ends) open.splice(0, open.length, ...open.filter(({ closed }) => !closed.aborted));
    return ends.every(({ open }) => open.length === count);
  });
}

const closing = (channel: Channel): Promise<SnapError> =>
  new Promise((resolve) =>
    channel.closed.addEventListener('abort', () => resolve(channel.closed.reason as SnapError)),
  );

describe('lanes beside a proven connection', () => {
  let here: End;
  let there: End;

  afterEach(() => {
    here.topic.close();
  });

  async function connect(count = 1, limits: [number, number] = [16, 16]): Promise<void> {
    [here, there] = meet(limits);
    await opened(here, count, here, there);
  }

  // claim: #lanes-open
  it('open on both sides, and carry bytes both ways', async () => {
    await connect();
    for (const [from, to] of [
      [here, there],
      [there, here],
    ] as const) {
      const arrived = new Promise((resolve) => (to.open[0]!.onmessage = resolve));
      from.open[0]!.send(Uint8Array.of(1, 2, 3));
      expect(await arrived).to.deep.equal(Uint8Array.of(1, 2, 3));
    }
    expect(here.open[0]!.maxMessageSize).to.equal(262_144);
  });

  // The peer may open lanes while this side still waits for its storage, and links up later.
  it('serve a link that is made after they have opened', async () => {
    const [one, two] = channelPair();
    [here, there] = meet();
    await opened(here, 1, here, there);
    const receiver = linkOver(two, there.lanes);
    await task();
    const sender = linkOver(one, here.lanes);
    one.send(JSON.stringify({ type: 'expect', id: 'a'.repeat(32) }));
    await until(() => receiver.expected.length === 1);
    expect(receiver.expected).to.deep.equal(['a'.repeat(32)]);
    sender.link.close();
    receiver.link.close();
  });

  it('may be opened by both sides at the same time', async () => {
    [here, there] = meet();
    for (const { lanes } of [here, there, here, there]) lanes.open();
    await until(() => here.open.length === 4 && there.open.length === 4);
    expect([here.lanes.count, there.lanes.count]).to.deep.equal([4, 4]);
  });

  it('are no more than the limit, whoever opens them', async () => {
    await connect(2, [3, 3]);
    there.lanes.open();
    there.lanes.open();
    await opened(there, 3, here);
    expect([here.lanes.available, there.lanes.available]).to.deep.equal([0, 0]);
    here.lanes.open();
    expect([here.lanes.count, there.lanes.count]).to.deep.equal([3, 3]);
  });

  it('are not asked for again at once where the other side has enough', async () => {
    [here, there] = meet([16, 1]);
    here.lanes.open();
    here.lanes.open();
    await until(() => here.lanes.count === 1 && here.open.length === 1);
    const said = here.topic.sent.length;
    for (let again = 0; again < 5; again++) here.lanes.open();
    expect(here.lanes.available).to.equal(0);
    expect(here.lanes.count).to.equal(1);
    expect(here.topic.sent.slice(said).some((text) => String(text).includes('"offer"'))).to.equal(false);
    expect(here.open[0]!.closed.aborted).to.equal(false);
  });

  for (const [roundTrip, atOnce] of [
    [0, 16],
    [50, 16],
    [400, 16],
    [401, 4],
    [800, 4],
    [4000, 4],
  ] as const)
    it(`are opened ${atOnce} at a time on a path of ${roundTrip} ms, until there are enough`, async () => {
      [here, there] = meet([16, 16], () => roundTrip);
      for (let asked = 0; asked < 20; asked++) here.lanes.open();
      expect(here.lanes.count).to.equal(atOnce);
      const most: number[] = [];
      here.lanes.onlane = (lane) => {
        here.open.push(lane);
        // As a transfer does, whenever there may be room for more.
        while (here.lanes.available > 0) here.lanes.open();
        most.push(here.lanes.count - here.open.length);
      };
      // A lane that failed is tried again when its time has come, and no event says so.
      await until(() => {
        if (here.lanes.available > 0) here.lanes.open();
        return here.open.length === 16;
      });
      expect(Math.max(...most)).to.be.at.most(atOnce);
    });

  it('are answered, however many the other side opens at once', async () => {
    [here, there] = meet([16, 16], () => 0);
    there = end(there.topic, 16, () => 4000);
    await opened(here, 16, here);
  });

  for (const [roundTrip, seconds] of [
    [0, 10],
    [100, 11],
    [800, 18],
    [4000, 50],
  ] as const)
    it(`have ${seconds} s to open on a path of ${roundTrip} ms, on either side`, async () => {
      const time = new VirtualTime();
      time.install();
      try {
        let known = 0;
        [here, there] = meet([16, 16], () => known);
        const offer = new Promise<string>((resolve) => {
          here.topic.tamper = (message) => {
            if (String(message).includes('"offer"')) resolve(String(message));
            return null;
          };
        });
        here.lanes.open();
        there.topic.tamper = () => null;
        there.topic.hear(await offer);
        await until(() => there.lanes.count === 1);
        // It is measured meanwhile.
        await time.pass(5_000);
        known = roundTrip;
        await time.pass(seconds * 1000 - 5_100);
        expect([here.lanes.count, there.lanes.count]).to.deep.equal([1, 1]);
        await time.pass(200);
        expect([here.lanes.count, there.lanes.count]).to.deep.equal([0, 0]);
      } finally {
        time.remove();
      }
    });

  it('are asked for again after a while', async () => {
    const time = new VirtualTime();
    time.install();
    try {
      [here, there] = meet([16, 0]);
      here.lanes.open();
      await until(() => here.lanes.count === 0);
      expect(here.lanes.available).to.equal(0);
      await time.pass(2000);
      expect(here.lanes.available).to.equal(16);
    } finally {
      time.remove();
    }
  });

  // claim: #lanes-at-most-32
  it('are at most 32 in a page', () => {
    [here, there] = meet([40, 40]);
    for (let lane = 0; lane < 40; lane++) here.lanes.open();
    expect(here.lanes.count).to.equal(32);
    const [other] = meet();
    expect(other.lanes.available).to.equal(0);
    here.lanes.close();
    expect(other.lanes.available).to.equal(16);
  });

  it('close on both sides when one closes them', async () => {
    await connect(2);
    const closed = there.open.map(closing);
    here.lanes.close();
    await Promise.all(closed);
    expect([here.lanes.count, there.lanes.count]).to.deep.equal([0, 0]);
    expect(here.topic.closed.aborted).to.equal(false);
  });

  // claim: #lanes-close-with-main
  it('close with the connection that they belong to', async () => {
    await connect(2);
    here.topic.close();
    expect([here.lanes.count, there.lanes.count]).to.deep.equal([0, 0]);
    expect(here.lanes.available).to.equal(0);
    expect(() => here.open[0]!.send(Uint8Array.of(1))).to.throw(SnapError);
  });

  it('die alone', async () => {
    await connect(3);
    here.open[1]!.close();
    // Which of its lanes that is, the other side may count otherwise: each opens in its own time.
    await until(() => there.lanes.count === 2);
    expect(here.lanes.count).to.equal(2);
    for (const { open } of [here, there])
      expect(open.filter(({ closed }) => !closed.aborted)).to.have.length(2);
  });

  it('are given up when nobody answers for ten seconds', async () => {
    const time = new VirtualTime();
    time.install();
    try {
      [here, there] = meet();
      here.topic.tamper = () => null;
      here.lanes.open();
      await time.pass(9_999);
      expect(here.lanes.count).to.equal(1);
      await time.pass(2);
      expect(here.lanes.count).to.equal(0);
    } finally {
      time.remove();
    }
  });

  it('close when they carry a text, which nobody sends there', async () => {
    await connect();
    const closed = closing(there.open[0]!);
    here.open[0]!.send('a text');
    expect((await closed).code).to.equal('peer-protocol');
  });

  // claim: #lanes-candidate-flood
  it('close when they are offered candidates by the hundred', async () => {
    await connect();
    const candidate = { candidate: '', sdpMid: '0', sdpMLineIndex: 0 };
    const closed = closing(there.open[0]!);
    for (let count = 0; count < 101; count++) {
      here.topic.send(JSON.stringify({ type: 'candidate', lane: 1, side: 'ours', candidate }));
    }
    expect((await closed).code).to.equal('peer-protocol');
    expect(there.topic.closed.aborted).to.equal(false);
  });

  it('fail without harm when their description is malformed', async () => {
    [here, there] = meet();
    here.topic.send(JSON.stringify({ type: 'offer', lane: 1, sdp: 'nonsense' }));
    here.topic.send(JSON.stringify({ type: 'answer', lane: 7, sdp: 'nonsense' }));
    there.lanes.open();
    await opened(there, 1, here, there);
    await until(() => there.lanes.count === 1);
    expect(there.topic.closed.aborted).to.equal(false);
  });

  for (const [what, text] of [
    ['no JSON', 'nonsense'],
    ['a type that nobody knows', '{"type":"toString","lane":1}'],
    ['a lane number of another kind', '{"type":"refuse","lane":"1"}'],
    ['lane number 0', '{"type":"refuse","lane":0}'],
    ['a key too many', '{"type":"refuse","lane":1,"more":1}'],
    ['an offer without a description', '{"type":"offer","lane":1,"sdp":null}'],
    ['a candidate of nobody', '{"type":"candidate","lane":1,"side":"yours","candidate":null}'],
    ['a candidate that is none', '{"type":"candidate","lane":1,"side":"ours","candidate":{}}'],
    ['a message that is too long', `{"type":"offer","lane":1,"sdp":"${'x'.repeat(17_000)}"}`],
  ] as const) {
    // claim: #lanes-no-json
    it(`end the whole connection over ${what}`, async () => {
      [here, there] = meet();
      const closed = closing(there.topic);
      here.topic.send(text);
      expect((await closed).code).to.equal('peer-protocol');
    });
  }

  it('end the whole connection when the same one is offered twice', async () => {
    await connect();
    const closed = closing(there.topic);
    here.topic.send(JSON.stringify({ type: 'offer', lane: 1, sdp: '' }));
    expect((await closed).code).to.equal('peer-protocol');
  });

  it('use messages that parse back unchanged', () => {
    [here, there] = meet();
    const candidate = { candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0' };
    for (const message of [
      { type: 'offer', lane: 1, sdp: 'v=0' },
      { type: 'answer', lane: 2, sdp: 'v=0' },
      { type: 'refuse', lane: 3 },
      { type: 'candidate', lane: 4, side: 'theirs', candidate },
      { type: 'candidate', lane: 5, side: 'ours', candidate: null },
    ]) {
      expect(parseLaneMessage(JSON.stringify(message))).to.deep.equal(message);
    }
  });
});
