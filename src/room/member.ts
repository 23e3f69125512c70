import type { Channel } from '../peer/channel.js';
import type { HelloMessage } from './messages.js';
import type { PeerSession } from './peer-session.js';

/** Somebody in the room, by its `tabId`: the same through reloads and reconnects. */
export interface Member {
  /** The `tabId`: 32 hexadecimal digits. */
  readonly id: string;
  /** Cleaned; may be empty. */
  readonly name: string;
  /** Gives and never receives. */
  readonly sendOnly: boolean;
  /** In ms, the smallest of late; 0 before the first measurement. */
  readonly roundTrip: number;
  /** Whether the path goes through a relay; null while unknown. */
  readonly relayed: boolean | null;
  /** Whether there is a connection at this moment. */
  readonly connected: boolean;
  /**
   * Of the present connection; another object after a reconnect. Null while there is no connection.
   */
  readonly transfer: Channel | null;
  readonly lane: Channel | null;
}

/**
 * Why somebody is not a member any more. `bye`: it said goodbye for good. `away`: its page went
 * away, and may be reloading. `gone`: it vanished without a word, and did not come back within a
 * minute; it still may.
 */
export type LeaveReason = 'bye' | 'away' | 'gone';

/**
 * A {@link Member}, as its room keeps it. It may be kept for as long as one likes: once its
 * connection is lost, it knows nothing of it.
 */
export class MemberRecord implements Member {
  readonly id: string;
  name = '';
  sendOnly = false;
  relayed: boolean | null = null;
  /** Where it is to be dialled. */
  peerId = '';
  /** Doors that it holds, by its word. */
  doors: readonly number[] = [];
  /** Whom it is connected to, by its word. */
  sees: readonly { readonly id: string; readonly peerId: string }[] = [];
  /** Stops waiting for it to come back. */
  cancelWait: () => void = () => {};
  #session: PeerSession | null = null;
  #roundTrip = 0;

  constructor(session: PeerSession, hello: HelloMessage) {
    this.id = hello.id;
    this.take(session, hello);
  }

  /** Null once the connection was lost. */
  get session(): PeerSession | null {
    return this.#session;
  }

  get roundTrip(): number {
    return this.#session?.heartbeat.roundTrip ?? this.#roundTrip;
  }

  get connected(): boolean {
    return this.#session !== null && !this.#session.closed.aborted;
  }

  get transfer(): Channel | null {
    return this.#session?.connection.channel('transfer') ?? null;
  }

  get lane(): Channel | null {
    return this.#session?.connection.channel('lane') ?? null;
  }

  /** It is here by `session` from now on. */
  take(session: PeerSession, { name, sendOnly, peerId }: HelloMessage): void {
    this.cancelWait();
    this.#session = session;
    this.name = name;
    this.sendOnly = sendOnly;
    this.peerId = peerId;
    this.relayed = null;
    this.doors = [];
    this.sees = [];
  }

  /** It is not here any more, for now or for good. */
  lose(): void {
    this.#roundTrip = this.roundTrip;
    this.#session = null;
  }
}
