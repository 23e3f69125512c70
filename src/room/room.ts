import { SnapError } from '../errors.js';
import type { Signalling } from '../peer/channel.js';
import { after, realClock, type Clock } from '../timing/clock.js';
import { isRoomCode } from './code.js';
import { Doors } from './doors.js';
import type { Identity } from './identity.js';
import { deriveKeys } from './keys.js';
import type { LeaveReason, Member, MemberRecord } from './member.js';
import { Mesh } from './mesh.js';
import { DOORS, MAX_MEMBERS } from './messages.js';
import { cleanName } from './name.js';
import { Registration } from './registration.js';

/** How long the holder of a door may take to answer, in ms. If its tab is asleep, it never does. */
const KNOCK_TIMEOUT = 6_000;

/**
 * How often we ask whether the server still knows us, in ms. A WebSocket does not notice when it
 * does not.
 */
const WATCH_INTERVAL = 30_000;
/** A timer that is this late was asleep, together with the tab or the machine. In ms. */
const SLEPT = 5_000;

/** At most one error in this time, in ms, so that strangers cannot flood the page with errors. */
const FAILURE_INTERVAL = 5_000;

/** `waiting`: in the room, alone. `reconnecting`: recovers by itself. `failed`: does not. */
export type RoomState = 'idle' | 'joining' | 'waiting' | 'connected' | 'reconnecting' | 'failed' | 'closed';

export interface RoomOptions {
  readonly code: string;
  readonly self: { readonly identity: Identity; readonly name: string; readonly sendOnly: boolean };
  readonly signalling: Signalling;
  /** The most members, ourselves included; at most 20. */
  readonly maxPeers: number;
  readonly clock?: Clock;
}

/**
 * Everybody who has opened the same address: finds them by way of the PeerServer, proves them, and
 * keeps them connected. A room has no leader. Members that hold a door introduce newcomers
 * (doors.ts), and from then on all members tell each other whom they see (mesh.ts).
 *
 * A room object is good for one stay: after `failed` or `closed`, create another.
 */
export class Room {
  onstate: ((state: RoomState) => void) | null = null;
  /** A new member: proven, introduced, connected. */
  onjoin: ((member: Member) => void) | null = null;
  /** A member has a new connection, and so a new `transfer` and `lane`. */
  onreconnected: ((member: Member) => void) | null = null;
  /** A member has changed its name. */
  onrename: ((member: Member) => void) | null = null;
  /** The round trip to a member has been measured: soon after it joins, then every few seconds. */
  onroundtrip: ((member: Member) => void) | null = null;
  /** The connection to a member is lost. It is being dialled. */
  onlost: ((member: Member) => void) | null = null;
  /** Somebody is no longer a member. Unless it left for good, it may return, with `onjoin`. */
  onleave: ((member: Member, why: LeaveReason) => void) | null = null;
  /** We know now whether the path to a member goes through a relay. */
  onrelayed: ((member: Member) => void) | null = null;
  /**
   * Something went wrong. A problem that lasts is reported once, and stays available as {@link
   * Room.trouble}.
   */
  onerror: ((error: SnapError) => void) | null = null;
  /** `trouble` has changed. */
  ontrouble: ((trouble: SnapError | null) => void) | null = null;

  readonly #scope = new AbortController();
  readonly #clock: Clock;
  readonly #registration: Registration;
  readonly #doors: Doors;
  readonly #mesh: Mesh;
  readonly #id: string;
  #state: RoomState = 'idle';
  /** Whether we have entered the room: we held a door, or somebody admitted us. */
  #inside = false;
  /** What keeps us from the server, as long as we are connected to nobody. */
  #serverTrouble: SnapError | null = null;
  #trouble: SnapError | null = null;
  #failedAt = -Infinity;

  /** @throws {SnapError} `room-code-invalid` */
  constructor({ code, self, signalling, maxPeers, clock = realClock }: RoomOptions) {
    if (!isRoomCode(code)) throw new SnapError('room-code-invalid');
    const { tag, key } = deriveKeys(code);
    this.#id = self.identity.id;
    const context = { signalling, tag, key, clock, signal: this.#scope.signal };
    this.#clock = clock;
    this.#registration = new Registration(context, {
      ononline: () => this.#online(),
      ontrouble: (error) => this.#serverFailed(error),
      onrefused: (error) => this.#fail(error),
      onconnection: (connection) => this.#mesh.receive(connection),
      onunreachable: (peerId, error) => this.#mesh.peerDialFailed(peerId, error),
    });
    this.#doors = new Doors(context, {
      inside: () => this.#inside,
      online: () => this.#registration.steady,
      duty: () => Math.min(DOORS, this.#mesh.connected.length + 1),
      heldByOther: (door) =>
        this.#mesh.connected.some(({ doors, session }) => doors.includes(door) && !session?.heartbeat.quiet),
      rank: () => this.#rank(),
      knock: (doorId) => this.#knock(doorId),
      onconnection: (connection) => this.#mesh.receive(connection),
      onunreachable: (peerId, error) => this.#mesh.peerDialFailed(peerId, error),
      ontrouble: (error) => this.#inside || this.#serverFailed(error),
      onheld: (doorId) => this.#mesh.doorFree(doorId),
      onchange: () => this.#doorsChanged(),
    });
    this.#mesh = new Mesh(
      {
        ...context,
        self: { ...self, id: this.#id, name: cleanName(self.name) },
        maxPeers: Math.min(maxPeers, MAX_MEMBERS),
        peerId: () => this.#registration.id,
        online: () => this.#registration.online,
        doors: () => this.#doors.held,
        dial: (peerId, timeout) => this.#registration.dial(peerId, timeout),
      },
      {
        onjoin: (member) => this.#joined(member),
        onreconnected: (member) => this.onreconnected?.(member),
        onrename: (member) => this.onrename?.(member),
        onroundtrip: (member) => this.onroundtrip?.(member),
        onlost: (member) => this.onlost?.(member),
        onleave: (member, why) => this.onleave?.(member, why),
        onfailed: (error) => this.#failed(error),
        onunreachable: (error) => this.onerror?.(error),
        onrelayed: (member) => this.onrelayed?.(member),
        onchange: () => this.#changed(),
      },
    );
  }

  /** Our own `tabId`. */
  get id(): string {
    return this.#id;
  }

  get state(): RoomState {
    return this.#state;
  }

  /**
   * What keeps us from the server, or from somebody who is here. We keep trying. Null if nothing
   * does.
   */
  get trouble(): SnapError | null {
    return this.#trouble;
  }

  /** Who is here, and who vanished and is being dialled. */
  get members(): readonly Member[] {
    return this.#mesh.members;
  }

  /** Enters the room. Only the first call has an effect. */
  join(): void {
    if (this.#state !== 'idle') return;
    this.#set('joining');
    this.#registration.start();
    this.#doors.enter();
    this.#watch();
  }

  /**
   * Says goodbye, for good if `final`, and closes everything. Synchronous, so that it works in
   * `pagehide`.
   */
  leave({ final = true } = {}): void {
    this.#end('closed', final);
  }

  rename(name: string): void {
    this.#mesh.rename(cleanName(name));
  }

  /**
   * Checks the server, the doors and the members now. Call it when the network is back, the tab is
   * visible again, or the machine has woken up.
   */
  checkNow(): void {
    if (this.#state === 'idle' || this.#scope.signal.aborted) return;
    this.#registration.checkNow();
    this.#doors.checkNow();
    this.#mesh.checkNow();
  }

  #watch(): void {
    const due = this.#clock.now() + WATCH_INTERVAL;
    after(this.#clock, WATCH_INTERVAL, this.#scope.signal, () => {
      const slept = this.#clock.now() - due > SLEPT;
      // A lost server is retried with backoff, since everybody is waiting for it.
      if (slept || this.#registration.online) this.#registration.checkNow();
      this.#doors.checkNow();
      if (slept) this.#mesh.checkNow();
      this.#watch();
    });
  }

  async #knock(doorId: string): Promise<boolean> {
    await this.#registration.ready();
    return this.#mesh.reach(doorId, KNOCK_TIMEOUT);
  }

  /** Members that hold no door come first, in the order of their ids; then the others. */
  #rank(): number {
    const free = this.#mesh.connected.filter(({ doors }) => doors.length === 0);
    if (this.#doors.held.length > 0) return free.length;
    return free.filter(({ peerId }) => peerId < this.#registration.id).length;
  }

  #online(): void {
    this.#mesh.gossip();
    this.#changed();
  }

  #serverFailed(error: SnapError): void {
    if (this.#mesh.connected.length > 0 || this.#serverTrouble?.code === error.code) return;
    this.#serverTrouble = error;
    this.onerror?.(error);
    this.#troubled();
  }

  #troubled(): void {
    const trouble = this.#serverTrouble ?? this.#mesh.unreachable;
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.ontrouble?.(trouble);
  }

  #doorsChanged(): void {
    this.#mesh.gossip();
    this.#changed();
  }

  #joined(member: MemberRecord): void {
    this.#inside = true;
    this.onjoin?.(member);
  }

  #failed(error: SnapError): void {
    if (error.code === 'room-full') {
      if (this.#mesh.connected.length === 0) this.#fail(error);
    } else if (this.#clock.now() - this.#failedAt >= FAILURE_INTERVAL) {
      this.#failedAt = this.#clock.now();
      this.onerror?.(error);
    }
  }

  #changed(): void {
    if (this.#scope.signal.aborted) return;
    if (this.#doors.held.length > 0 && this.#registration.online) this.#inside = true;
    if ((this.#inside && this.#registration.steady) || this.#mesh.connected.length > 0)
      this.#serverTrouble = null;
    this.#doors.review();
    this.#troubled();
    if (this.#mesh.connected.length > 0) this.#set('connected');
    else if (this.#mesh.members.length > 0) this.#set('reconnecting');
    else if (!this.#inside) this.#set('joining');
    else this.#set(this.#registration.steady ? 'waiting' : 'reconnecting');
  }

  #fail(error: SnapError): void {
    this.#end('failed');
    this.onerror?.(error);
  }

  #end(state: 'failed' | 'closed', final = true): void {
    if (this.#scope.signal.aborted) return;
    this.#scope.abort();
    this.#mesh.close(final);
    this.#doors.close();
    this.#registration.close();
    this.#set(state);
  }

  #set(state: RoomState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.onstate?.(state);
  }
}
