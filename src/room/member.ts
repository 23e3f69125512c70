import type { Channel } from '../peer/channel.js';
import { OUTCOME_SINCE, VERSIONS } from './messages.js';
import type { HelloMessage } from './messages.js';
import type { PeerSession } from './peer-session.js';

/**
 * Somebody in the room, identified by its `tabId`, which stays the same through reloads and
 * reconnects.
 */
export interface Member {
  /** The `tabId`: 32 hexadecimal digits. */
  readonly id: string;
  /** Cleaned; may be empty. */
  readonly name: string;
  /** It sends and never receives. */
  readonly sendOnly: boolean;
  /** The smallest recent round trip, in ms; 0 before the first measurement. */
  readonly roundTrip: number;
  /** Whether the path goes through a relay; null while unknown. */
  readonly relayed: boolean | null;
  /** Whether we are connected to it right now. */
  readonly connected: boolean;
  /** Channels of the current connection. A reconnect brings new ones; null while disconnected. */
  readonly transfer: Channel | null;
  readonly lane: Channel | null;
  /** Null also if the connection's version has no such topic. */
  readonly outcome: Channel | null;
}

/**
 * Why somebody is no longer a member. `bye`: it said goodbye for good. `away`: its page was
 * unloaded, perhaps to reload. `gone`: it vanished and did not return within a minute; it still
 * may.
 */
export type LeaveReason = 'bye' | 'away' | 'gone';

/**
 * A {@link Member} as its room keeps it. Others may hold on to it for as long as they like: once
 * the connection is lost, it no longer refers to it.
 */
export class MemberRecord implements Member {
  readonly id: string;
  name = '';
  sendOnly = false;
  relayed: boolean | null = null;
  /** Where to dial it. */
  peerId = '';
  /** The doors that it says it holds. */
  doors: readonly number[] = [];
  /** The members that it says it is connected to. */
  sees: readonly { readonly id: string; readonly peerId: string }[] = [];
  /** Stops the wait for its return. */
  cancelWait: () => void = () => {};
  #session: PeerSession | null = null;
  #version = 0;
  #roundTrip = 0;

  constructor(session: PeerSession, hello: HelloMessage) {
    this.id = hello.id;
    this.take(session, hello);
  }

  /** Null once the connection is lost. */
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

  get outcome(): Channel | null {
    return this.#version >= OUTCOME_SINCE ? (this.#session?.connection.channel('outcome') ?? null) : null;
  }

  /** Switches to a new connection. */
  take(session: PeerSession, { name, sendOnly, peerId, versions }: HelloMessage): void {
    this.cancelWait();
    this.#version = Math.min(versions[1], VERSIONS[1]);
    this.#session = session;
    this.name = name;
    this.sendOnly = sendOnly;
    this.peerId = peerId;
    this.relayed = null;
    this.doors = [];
    this.sees = [];
  }

  /** The connection is lost, for now or for good. */
  lose(): void {
    this.#roundTrip = this.roundTrip;
    this.#session = null;
  }
}
