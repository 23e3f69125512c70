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
  /** Aborts when we leave the room. */
  readonly signal: AbortSignal;
  readonly self: { readonly identity: Identity; readonly name: string; readonly sendOnly: boolean };
  /** Our current PeerJS id. */
  peerId(): string;
  /** Whether the PeerServer knows us. */
  online(): boolean;
  dial(peerId: string, timeout: number): Promise<Connection>;
}

/** What {@link PeerSessions} reports to the mesh, and the roster that it asks for. */
export interface PeerSessionsEvents {
  /** Our roster, for a peer that has just joined. */
  roster(): RosterMessage;
  /** Both sides have admitted each other. `roster` is the peer's, if it has sent one. */
  onadmitted(session: PeerSession, hello: HelloMessage, roster: RosterMessage | null): void;
  onmessage(session: PeerSession, message: MemberMessage): void;
  onroundtrip(session: PeerSession): void;
  onquiet(): void;
  /** A session has closed, at whatever stage. */
  onclosed(session: PeerSession, reason: SnapError): void;
  /** A dial failed: with `peer-lost`, unless the peer is there and no path was found. */
  ondialfailed(peerId: string, error: SnapError): void;
}

/**
 * Takes over every new connection, whoever dialled it, and guides it until the peer is admitted,
 * refused or gone. Keeps all sessions until they close.
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

  /** Dials an id. Resolves to whether a member of the room answered; does not reject. */
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

  /** Takes over a connection. Closes it if we have left meanwhile. */
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

  /** Whether there is a connection to that id, admitted or not. */
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
  // A peer that we dial is expected to prove itself. If it closes instead, somebody may stand in
  // the middle, and the real peer has refused.
  const isEvasive = reason.code === 'peer-lost' && !session.proven && session.connection.role === 'initiator';
  if (!isEvasive) return reason.code === 'peer-lost' && session.remoteTimedOut ? tooLong(session) : reason;
  return new SnapError('peer-unverified', {
    cause: reason,
    detail: 'it closed before it had proven anything',
  });
}
