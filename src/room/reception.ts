import { SnapError } from '../errors.js';
import type { Connection } from '../peer/channel.js';
import type { Admission } from './admission.js';
import type { Clock } from './clock.js';
import type { Identity } from './identity.js';
import { Link, tooLong, type LinkHost, type MemberMessage } from './link.js';
import { VERSIONS, type HelloMessage, type RosterMessage } from './messages.js';
import type { Penalties } from './penalties.js';

export interface ReceptionContext {
  readonly key: Uint8Array;
  readonly clock: Clock;
  /** Aborts when the room is left. */
  readonly signal: AbortSignal;
  readonly self: { readonly identity: Identity; readonly name: string; readonly sendOnly: boolean };
  /** Our PeerJS id at this moment. */
  peerId(): string;
  /** Whether the PeerServer knows us. */
  online(): boolean;
  dial(peerId: string, timeout: number): Promise<Connection>;
}

/** What a {@link Reception} tells. */
export interface ReceptionEvents {
  /** What we have to tell somebody who has just come. */
  roster(): RosterMessage;
  /** Both sides are in. `roster` is what the other side has told already, if anything. */
  onadmitted(link: Link, hello: HelloMessage, roster: RosterMessage | null): void;
  onmessage(link: Link, message: MemberMessage): void;
  onmeasured(link: Link): void;
  onquiet(): void;
  /** A link has closed, however far it had come. */
  onclosed(link: Link, reason: SnapError): void;
  /**
   * An id was dialled in vain: with `peer-lost`, unless somebody is there and no path leads to it.
   */
  onmissed(peerId: string, error: SnapError): void;
}

/**
 * Takes on every fresh connection, whoever dialled, and brings it to where its other side is
 * admitted, refused, or gone.
 */
export class Reception implements LinkHost {
  readonly #context: ReceptionContext;
  readonly #events: ReceptionEvents;
  readonly #admission: Admission;
  readonly #penalties: Penalties;
  readonly #links = new Set<Link>();

  constructor(
    context: ReceptionContext,
    { admission, penalties }: { admission: Admission; penalties: Penalties },
    events: ReceptionEvents,
  ) {
    this.#context = context;
    this.#admission = admission;
    this.#penalties = penalties;
    this.#events = events;
  }

  get key(): Uint8Array {
    return this.#context.key;
  }

  get clock(): Clock {
    return this.#context.clock;
  }

  /**
   * Dials an id. Resolves to whether somebody answered who belongs to the room; does not reject.
   */
  async reach(peerId: string, timeout: number): Promise<boolean> {
    if (this.#penalties.bars(peerId)) return false;
    try {
      const link = this.receive(await this.#context.dial(peerId, timeout));
      return (await link?.answered) ?? false;
    } catch (error) {
      if (!this.#context.signal.aborted) this.#events.onmissed(peerId, SnapError.from(error, 'peer-lost'));
      return false;
    }
  }

  /** Takes on a connection; closes it if we have left meanwhile. */
  receive(connection: Connection): Link | null {
    if (this.#context.signal.aborted) {
      connection.close();
      return null;
    }
    const link = new Link(connection, this);
    this.#links.add(link);
    link.closed.addEventListener('abort', () => this.#closed(link), { once: true });
    return link;
  }

  /** Whether a connection to that id is there, admitted or on its way. */
  isComing(peerId: string): boolean {
    return [...this.#links].some(({ connection }) => connection.remoteId === peerId);
  }

  /** Says goodbye, for good or not, and closes every connection. Synchronous. */
  close(final: boolean): void {
    for (const link of this.#links) link.leave(final);
  }

  hello(statement: Uint8Array): HelloMessage {
    const { identity, name, sendOnly } = this.#context.self;
    const { id } = identity;
    const peerId = this.#context.peerId();
    return { type: 'hello', versions: VERSIONS, id, ...identity.sign(statement), name, sendOnly, peerId };
  }

  onreached(link: Link, hello: HelloMessage): boolean {
    const verdict = this.#admission.judge(link, hello);
    if (verdict instanceof Error) link.close(verdict);
    return verdict === 'welcome' && !this.#admission.has(hello);
  }

  oncaller(link: Link, hello: HelloMessage): void {
    const verdict = this.#admission.judge(link, hello);
    if (verdict === 'full') link.refuse();
    else if (verdict !== 'welcome') link.close(verdict);
    else {
      link.welcome(this.#events.roster());
      this.#events.onadmitted(link, hello, null);
    }
  }

  onwelcome(link: Link, roster: RosterMessage): void {
    const hello = link.hello!;
    const verdict = this.#admission.judge(link, hello);
    if (verdict !== 'welcome') link.close(verdict === 'full' ? new SnapError('room-full') : verdict);
    else {
      link.send(this.#events.roster());
      this.#events.onadmitted(link, hello, roster);
    }
  }

  onmessage(link: Link, message: MemberMessage): void {
    this.#events.onmessage(link, message);
  }

  onmeasured(link: Link): void {
    this.#events.onmeasured(link);
  }

  onquiet(): void {
    this.#events.onquiet();
  }

  #closed(link: Link): void {
    this.#links.delete(link);
    if (this.#context.signal.aborted) return;
    this.#events.onclosed(link, whyClosed(link));
  }
}

function whyClosed(link: Link): SnapError {
  const reason = SnapError.from(link.closed.reason, 'peer-lost');
  // Whom we dial ought to prove itself; one that will not may be somebody in the middle, whose
  // other side has refused.
  const isEvasive = reason.code === 'peer-lost' && !link.proven && link.connection.role === 'initiator';
  if (!isEvasive) return reason.code === 'peer-lost' && link.dragged ? tooLong(link) : reason;
  return new SnapError('peer-unverified', {
    cause: reason,
    detail: 'it closed before it had proven anything',
  });
}
