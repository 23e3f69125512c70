import { expect } from '@open-wc/testing';
import { Gate, LABEL } from '../../../src/peer/peerjs/gate.js';

const offer = (src: string, connectionId: string, changes: object = {}) => ({
  type: 'OFFER',
  src,
  payload: {
    type: 'data',
    connectionId,
    label: LABEL,
    serialization: 'raw',
    reliable: true,
    sdp: { type: 'offer', sdp: 'v=0' },
    ...changes,
  },
});
const answer = (src: string, connectionId: string) => ({
  type: 'ANSWER',
  src,
  payload: { type: 'data', connectionId, sdp: { type: 'answer', sdp: 'v=0' } },
});
const candidate = (
  src: string,
  connectionId: string,
  line: unknown = 'candidate:1 1 udp 1 127.0.0.1 1 typ host',
) => ({
  type: 'CANDIDATE',
  src,
  payload: { type: 'data', connectionId, candidate: { candidate: line, sdpMid: '0' } },
});

describe('gate', () => {
  let gate: Gate;

  beforeEach(() => {
    gate = new Gate();
  });

  it('admits an offer in our format, with its candidates, once', () => {
    expect(gate.admit(offer('bob', 'connection1'))).to.have.property('src', 'bob');
    expect(gate.admit(candidate('bob', 'connection1'))).not.to.be.null;
    expect(gate.admit(offer('bob', 'connection1')), 'repeated').to.be.null;
    gate.closed('connection1');
    expect(gate.admit(offer('bob', 'connection1')), 'replayed').to.be.null;
  });

  // claim: #gate-serializers-and-media
  it('drops whatever else might make PeerJS create a connection or throw', () => {
    const changes = [
      { serialization: 'binary' },
      { serialization: 'json' },
      { serialization: 'no-such-thing' },
      { serialization: 'constructor' },
      { serialization: undefined },
      { type: 'media' },
      { connectionId: undefined },
      { connectionId: 'x'.repeat(65) },
      { connectionId: '__proto__ ' },
      { sdp: null },
      { sdp: 'v=0' },
      { sdp: { type: 'rollback', sdp: '' } },
      { sdp: { type: 'offer', sdp: 'x'.repeat(8 * 1024 + 1) } },
    ];
    for (const change of changes)
      expect(gate.admit(offer('bob', 'connection1', change)), JSON.stringify(change)).to.be.null;
    for (const message of [
      null,
      1,
      'OFFER',
      [],
      {},
      { type: 'OFFER' },
      { type: 'OFFER', src: 'bob', payload: null },
    ]) {
      expect(gate.admit(message), JSON.stringify(message)).to.be.null;
    }
  });

  it('admits one answer to a dial, from the peer that was dialled', () => {
    gate.dialled('connection1', 'bob');
    expect(gate.admit(answer('eve', 'connection1'))).to.be.null;
    expect(gate.admit(answer('bob', 'connection2'))).to.be.null;
    expect(gate.admit(answer('bob', 'connection1'))).not.to.be.null;
    expect(gate.admit(answer('bob', 'connection1'))).to.be.null;
    expect(gate.admit(offer('bob', 'connection1')), 'an offer in its place').to.be.null;
  });

  // claim: #gate-candidates
  it('drops candidates that belong to no connection, are too many, or too long', () => {
    gate.dialled('connection1', 'bob');
    expect(gate.admit(candidate('bob', 'connection2'))).to.be.null;
    expect(gate.admit(candidate('eve', 'connection1'))).to.be.null;
    expect(gate.admit(candidate('bob', 'connection1', 'x'.repeat(1025)))).to.be.null;
    expect(gate.admit(candidate('bob', 'connection1', 5))).to.be.null;
    let admitted = 0;
    while (gate.admit(candidate('bob', 'connection1'))) admitted += 1;
    expect(admitted).to.equal(100);
  });

  // claim: #gate-unproven
  it('admits two unproven connections of one id, and twenty in all', () => {
    const admitted = (src: string, id: string) => gate.admit(offer(src, `connection${id}`)) !== null;
    expect(admitted('eve', '1') && admitted('eve', '2')).to.be.true;
    expect(admitted('eve', '3')).to.be.false;
    for (let number = 3; number <= 20; number += 1) expect(admitted(`eve${number}`, `${number}`)).to.be.true;
    expect(admitted('bob', '21')).to.be.false;
    gate.proven('connection1');
    expect(admitted('bob', '22')).to.be.true;
    expect(admitted('cyd', '23')).to.be.false;
    gate.closed('connection2');
    expect(admitted('cyd', '24')).to.be.true;
  });

  // claim: #gate-rate
  it('admits forty strangers in a row, and then one every five seconds', () => {
    let now = 0;
    let number = 0;
    gate = new Gate(() => now);
    const admitted = () => {
      number += 1;
      const passes = gate.admit(offer(`eve${number}`, `connection${number}`)) !== null;
      gate.closed(`connection${number}`);
      return passes;
    };
    const most = (attempts: number) => Array.from({ length: attempts }, admitted).filter(Boolean).length;
    expect(most(100)).to.equal(40);
    now += 4_999;
    expect(most(10)).to.equal(0);
    now += 1;
    expect(most(10)).to.equal(1);
    now += 3_600_000;
    expect(most(100)).to.equal(40);
  });

  it('does not count peers that turn out to be members', () => {
    gate = new Gate(() => 0);
    for (let number = 0; number < 200; number += 1) {
      expect(gate.admit(offer(`member${number}`, `connection${number}`))).not.to.be.null;
      gate.proven(`connection${number}`);
    }
  });

  // claim: #gate-repeated-offer
  it('drops a repeated offer of an existing connection, however many have come since', () => {
    gate.dialled('connection1', 'bob');
    gate.admit(offer('cyd', 'connection2'));
    gate.proven('connection2');
    for (let number = 0; number < 1000; number += 1) {
      gate.admit(offer(`dan${number}`, `another${number}`));
      gate.proven(`another${number}`);
    }
    expect(gate.admit(offer('bob', 'connection1'))).to.be.null;
    expect(gate.admit(offer('cyd', 'connection2'))).to.be.null;
  });

  it('reports that nobody has an id, without passing that on to PeerJS', () => {
    const absent: string[] = [];
    gate.onabsent = (id) => absent.push(id);
    for (const type of ['EXPIRE', 'LEAVE']) expect(gate.admit({ type, src: 'bob' })).to.be.null;
    expect(absent).to.deep.equal(['bob', 'bob']);
    expect(gate.admit({ type: 'EXPIRE' })).to.be.null;
  });

  it('passes on the server’s own messages, in a format that PeerJS can read', () => {
    expect(gate.admit({ type: 'OPEN', payload: 1 })).to.deep.equal({ type: 'OPEN' });
    expect(gate.admit({ type: 'ID-TAKEN' })).to.deep.equal({ type: 'ID-TAKEN' });
    expect(gate.admit({ type: 'INVALID-KEY' })).to.deep.equal({ type: 'INVALID-KEY' });
    expect(gate.admit({ type: 'ERROR' })).to.deep.equal({ type: 'ERROR', payload: { msg: '' } });
    expect(gate.admit({ type: 'ERROR', payload: { msg: 'no' } })).to.deep.equal({
      type: 'ERROR',
      payload: { msg: 'no' },
    });
    for (const type of ['HEARTBEAT', 'constructor', '']) expect(gate.admit({ type, src: 'bob' })).to.be.null;
  });
});
