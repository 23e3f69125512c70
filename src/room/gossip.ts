import { after, type Clock } from '../timing/clock.js';
import { isMemberId } from './keys.js';
import type { MemberRecord } from './member.js';
import type { RosterMessage } from './messages.js';

/**
 * When two members hear of each other, the one with the smaller id dials at once, the other only
 * after this time. In ms.
 */
const DEFERENCE = 3_000;
/** How often each member sends its roster, changed or not. In ms. */
const DIGEST_INTERVAL = 10_000;
/** Changes within this time go out in one roster. In ms. */
const DELAY = 100;

/** Who we are. */
export interface GossipContext {
  readonly tag: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly self: { readonly id: string; readonly name: string };
  /** Our current PeerJS id. */
  peerId(): string;
  /** The doors that we hold. */
  doors(): number[];
}

/** What {@link Gossip} needs from its mesh. */
export interface GossipHost {
  connected(): MemberRecord[];
  /** Whether the member is here already, or may not join. */
  isUnwanted(id: string, peerId: string): boolean;
  /** Dials a member that we heard of, in `delay` ms. */
  want(id: string, peerId: string, delay: number): void;
}

/**
 * Members tell each other whom they are connected to, so that any two with a common acquaintance
 * find each other. We count a member as present only once we have a proven connection of our own;
 * what others say is merely a reason to dial.
 */
export class Gossip {
  readonly #context: GossipContext;
  readonly #host: GossipHost;
  #cancel: (() => void) | null = null;

  constructor(context: GossipContext, host: GossipHost) {
    this.#context = context;
    this.#host = host;
    this.#digest();
  }

  /** The roster that we send. */
  roster(): RosterMessage {
    const { self } = this.#context;
    const members = this.#host.connected().map(({ id, peerId }) => ({ id, peerId }));
    const peerId = this.#context.peerId();
    return { type: 'roster', name: self.name, peerId, doors: this.#context.doors(), members };
  }

  /** Sends our roster soon, because something about us or our connections has changed. */
  soon(): void {
    const { clock, signal } = this.#context;
    this.#cancel ??= after(clock, DELAY, signal, () => this.#tell());
  }

  /** Handles a roster from `member`. */
  hear(member: MemberRecord, { name, peerId, doors, members }: RosterMessage): void {
    if (isMemberId(peerId, this.#context.tag)) member.peerId = peerId;
    member.name = name;
    member.doors = doors;
    member.sees = members;
    // Newcomers depend on members that hold a door.
    member.session?.heartbeat.watch(doors.length > 0);
    for (const other of members) this.#hearOf(other);
  }

  /** Whether any member that we are connected to lists this one. */
  isSeen(id: string): boolean {
    return this.#host.connected().some(({ sees }) => sees.some((other) => other.id === id));
  }

  #hearOf({ id, peerId }: { id: string; peerId: string }): void {
    const { self, tag } = this.#context;
    if (id === self.id || !isMemberId(peerId, tag) || this.#host.isUnwanted(id, peerId)) return;
    this.#host.want(id, peerId, this.#context.peerId() < peerId ? 0 : DEFERENCE);
  }

  #tell(): void {
    this.#cancel?.();
    this.#cancel = null;
    const roster = this.roster();
    for (const { session } of this.#host.connected()) session?.send(roster);
  }

  #digest(): void {
    const { clock, signal } = this.#context;
    after(clock, DIGEST_INTERVAL, signal, () => {
      this.#tell();
      this.#digest();
    });
  }
}
