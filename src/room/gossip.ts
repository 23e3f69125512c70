import { after, type Clock } from '../timing/clock.js';
import { isMemberId } from './keys.js';
import type { MemberRecord } from './member.js';
import type { RosterMessage } from './messages.js';

/**
 * Of two members that hear of each other, the one with the smaller id dials at once, the other only
 * after this. In ms.
 */
const DEFERENCE = 3_000;
/** How often everybody tells everybody whom they see, whether or not it has changed. In ms. */
const DIGEST_INTERVAL = 10_000;
/** Changes within this time are told together. In ms. */
const DELAY = 100;

/** Who we are. */
export interface GossipContext {
  readonly tag: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly self: { readonly id: string; readonly name: string };
  /** Our PeerJS id at this moment. */
  peerId(): string;
  /** Doors that we hold. */
  doors(): number[];
}

/** What {@link Gossip} asks of its mesh. */
export interface GossipHost {
  connected(): MemberRecord[];
  /** Whether the member is here, or may not come. */
  isUnwanted(id: string, peerId: string): boolean;
  /** Dials a member that was heard of, `delay` ms from now. */
  want(id: string, peerId: string, delay: number): void;
}

/**
 * Everybody tells everybody whom they see, so that two who share an acquaintance find each other. A
 * member is present for us only when we have a proven connection of our own; what others say is
 * worth a dial.
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

  /** What we have to tell. */
  roster(): RosterMessage {
    const { self } = this.#context;
    const members = this.#host.connected().map(({ id, peerId }) => ({ id, peerId }));
    const peerId = this.#context.peerId();
    return { type: 'roster', name: self.name, peerId, doors: this.#context.doors(), members };
  }

  /** Something about us or our connections has changed: tells it soon. */
  soon(): void {
    const { clock, signal } = this.#context;
    this.#cancel ??= after(clock, DELAY, signal, () => this.#tell());
  }

  /** `member` has told us. */
  hear(member: MemberRecord, { name, peerId, doors, members }: RosterMessage): void {
    if (isMemberId(peerId, this.#context.tag)) member.peerId = peerId;
    member.name = name;
    member.doors = doors;
    member.sees = members;
    // Newcomers depend on whoever holds a door.
    member.session?.heartbeat.watch(doors.length > 0);
    for (const other of members) this.#hearOf(other);
  }

  /** Whether anybody we are connected to sees the member. */
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
