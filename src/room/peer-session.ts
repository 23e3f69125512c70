import { SnapError } from '../errors.js';
import type { Channel, Connection } from '../peer/channel.js';
import { after, type Clock } from '../timing/clock.js';
import { Handshake } from './handshake.js';
import { hasSigned } from './identity.js';
import type { HelloMessage, RoomMessage, RosterMessage } from './messages.js';
import { parseRoomMessage } from './parse.js';
import { Heartbeat } from './heartbeat.js';

/**
 * How long the next message may take on the way from the open channel to being let in, in ms. There
 * are seven, of which each waits for the one before: so a long path has its time, and a stranger
 * that says nothing is gone within 6 s, with a second to spare. One with a nonce, and no proof,
 * within 10.
 */
const STEP_TIMEOUT = 5_000;
/** How long all of them may take, in ms. */
const ADMISSION_TIMEOUT = 20_000;
/**
 * A connection that the other side ends after so long, before anybody was let in, has taken too
 * long for it. In ms.
 */
const REMOTE_TIMEOUT = 4_000;
/**
 * A timer that is this late was asleep, with the tab or the whole machine, and tells nothing of the
 * path. In ms.
 */
const SLEPT = 3_000;

/** How long the other side has to close after a refusal, before we do: it shall read why. In ms. */
const REFUSAL_TIMEOUT = 2_000;

/** What is said once both sides are in. */
export type MemberMessage = Extract<RoomMessage, { type: 'roster' | 'bye' }>;

/** What a {@link PeerSession} asks of its room. */
export interface PeerSessionHost {
  readonly key: Uint8Array;
  readonly clock: Clock;
  /** What we say of ourselves, and sign. */
  hello(statement: Uint8Array): HelloMessage;
  /** Initiator: who we have reached. Return whether we want this connection. */
  onreached(session: PeerSession, hello: HelloMessage): boolean;
  /** Responder: who asks to be let in. Call `welcome`, `refuse` or `close`. */
  oncaller(session: PeerSession, hello: HelloMessage): void;
  /** Initiator: we have been let in. */
  onwelcome(session: PeerSession, roster: RosterMessage): void;
  onmessage(session: PeerSession, message: MemberMessage): void;
  /** The round trip of a session was measured. */
  onroundtrip(session: PeerSession): void;
  /** A session that is watched closely has fallen silent. */
  onquiet(): void;
}

/**
 * One connection, from the first nonce to the last ping: proves it, introduces both sides (see
 * messages.ts), then carries the room's messages. Anything out of turn closes it, with
 * `peer-unverified` before the proof and `peer-protocol` after.
 */
export class PeerSession {
  readonly connection: Connection;
  readonly heartbeat: Heartbeat;
  /**
   * Resolves to true when the other side turned out to belong to the room (whether or not we stay
   * connected), to false when not.
   */
  readonly answered: Promise<boolean>;
  /** When it was let in, in the clock's ms; 0 before. */
  since = 0;

  readonly #host: PeerSessionHost;
  readonly #room: Channel;
  readonly #handshake: Handshake;
  #answer: (answered: boolean) => void = () => {};
  readonly #openedAt: number;
  /** When the next message has to be here at the latest. */
  #deadline = Infinity;
  #stopTimeout: () => void = () => {};
  #closedHere = false;
  /** What may come next. */
  #awaits: 'proof' | 'hello' | 'welcome' | 'anything' | 'nothing' = 'proof';
  #hello: HelloMessage | null = null;

  constructor(connection: Connection, host: PeerSessionHost) {
    this.connection = connection;
    this.#host = host;
    this.#room = connection.channel('room');
    this.#handshake = new Handshake(connection, host.key);
    this.heartbeat = new Heartbeat(connection, {
      clock: host.clock,
      send: (message) => this.send(message),
      onquiet: () => host.onquiet(),
    });
    this.answered = new Promise((resolve) => (this.#answer = resolve));
    connection.closed.addEventListener('abort', () => this.#answer(false), { once: true });
    this.#openedAt = host.clock.now();
    this.#allow();
    this.#room.onmessage = (text) => this.#receive(text);
    if (connection.role === 'initiator') this.send(this.#handshake.nonce);
  }

  /** Whether the other side has proven that it belongs here. */
  get proven(): boolean {
    return this.#handshake.done;
  }

  /** What the other side has said of itself, and shown: the id is its own. */
  get hello(): HelloMessage | null {
    return this.#hello;
  }

  get closed(): AbortSignal {
    return this.connection.closed;
  }

  /**
   * Once it is closed: whether the other side has ended it because one of us took too long to be
   * let in.
   */
  get remoteTimedOut(): boolean {
    const now = this.#host.clock.now();
    const slept = now - this.#deadline > SLEPT;
    return !this.#closedHere && this.since === 0 && now - this.#openedAt >= REMOTE_TIMEOUT && !slept;
  }

  /** Responder: lets the caller in. */
  welcome(roster: RosterMessage): void {
    this.send(roster);
    this.#open();
  }

  /** Responder: turns the caller away. */
  refuse(): void {
    const full = new SnapError('room-full');
    this.send({ type: 'refused', code: 'room-full' });
    this.#stopTimeout();
    this.#stopTimeout = after(this.#host.clock, REFUSAL_TIMEOUT, this.closed, () => this.close(full));
  }

  /** Sends, unless it has closed: that is told by `closed`, and nobody has to be careful. */
  send(message: RoomMessage): void {
    if (this.closed.aborted) return;
    try {
      this.#room.send(JSON.stringify(message));
    } catch (error) {
      this.close(SnapError.from(error, 'peer-lost'));
    }
  }

  /** Says goodbye, if we are in, and closes. */
  leave(final: boolean): void {
    // The other side lets us in a moment before we know.
    if (this.#awaits === 'welcome' || this.#awaits === 'anything') this.send({ type: 'bye', final });
    this.close();
  }

  close(reason?: Error): void {
    this.#closedHere = !this.closed.aborted;
    this.connection.close(reason);
  }

  #receive(text: string | Uint8Array): void {
    try {
      this.#take(parseRoomMessage(text));
    } catch (error) {
      const { message } = SnapError.from(error, 'peer-protocol');
      const unverified = () => new SnapError('peer-unverified', { cause: error, detail: message });
      this.close(this.proven ? SnapError.from(error, 'peer-protocol') : unverified());
    }
  }

  #take(message: RoomMessage): void {
    const awaits = this.#awaits;
    const { type } = message;
    if (awaits === 'nothing') return;
    if (awaits === 'proof') this.#takeProof(message);
    else if (awaits === 'hello' && type === 'hello') this.#takeHello(message);
    else if (awaits === 'welcome' && type === 'roster') this.#takeWelcome(message);
    else if (awaits === 'welcome' && type === 'refused') this.#takeRefusal(new SnapError(message.code));
    else if (awaits === 'anything') this.#takeAnything(message);
    else throw new SnapError('peer-protocol', { detail: `${type} instead of ${awaits}` });
    if (this.since === 0 && this.#awaits !== 'nothing') this.#allow();
  }

  #takeProof(message: RoomMessage): void {
    const answer = this.#handshake.take(message);
    if (answer) this.send(answer);
    if (!this.proven) return;
    this.connection.trust();
    this.#awaits = 'hello';
    if (this.connection.role === 'responder') this.send(this.#host.hello(this.#handshake.ourStatement));
  }

  #takeHello(hello: HelloMessage): void {
    if (!hasSigned(hello.id, this.#handshake.theirStatement, hello))
      throw new SnapError('peer-protocol', { detail: 'it does not show that it is who it says' });
    this.#hello = hello;
    if (this.connection.role === 'responder') {
      this.#awaits = 'nothing';
      this.#host.oncaller(this, hello);
    } else if (this.#host.onreached(this, hello)) {
      this.#awaits = 'welcome';
      this.send(this.#host.hello(this.#handshake.ourStatement));
    } else {
      this.#answer(true);
      this.close();
    }
  }

  #takeRefusal(reason: SnapError): void {
    this.#answer(true);
    this.close(reason);
  }

  #takeWelcome(roster: RosterMessage): void {
    this.#open();
    this.#host.onwelcome(this, roster);
  }

  #takeAnything(message: RoomMessage): void {
    switch (message.type) {
      case 'ping':
        this.send({ type: 'pong', number: message.number });
        break;
      case 'pong':
        if (this.heartbeat.pong(message.number)) this.#host.onroundtrip(this);
        break;
      case 'roster':
      case 'bye':
        this.#host.onmessage(this, message);
        break;
      default:
        throw new SnapError('peer-protocol', { detail: `${message.type} at this point` });
    }
  }

  #open(): void {
    this.#stopTimeout();
    this.#answer(true);
    this.#awaits = 'anything';
    this.since = this.#host.clock.now();
    this.heartbeat.start();
  }

  /** The next message has its time. */
  #allow(): void {
    const { clock } = this.#host;
    const now = clock.now();
    const wait = Math.min(STEP_TIMEOUT, this.#openedAt + ADMISSION_TIMEOUT - now);
    this.#deadline = now + wait;
    this.#stopTimeout();
    this.#stopTimeout = after(clock, wait, this.closed, () => this.#late());
  }

  #late(): void {
    const slept = this.#host.clock.now() - this.#deadline > SLEPT;
    this.close(
      this.proven && slept ? new SnapError('peer-lost', { detail: 'we have slept' }) : tooLong(this),
    );
  }
}

/**
 * Why it came to nothing. A member that takes too long has broken no rule; somebody who has proven
 * nothing may be anybody.
 */
export function tooLong({ proven }: PeerSession): SnapError {
  return new SnapError(proven ? 'peer-unreachable' : 'peer-unverified', { detail: 'took too long' });
}
