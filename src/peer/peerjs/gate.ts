import { TokenBucket } from '../../timing/token-bucket.js';
import { canAcceptStranger } from '../connection-budget.js';

/**
 * What a PeerServer may tell PeerJS. The server relays what anybody sends, and may itself lie.
 * PeerJS believes all of it: an offer builds an RTCPeerConnection before the application has seen
 * it, with a class of the sender's choice; an unknown class or a missing field throws in the page;
 * a LEAVE cuts live connections; candidates of unknown connections are kept for ever. So every
 * message passes through here first, and PeerJS sees only those that a well-behaved room could have
 * caused.
 */

/**
 * The one way in which connections are made. An offer with another serialization is not ours, and
 * is dropped.
 */
export const LABEL = 'snaptrail';
export const SERIALIZATION = 'raw';

/**
 * Offered connections that have not proven themselves: mostly an attacker's. As many as a room has
 * members.
 */
const MAX_UNPROVEN = 20;
/** A member dials an id once, and again if the first attempt hangs. */
const MAX_UNPROVEN_FROM_ONE = 2;
/**
 * Connections that strangers may make us create in a short time, on top of those that turn out to
 * be members'.
 */
const MAX_BURST = 40;
/** After that, one more in this time, in ms. */
const REFILL = 5_000;
/** An offer or answer for one data channel has about 650 characters. */
const MAX_SDP = 8 * 1024;
/** A candidate line has about 150 characters. */
const MAX_CANDIDATE = 1024;
/** A host with many interfaces and several TURN servers has a few dozen. */
const MAX_CANDIDATES = 100;
/** As long as we remember a closed connection, repeated offers of it are refused. */
const MAX_REMEMBERED = 1000;

/** An admitted message, in PeerJS's format. */
export interface ServerMessage {
  readonly type: string;
  readonly src?: string;
  readonly payload?: unknown;
}

/** How far a connection has come, as seen from here. `unproven` ones were offered to us. */
export type Stage = 'dialled' | 'unproven' | 'proven';

interface Known {
  stage: Stage;
  readonly remoteId: string;
  answered: boolean;
  candidates: number;
}

export class Gate {
  /**
   * The server says that nobody has this id. PeerJS would raise an error that names no connection,
   * and close none.
   */
  onabsent: ((id: string) => void) | null = null;
  /** Somebody offers a connection, but the page has too many. */
  onexhausted: (() => void) | null = null;

  /** Connections that may be created for strangers. */
  readonly #allowance: TokenBucket;
  readonly #known = new Map<string, Known>();
  readonly #remembered = new Set<string>();

  constructor(now = () => performance.now()) {
    this.#allowance = new TokenBucket(MAX_BURST, REFILL, now);
  }

  /** We are dialling this connection. */
  dialled(connectionId: string, remoteId: string): void {
    this.#add(connectionId, { stage: 'dialled', remoteId, answered: false, candidates: 0 });
  }

  proven(connectionId: string): void {
    const known = this.#known.get(connectionId);
    // A member does not use up the allowance for strangers.
    if (known?.stage === 'unproven') this.#allowance.giveBack();
    if (known) known.stage = 'proven';
  }

  closed(connectionId: string): void {
    this.#known.delete(connectionId);
  }

  /** Whether any connection to this id is left. */
  knows(remoteId: string): boolean {
    return [...this.#known.values()].some((known) => known.remoteId === remoteId);
  }

  /** What PeerJS may see of `message`, or null. */
  admit(message: unknown): ServerMessage | null {
    if (!isRecord(message)) return null;
    const { type, src, payload } = message;
    switch (type) {
      case 'OPEN':
      case 'ID-TAKEN':
      case 'INVALID-KEY':
        return { type };
      case 'ERROR':
        return {
          type,
          payload: { msg: isRecord(payload) && typeof payload.msg === 'string' ? payload.msg : '' },
        };
      case 'EXPIRE':
      case 'LEAVE':
        if (typeof src === 'string') this.onabsent?.(src);
        return null;
      case 'OFFER':
      case 'ANSWER':
      case 'CANDIDATE':
        return typeof src === 'string' && isRecord(payload) ? this.#relayed(type, src, payload) : null;
      default:
        return null;
    }
  }

  #relayed(
    type: 'OFFER' | 'ANSWER' | 'CANDIDATE',
    src: string,
    payload: Record<string, unknown>,
  ): ServerMessage | null {
    const { connectionId } = payload;
    if (typeof connectionId !== 'string' || !/^\w{8,64}$/.test(connectionId) || payload.type !== 'data')
      return null;
    const passes =
      type === 'OFFER'
        ? this.#admitOffer(src, connectionId, payload)
        : type === 'ANSWER'
          ? this.#admitAnswer(src, connectionId, payload)
          : this.#admitCandidate(src, connectionId, payload);
    return passes ? { type, src, payload } : null;
  }

  #admitOffer(src: string, connectionId: string, payload: Record<string, unknown>): boolean {
    const { sdp, serialization } = payload;
    // Only what determines how bytes are read. A label or flag proves nothing, and a peer that
    // cannot prove itself is gone in 6 s.
    if (serialization !== SERIALIZATION) return false;
    // PeerJS closes a connection that is offered again; and the oldest are not remembered.
    if (this.#known.has(connectionId) || this.#remembered.has(connectionId)) return false;
    if (!isDescription(sdp, 'offer')) return false;
    const unproven = [...this.#known.values()].filter(({ stage }) => stage === 'unproven');
    if (unproven.length >= MAX_UNPROVEN) return false;
    if (unproven.filter(({ remoteId }) => remoteId === src).length >= MAX_UNPROVEN_FROM_ONE) return false;
    if (!canAcceptStranger()) {
      this.onexhausted?.();
      return false;
    }
    if (!this.#allowance.take()) return false;
    this.#add(connectionId, { stage: 'unproven', remoteId: src, answered: true, candidates: 0 });
    return true;
  }

  #admitAnswer(src: string, connectionId: string, { sdp }: Record<string, unknown>): boolean {
    const known = this.#known.get(connectionId);
    if (known?.remoteId !== src || known.answered || !isDescription(sdp, 'answer')) return false;
    known.answered = true;
    return true;
  }

  #admitCandidate(src: string, connectionId: string, { candidate }: Record<string, unknown>): boolean {
    const known = this.#known.get(connectionId);
    if (known?.remoteId !== src || !isCandidate(candidate) || known.candidates >= MAX_CANDIDATES)
      return false;
    known.candidates += 1;
    return true;
  }

  #add(connectionId: string, known: Known): void {
    this.#known.set(connectionId, known);
    this.#remembered.add(connectionId);
    if (this.#remembered.size > MAX_REMEMBERED)
      this.#remembered.delete(this.#remembered.values().next().value!);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isDescription(value: unknown, type: RTCSdpType): boolean {
  return (
    isRecord(value) && value.type === type && typeof value.sdp === 'string' && value.sdp.length <= MAX_SDP
  );
}

function isCandidate(value: unknown): boolean {
  return isRecord(value) && typeof value.candidate === 'string' && value.candidate.length <= MAX_CANDIDATE;
}
