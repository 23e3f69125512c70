import { after, type Clock } from '../timing/clock.js';
import type { PeerSession } from './peer-session.js';
import { MemberRecord } from './member.js';
import type { HelloMessage } from './messages.js';

/**
 * How long we wait for a member that vanished. By then the server has forgotten it as well, and it
 * will return through a door. In ms.
 */
const GONE_AFTER = 60_000;

/** Who is here, and who vanished and may return at any moment. */
export class Members {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #byId = new Map<string, MemberRecord>();
  /** Who said goodbye recently, with the address that it gave. */
  readonly #departed = new Set<string>();
  /** The PeerJS ids, as the server vouches for them, from which somebody said goodbye recently. */
  readonly #left = new Set<string>();

  constructor({ clock, signal }: { clock: Clock; signal: AbortSignal }) {
    this.#clock = clock;
    this.#signal = signal;
  }

  get all(): MemberRecord[] {
    return [...this.#byId.values()];
  }

  get connected(): MemberRecord[] {
    return this.all.filter((member) => member.connected);
  }

  get(id: string): MemberRecord | undefined {
    return this.#byId.get(id);
  }

  /** The member whose current connection this is. */
  of(session: PeerSession): MemberRecord | undefined {
    return this.all.find((member) => member.session === session);
  }

  isConnected(id: string): boolean {
    return this.get(id)?.connected ?? false;
  }

  /** Whether the member said goodbye at that address. Others may not have heard it. */
  hasDeparted(id: string, peerId: string): boolean {
    return this.#departed.has(`${id} ${peerId}`);
  }

  /** Whether the holder of this PeerJS id said goodbye. */
  hasLeft(peerId: string): boolean {
    return this.#left.has(peerId);
  }

  /** Makes `session` the member's connection, and closes the one before it. */
  adopt(session: PeerSession, hello: HelloMessage): MemberRecord {
    const known = this.get(hello.id);
    if (!known) {
      const member = new MemberRecord(session, hello);
      this.#byId.set(member.id, member);
      return member;
    }
    const former = known.session;
    known.take(session, hello);
    // Only now, so that its end does not count as the loss of a member.
    former?.close();
    return known;
  }

  /** Waits for a member that vanished. Calls `ongone` if it has not returned in time. */
  await(member: MemberRecord, ongone: () => void): void {
    member.lose();
    member.cancelWait = after(this.#clock, GONE_AFTER, this.#signal, ongone);
  }

  remove(member: MemberRecord, { saidGoodbye }: { saidGoodbye: boolean }): void {
    const reachedAt = member.session?.connection.remoteId ?? '';
    member.cancelWait();
    member.lose();
    this.#byId.delete(member.id);
    if (!saidGoodbye) return;
    this.#note(this.#departed, `${member.id} ${member.peerId}`);
    this.#note(this.#left, reachedAt);
  }

  #note(notes: Set<string>, text: string): void {
    notes.add(text);
    after(this.#clock, GONE_AFTER, this.#signal, () => notes.delete(text));
  }
}
