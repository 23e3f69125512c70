import { after, type Clock } from './clock.js';
import type { Link } from './link.js';
import { MemberRecord } from './member.js';
import type { HelloMessage } from './messages.js';

/** How long a vanished member is awaited. By then the server has forgotten it, too; it comes back through a door. In ms. */
const GONE_AFTER = 60_000;

/** Who is here, and who has vanished and may come back at any moment. */
export class Members {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #byId = new Map<string, MemberRecord>();
  /** PeerJS ids of those who have said goodbye a short while ago. */
  readonly #departed = new Set<string>();

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
  of(link: Link): MemberRecord | undefined {
    return this.all.find((member) => member.link === link);
  }

  isConnected(id: string): boolean {
    return this.get(id)?.connected ?? false;
  }

  /** Whether whoever was to be found there has said goodbye. Others may not have heard it. */
  hasDeparted(peerId: string): boolean {
    return this.#departed.has(peerId);
  }

  /** The member is here by `link` from now on; the connection that it had before closes. */
  adopt(link: Link, hello: HelloMessage): MemberRecord {
    const known = this.get(hello.id);
    if (!known) {
      const member = new MemberRecord(link, hello);
      this.#byId.set(member.id, member);
      return member;
    }
    const former = known.link;
    known.take(link, hello);
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
    member.cancelWait();
    member.lose();
    this.#byId.delete(member.id);
    if (!saidGoodbye) return;
    const { peerId } = member;
    this.#departed.add(peerId);
    after(this.#clock, GONE_AFTER, this.#signal, () => this.#departed.delete(peerId));
  }
}
