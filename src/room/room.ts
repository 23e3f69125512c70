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

/**
 * How long whoever holds a door may take to answer: its tab may sleep, and then it never does. In
 * ms.
 */
const KNOCK_TIMEOUT = 6_000;

/**
 * How often we ask whether the server still knows us: a WebSocket does not notice when it does not.
 * In ms.
 */
const WATCH_INTERVAL = 30_000;
/** A timer that is this late was asleep, with the tab or the whole machine. In ms. */
const SLEPT = 5_000;

/** Strangers must not flood the page with errors: one in this time, in ms. */
const FAILURE_INTERVAL = 5_000;

/** `waiting`: in the room, alone. `reconnecting`: goes on by itself. `failed`: does not. */
export type RoomState = 'idle' | 'joining' | 'waiting' | 'connected' | 'reconnecting' | 'failed' | 'closed';

export interface RoomOptions {
  readonly code: string;
  readonly self: { readonly identity: Identity; readonly name: string; readonly sendOnly: boolean };
  readonly signalling: Signalling;
  /** Members of the room, ourselves among them; 20 at most. */
  readonly maxPeers: number;
  readonly clock?: Clock;
}

/**
 * Everybody who has opened the same address: finds them through the PeerServer, proves them, keeps
 * them. It has no leader; a member that only introduces newcomers holds a door (doors.ts), and from
 * then on everybody tells everybody (mesh.ts).
 *
 * It is good for one stay: after `failed` or `closed`, make another.
 */
export class Room {
  onstate: ((state: RoomState) => void) | null = null;
  /** Somebody is here for the first time: proven, introduced, connected. */
  onjoin: ((member: Member) => void) | null = null;
  /** A member has a new connection: `transfer` and `lane` are others than before. */
  onreconnected: ((member: Member) => void) | null = null;
  /** A member is called otherwise. */
  onrename: ((member: Member) => void) | null = null;
  /** The round trip to a member was measured: soon after it has come, and every few seconds. */
  onroundtrip: ((member: Member) => void) | null = null;
  /** The connection to a member is gone; it is being dialled. */
  onlost: ((member: Member) => void) | null = null;
  /** A member is not here any more. Unless it was for good, it may come back: with `onjoin`. */
  onleave: ((member: Member, why: LeaveReason) => void) | null = null;
  /** It is known whether the path to a member goes through a relay. */
  onrelayed: ((member: Member) => void) | null = null;
  /**
   * Something went wrong. What lasts is told once, and is the {@link Room.trouble} as long as it
   * does.
   */
  onerror: ((error: SnapError) => void) | null = null;
  /** `trouble` is another. */
  ontrouble: ((trouble: SnapError | null) => void) | null = null;

  readonly #scope = new AbortController();
  readonly #clock: Clock;
  readonly #registration: Registration;
  readonly #doors: Doors;
  readonly #mesh: Mesh;
  #state: RoomState = 'idle';
  /** Whether we have been in the room: behind a door of ours, or let in. */
  #inside = false;
  /** What keeps us from the server, while nobody is here whom that need not trouble. */
  #serverTrouble: SnapError | null = null;
  #trouble: SnapError | null = null;
  #failedAt = -Infinity;

  /** @throws {SnapError} `room-code-invalid` */
  constructor({ code, self, signalling, maxPeers, clock = realClock }: RoomOptions) {
    if (!isRoomCode(code)) throw new SnapError('room-code-invalid');
    const { tag, key } = deriveKeys(code);
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
        self: { ...self, id: self.identity.id, name: cleanName(self.name) },
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

  get state(): RoomState {
    return this.#state;
  }

  /**
   * What keeps us from the server, or from somebody who is here, and is being tried again; null
   * when nothing does.
   */
  get trouble(): SnapError | null {
    return this.#trouble;
  }

  /** Who is here, and who has vanished and is being dialled. */
  get members(): readonly Member[] {
    return this.#mesh.members;
  }

  /** Once. */
  join(): void {
    if (this.#state !== 'idle') return;
    this.#set('joining');
    this.#registration.start();
    this.#doors.enter();
    this.#watch();
  }

  /**
   * Says goodbye, with `final` for good, and closes everything. Synchronous, so that it works in
   * `pagehide`.
   */
  leave({ final = true } = {}): void {
    this.#end('closed', final);
  }

  rename(name: string): void {
    this.#mesh.rename(cleanName(name));
  }

  /**
   * The network is back, the tab is seen again, the machine has woken up: look after everything
   * now.
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
      // A server that is lost is tried in its own time, by everybody who waits for it.
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

  /** Doors are taken by those who hold none, in the order of their ids; then by the others. */
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
