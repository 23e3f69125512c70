import { expect } from '@open-wc/testing';
import type * as Budget from '../../src/peer/connection-budget.js';
import type { Gate } from '../../src/peer/peerjs/gate.js';
import type { Lanes } from '../../src/peer/lanes/lanes.js';
import { channelPair } from '../transfer/support/fake-channel.js';
import { task } from '../timing/support/virtual-time.js';

describe('the RTCPeerConnections of a page', () => {
  let budget: typeof Budget;
  let PageLanes: typeof Lanes;
  let PageGate: typeof Gate;
  let collected: () => void;
  let uncollected = 0;

  before(async () => {
    const { FinalizationRegistry } = globalThis;
    // Nobody can have garbage collected at a certain moment.
    globalThis.FinalizationRegistry = class {
      constructor(cleanup: (held: unknown) => void) {
        collected = () => {
          uncollected -= 1;
          cleanup(undefined);
        };
      }
      register(): void {
        uncollected += 1;
      }
    } as unknown as typeof FinalizationRegistry;
    budget = await import('../../src/peer/connection-budget.js');
    ({ Lanes: PageLanes } = await import('../../src/peer/lanes/lanes.js'));
    ({ Gate: PageGate } = await import('../../src/peer/peerjs/gate.js'));
    globalThis.FinalizationRegistry = FinalizationRegistry;
  });

  afterEach(() => {
    while (uncollected > 0) collected();
  });

  function build(count: number): void {
    for (let built = 0; built < count; built += 1) budget.trackConnection({} as RTCPeerConnection);
  }

  const allowed = (): boolean[] => [budget.canOpenLane(), budget.canAcceptStranger(), budget.canDial()];

  // claim: #budget-order
  it('run out for lanes first, then for strangers, then for dials, and never for the page itself', () => {
    build(199);
    expect(allowed()).to.deep.equal([true, true, true]);
    build(1);
    expect(allowed()).to.deep.equal([false, true, true]);
    build(50);
    expect(allowed()).to.deep.equal([false, false, true]);
    build(149);
    expect(allowed()).to.deep.equal([false, false, true]);
    build(1);
    expect(allowed()).to.deep.equal([false, false, false]);
  });

  it('are available again once the browser has collected closed ones', () => {
    build(400);
    for (let count = 0; count < 201; count += 1) collected();
    expect(allowed()).to.deep.equal([true, true, true]);
  });

  it('are refused to a stranger when they have run out, which is reported, and granted when there are some again', () => {
    const gate = new PageGate();
    let told = 0;
    gate.onexhausted = () => (told += 1);
    const payload = { type: 'data', serialization: 'raw', sdp: { type: 'offer', sdp: 'v=0' } };
    const offers = (connectionId: string) =>
      gate.admit({ type: 'OFFER', src: 'ada', payload: { ...payload, connectionId } }) !== null;
    build(250);
    expect([offers('connection1'), told]).to.deep.equal([false, 1]);
    collected();
    // It was not let in, so it may be offered again.
    expect([offers('connection1'), told]).to.deep.equal([true, 1]);
  });

  // claim: #budget-lane-flood
  it('are not used up by a member that offers lane after lane', async () => {
    const built: RTCPeerConnection[] = [];
    const { RTCPeerConnection } = globalThis;
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        built.push(this);
      }
    };
    try {
      const [member, topic] = channelPair();
      const source = new PageLanes(topic, { configuration: {}, limit: 16 });
      for (let lane = 1; lane <= 300; lane += 1) {
        member.send(JSON.stringify({ type: 'offer', lane, sdp: 'nonsense' }));
        // Refused, or come to nothing over its description.
        do await task();
        while (source.count > 0);
      }
      expect(built).to.have.length(200);
      expect(topic.closed.aborted).to.be.false;
    } finally {
      globalThis.RTCPeerConnection = RTCPeerConnection;
      for (const connection of built) connection.close();
    }
  });
});
