import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { SnapError } from '../errors.js';
import type { Connection } from '../peer/channel.js';
import type { NonceMessage, ProofMessage, RoomMessage } from './messages.js';
import { NONCE_LENGTH, memberStatement, prove, transcriptOf, verify, type Transcript } from './proof.js';

/** The parts of a connection that a handshake needs. */
export type Proving = Pick<Connection, 'id' | 'role' | 'localId' | 'remoteId' | 'fingerprints'>;

/**
 * The first four messages of a connection: the initiator's nonce, the responder's nonce, the
 * initiator's proof, and the responder's proof, which it sends only once it has checked the first
 * (see proof.ts). It takes messages and returns the answers; it sends nothing itself.
 *
 * The responder waits until it has been spoken to. Chromium hands it a channel that says `open` a
 * few ms before it is, and silently loses what is sent in that time; a received message is evidence
 * that the channel works. The wait costs nothing, since the nonce follows the channel directly.
 */
export class Handshake {
  readonly #connection: Proving;
  readonly #key: Uint8Array;
  readonly #nonce = crypto.getRandomValues(new Uint8Array(NONCE_LENGTH));
  #transcript: Transcript | null = null;
  #done = false;

  constructor(connection: Proving, key: Uint8Array) {
    this.#connection = connection;
    this.#key = key;
  }

  /** The initiator's first message. */
  get nonce(): NonceMessage {
    return { type: 'nonce', nonce: bytesToHex(this.#nonce) };
  }

  /** Whether the peer has proven that it knows the room's key. */
  get done(): boolean {
    return this.#done;
  }

  /** The bytes that we sign to show who we are. Only once the handshake is done. */
  get ourStatement(): Uint8Array {
    return memberStatement(this.#connection.role, this.#transcript!);
  }

  /** The bytes that the peer signs. */
  get theirStatement(): Uint8Array {
    const { role } = this.#connection;
    return memberStatement(role === 'initiator' ? 'responder' : 'initiator', this.#transcript!);
  }

  /**
   * Handles the peer's next message. Returns the answer, or null once the initiator has nothing
   * left to send.
   *
   * @throws {SnapError} `peer-unverified` for any message but the expected one.
   */
  take(message: RoomMessage): NonceMessage | ProofMessage | null {
    if (!this.#transcript && message.type === 'nonce') return this.#takeNonce(message);
    if (this.#transcript && message.type === 'proof') return this.#takeProof(message, this.#transcript);
    throw new SnapError('peer-unverified', { detail: `${message.type} is not what comes now` });
  }

  #takeNonce({ nonce }: NonceMessage): NonceMessage | ProofMessage {
    const transcript = transcriptOf(this.#connection, { local: this.#nonce, remote: hexToBytes(nonce) });
    if (!transcript) {
      throw new SnapError('peer-unverified', { detail: 'not exactly one strong fingerprint on each side' });
    }
    this.#transcript = transcript;
    return this.#connection.role === 'initiator' ? this.#prove(transcript) : this.nonce;
  }

  #takeProof({ proof }: ProofMessage, transcript: Transcript): ProofMessage | null {
    const isInitiator = this.#connection.role === 'initiator';
    if (!verify(this.#key, isInitiator ? 'responder' : 'initiator', transcript, hexToBytes(proof))) {
      throw new SnapError('peer-unverified', { detail: 'the proof is wrong' });
    }
    this.#done = true;
    return isInitiator ? null : this.#prove(transcript);
  }

  #prove(transcript: Transcript): ProofMessage {
    return { type: 'proof', proof: bytesToHex(prove(this.#key, this.#connection.role, transcript)) };
  }
}
