import { SnapError } from '../errors.js';
import type { Connection } from '../peer/channel.js';
import type { AccessControl } from './access-control.js';
import type { Clock } from '../timing/clock.js';
import type { Identity } from './identity.js';
import { PeerSession, tooLong, type PeerSessionHost, type MemberMessage } from './peer-session.js';
import { VERSIONS, type HelloMessage, type RosterMessage } from './messages.js';
import type { Penalties } from './penalties.js';

export interface PeerSessionsContext {
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

/** What a {@link PeerSessions} tells. */
export interface PeerSessionsEvents {
  /** What we have to tell somebody who has just come. */
  roster(): RosterMessage;
  /** Both sides are in. `roster` is what the other side has told already, if anything. */
  onadmitted(session: PeerSession, hello: HelloMessage, roster: RosterMessage | null): void;
  onmessage(session: PeerSession, message: MemberMessage): void;
  onroundtrip(session: PeerSession): void;
  onquiet(): void;
  /** A session has closed, however far it had come. */
  onclosed(session: PeerSession, reason: SnapError): void;
  /**
   * An id was dialled in vain: with `peer-lost`, unless somebody is there and no path leads to it.
   */
  ondialfailed(peerId: string, error: SnapError): void;
}

/**
 * Takes on every fresh connection, whoever dialled, and brings it to where its other side is
 * admitted, refused, or gone.
 */
export class PeerSessions implements PeerSessionHost {
  readonly #context: PeerSessionsContext;
  readonly #events: PeerSessionsEvents;
  readonly #access: AccessControl;
  readonly #penalties: Penalties;
  readonly #sessions = new Set<PeerSession>();

  constructor(
    context: PeerSessionsContext,
    { access, penalties }: { access: AccessControl; penalties: Penalties },
    events: PeerSessionsEvents,
  ) {
    this.#context = context;
    this.#access = access;
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
      const session = this.receive(await this.#context.dial(peerId, timeout));
      return (await session?.answered) ?? false;
    } catch (error) {
      if (!this.#context.signal.aborted)
        this.#events.ondialfailed(peerId, SnapError.from(error, 'peer-lost'));
      return false;
    }
  }

  /** Takes on a connection; closes it if we have left meanwhile. */
  receive(connection: Connection): PeerSession | null {
    if (this.#context.signal.aborted) {
      connection.close();
      return null;
    }
    const session = new PeerSession(connection, this);
    this.#sessions.add(session);
    session.closed.addEventListener('abort', () => this.#closed(session), { once: true });
    return session;
  }

  /** Whether a connection to that id is there, admitted or on its way. */
  isComing(peerId: string): boolean {
    return [...this.#sessions].some(({ connection }) => connection.remoteId === peerId);
  }

  /** Says goodbye, for good or not, and closes every connection. Synchronous. */
  close(final: boolean): void {
    for (const session of this.#sessions) session.leave(final);
  }

  hello(statement: Uint8Array): HelloMessage {
    const { identity, name, sendOnly } = this.#context.self;
    const { id } = identity;
    const peerId = this.#context.peerId();
    return { type: 'hello', versions: VERSIONS, id, ...identity.sign(statement), name, sendOnly, peerId };
  }

  onreached(session: PeerSession, hello: HelloMessage): boolean {
    const decision = this.#access.judge(session, hello);
    if (decision instanceof Error) session.close(decision);
    return decision === 'welcome' && !this.#access.has(hello);
  }

  oncaller(session: PeerSession, hello: HelloMessage): void {
    const decision = this.#access.judge(session, hello);
    if (decision === 'full') session.refuse();
    else if (decision !== 'welcome') session.close(decision);
    else {
      session.welcome(this.#events.roster());
      this.#events.onadmitted(session, hello, null);
    }
  }

  onwelcome(session: PeerSession, roster: RosterMessage): void {
    const hello = session.hello!;
    const decision = this.#access.judge(session, hello);
    if (decision !== 'welcome') session.close(decision === 'full' ? new SnapError('room-full') : decision);
    else {
      session.send(this.#events.roster());
      this.#events.onadmitted(session, hello, roster);
    }
  }

  onmessage(session: PeerSession, message: MemberMessage): void {
    this.#events.onmessage(session, message);
  }

  onroundtrip(session: PeerSession): void {
    this.#events.onroundtrip(session);
  }

  onquiet(): void {
    this.#events.onquiet();
  }

  #closed(session: PeerSession): void {
    this.#sessions.delete(session);
    if (this.#context.signal.aborted) return;
    this.#events.onclosed(session, whyClosed(session));
  }
}

function whyClosed(session: PeerSession): SnapError {
  const reason = SnapError.from(session.closed.reason, 'peer-lost');
  // Whom we dial ought to prove itself; one that will not may be somebody in the middle, whose
  // other side has refused.
  const isEvasive = reason.code === 'peer-lost' && !session.proven && session.connection.role === 'initiator';
  if (!isEvasive) return reason.code === 'peer-lost' && session.remoteTimedOut ? tooLong(session) : reason;
  return new SnapError('peer-unverified', {
    cause: reason,
    detail: 'it closed before it had proven anything',
  });
}
