import { after, type Clock } from '../timing/clock.js';
import type { PeerSession } from './peer-session.js';
import { MemberRecord } from './member.js';
import type { HelloMessage } from './messages.js';

/**
 * How long a vanished member is awaited. By then the server has forgotten it, too; it comes back
 * through a door. In ms.
 */
const GONE_AFTER = 60_000;

/** Who is here, and who has vanished and may come back at any moment. */
export class Members {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #byId = new Map<string, MemberRecord>();
  /** Who has said goodbye a short while ago, and where it said that it was to be found. */
  readonly #departed = new Set<string>();
  /** PeerJS ids whose holders did so: those that the server vouches for. */
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

  /** Whose present connection it is. */
  of(session: PeerSession): MemberRecord | undefined {
    return this.all.find((member) => member.session === session);
  }

  isConnected(id: string): boolean {
    return this.get(id)?.connected ?? false;
  }

  /** Whether the member has said goodbye there. Others may not have heard it. */
  hasDeparted(id: string, peerId: string): boolean {
    return this.#departed.has(`${id} ${peerId}`);
  }

  /** Whether whoever has this PeerJS id has said goodbye. */
  hasLeft(peerId: string): boolean {
    return this.#left.has(peerId);
  }

  /** The member is here by `session` from now on; the connection that it had before closes. */
  adopt(session: PeerSession, hello: HelloMessage): MemberRecord {
    const known = this.get(hello.id);
    if (!known) {
      const member = new MemberRecord(session, hello);
      this.#byId.set(member.id, member);
      return member;
    }
    const former = known.session;
    known.take(session, hello);
    // Only now, so that its end is nobody's loss.
    former?.close();
    return known;
  }

  /** Waits for a vanished member; `ongone` is called when it did not come back in time. */
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
