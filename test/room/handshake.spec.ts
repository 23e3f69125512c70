import { expect } from '@open-wc/testing';
import { SnapError } from '../../src/errors.js';
import { Handshake, type Proving } from '../../src/room/handshake.js';
import type { ProofMessage, RoomMessage } from '../../src/room/messages.js';

const KEY = new Uint8Array(32).fill(7);

/** Both ends of one connection, Alice's dial. */
const ends: Record<'alice' | 'bob', Proving> = {
  alice: {
    id: 'connection1',
    role: 'initiator',
    localId: 'alice',
    remoteId: 'bob',
    fingerprints: () => ({ local: 'sha-256 AA', remote: 'sha-256 BB' }),
  },
  bob: {
    id: 'connection1',
    role: 'responder',
    localId: 'bob',
    remoteId: 'alice',
    fingerprints: () => ({ local: 'sha-256 BB', remote: 'sha-256 AA' }),
  },
};

const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'none';
  } catch (error) {
    return error instanceof SnapError ? error.code : 'not coded';
  }
};

describe('handshake', () => {
  let alice: Handshake;
  let bob: Handshake;

  beforeEach(() => {
    alice = new Handshake(ends.alice, KEY);
    bob = new Handshake(ends.bob, KEY);
  });

  it('is done on both sides after two nonces and two proofs, the initiator’s first', () => {
    const answer = bob.take(alice.nonce)!;
    expect(answer).to.deep.equal(bob.nonce);
    const first = alice.take(answer)!;
    expect(first.type).to.equal('proof');
    expect([alice.done, bob.done]).to.deep.equal([false, false]);
    const second = bob.take(first)!;
    expect([alice.done, bob.done]).to.deep.equal([false, true]);
    expect(alice.take(second)).to.be.null;
    expect(alice.done).to.be.true;
  });

  // claim: #handshake-nonce-only
  it('gives a stranger nothing but a nonce, whatever it says', () => {
    const stranger = new Handshake(ends.alice, new Uint8Array(32).fill(8));
    bob.take(stranger.nonce);
    const proof = stranger.take(bob.nonce)!;
    expect(codeOf(() => bob.take(proof))).to.equal('peer-unverified');
    expect(bob.done).to.be.false;
  });

  it('refuses its own proof when reflected', () => {
    alice.take(bob.nonce);
    const own = alice.take.bind(alice);
    const mirror = new Handshake(ends.alice, KEY);
    const reflected = mirror.take(mirror.nonce)!;
    expect(codeOf(() => own(reflected))).to.equal('peer-unverified');
  });

  it('refuses what was recorded from another handshake over the same connection', () => {
    bob.take(alice.nonce);
    const recorded = alice.take(bob.nonce)!;
    const again = new Handshake(ends.bob, KEY);
    again.take(alice.nonce);
    expect(codeOf(() => again.take(recorded))).to.equal('peer-unverified');
  });

  // claim: #handshake-order
  it('refuses every message but the expected one', () => {
    const proof: ProofMessage = { type: 'proof', proof: '00'.repeat(32) };
    const others: RoomMessage[] = [{ type: 'bye', final: true }, { type: 'ping', number: 1 }, proof];
    for (const message of others)
      expect(
        codeOf(() => bob.take(message)),
        message.type,
      ).to.equal('peer-unverified');
    bob.take(alice.nonce);
    expect(
      codeOf(() => bob.take(alice.nonce)),
      'a second nonce',
    ).to.equal('peer-unverified');
  });

  it('refuses a connection without exactly one fingerprint on each side', () => {
    const odd = new Handshake(
      { ...ends.bob, fingerprints: () => ({ local: 'sha-256 BB', remote: null }) },
      KEY,
    );
    expect(codeOf(() => odd.take(alice.nonce))).to.equal('peer-unverified');
  });

  // claim: #nonce-fresh
  it('uses a new nonce each time', () => {
    expect(alice.nonce).not.to.deep.equal(bob.nonce);
    expect(alice.nonce).to.deep.equal(alice.nonce);
  });
});
