import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { SnapError } from '../errors.js';
import type { Connection } from '../peer/channel.js';
import type { NonceMessage, ProofMessage, RoomMessage } from './messages.js';
import { NONCE_LENGTH, memberStatement, prove, transcriptOf, verify, type Transcript } from './proof.js';

/** What a handshake needs to know of its connection. */
export type Proving = Pick<Connection, 'id' | 'role' | 'localId' | 'remoteId' | 'fingerprints'>;

/**
 * The first four messages of a connection: the initiator's nonce and the responder's, then the
 * initiator's proof, and the responder's once it has checked that (see proof.ts). It takes messages
 * and returns what to answer; it sends nothing itself.
 *
 * The responder does not speak before it has been spoken to. Chromium hands it a channel that says
 * `open` a few ms before it is, and what is sent meanwhile is lost without a word; what has come
 * through is proof that the channel works. It costs no time, as the nonce comes right behind the
 * channel.
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

  /** What the initiator says first. */
  get nonce(): NonceMessage {
    return { type: 'nonce', nonce: bytesToHex(this.#nonce) };
  }

  /** Whether the other side has proven that it belongs here. */
  get done(): boolean {
    return this.#done;
  }

  /** What we sign to show who we are, once the handshake is done. */
  get ourStatement(): Uint8Array {
    return memberStatement(this.#connection.role, this.#transcript!);
  }

  /** What the other side signs. */
  get theirStatement(): Uint8Array {
    const { role } = this.#connection;
    return memberStatement(role === 'initiator' ? 'responder' : 'initiator', this.#transcript!);
  }

  /**
   * Takes the other side's next message; returns what to answer, or null once the initiator has
   * nothing left to say.
   *
   * @throws {SnapError} `peer-unverified` for anything but what must come now.
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
