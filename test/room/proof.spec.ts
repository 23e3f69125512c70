import { expect } from '@open-wc/testing';
import type { Fingerprints } from '../../src/peer/channel.js';
import { prove, transcriptOf, verify, type Role, type Transcript } from '../../src/room/proof.js';

const KEY = new Uint8Array(32).fill(7);
const ALICE = 'sha-256 AA:AA';
const BOB = 'sha-256 BB:BB';
const MALLORY = 'sha-256 EE:EE';
const nonces = { alice: new Uint8Array(32).fill(1), bob: new Uint8Array(32).fill(2) };

/** What one side sees of a connection that Alice made to Bob. */
function view(
  side: 'alice' | 'bob',
  changes: { id?: string; remoteId?: string; fingerprints?: Fingerprints; theirs?: Uint8Array } = {},
) {
  const isAlice = side === 'alice';
  const fingerprints =
    changes.fingerprints ?? (isAlice ? { local: ALICE, remote: BOB } : { local: BOB, remote: ALICE });
  const role: Role = isAlice ? 'initiator' : 'responder';
  const connection = {
    id: changes.id ?? 'connection1',
    role,
    localId: side,
    remoteId: changes.remoteId ?? (isAlice ? 'bob' : 'alice'),
    fingerprints: () => fingerprints,
  };
  const theirs = changes.theirs ?? nonces[isAlice ? 'bob' : 'alice'];
  return transcriptOf(connection, { local: nonces[side], remote: theirs })!;
}

const bobAccepts = (proof: Uint8Array, transcript: Transcript = view('bob')) =>
  verify(KEY, 'initiator', transcript, proof);

describe('proof', () => {
  it('is accepted when both sides see the same connection', () => {
    expect(bobAccepts(prove(KEY, 'initiator', view('alice')))).to.be.true;
    expect(verify(KEY, 'responder', view('alice'), prove(KEY, 'responder', view('bob')))).to.be.true;
  });

  // claim: #proof-other-key
  it('is refused when made with another key', () => {
    expect(bobAccepts(prove(new Uint8Array(32).fill(8), 'initiator', view('alice')))).to.be.false;
  });

  // claim: #proof-reflected
  it('is refused when it is our own, reflected', () => {
    expect(bobAccepts(prove(KEY, 'responder', view('bob')))).to.be.false;
  });

  // claim: #proof-replayed
  it('is refused when replayed against another nonce', () => {
    const recorded = prove(KEY, 'initiator', view('alice', { theirs: new Uint8Array(32).fill(9) }));
    expect(bobAccepts(recorded)).to.be.false;
  });

  // claim: #proof-man-in-the-middle
  it('is refused when somebody in the middle presents a certificate of their own to each side', () => {
    const relayed = prove(
      KEY,
      'initiator',
      view('alice', { fingerprints: { local: ALICE, remote: MALLORY } }),
    );
    const seen = view('bob', { fingerprints: { local: BOB, remote: MALLORY } });
    expect(bobAccepts(relayed, seen)).to.be.false;
    expect(bobAccepts(relayed)).to.be.false;
  });

  // claim: #proof-other-ids
  it('is refused when made for a connection with other ids', () => {
    expect(bobAccepts(prove(KEY, 'initiator', view('alice', { id: 'connection2' })))).to.be.false;
    expect(bobAccepts(prove(KEY, 'initiator', view('alice', { remoteId: 'carol' })))).to.be.false;
  });

  it('is refused when it is cut short or empty', () => {
    const proof = prove(KEY, 'initiator', view('alice'));
    expect(bobAccepts(proof.slice(0, 16))).to.be.false;
    expect(bobAccepts(new Uint8Array())).to.be.false;
  });

  // claim: #proof-boundaries
  it('differs when the boundary between two parts moves', () => {
    const one = { connectionId: 'ab', initiator: { id: 'c', fingerprint: ALICE, nonce: nonces.alice } };
    const other = { connectionId: 'a', initiator: { id: 'bc', fingerprint: ALICE, nonce: nonces.alice } };
    const responder = { id: 'bob', fingerprint: BOB, nonce: nonces.bob };
    expect(prove(KEY, 'initiator', { ...one, responder })).not.to.deep.equal(
      prove(KEY, 'initiator', { ...other, responder }),
    );
  });

  it('cannot be made without exactly one certificate on each side', () => {
    expect(view('alice', { fingerprints: { local: ALICE, remote: null } })).to.be.null;
    expect(view('alice', { fingerprints: { local: null, remote: BOB } })).to.be.null;
  });
});
