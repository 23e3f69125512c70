import { SnapError } from '../errors.js';
import type { Channel, Connection } from '../peer/channel.js';
import { after, type Clock } from '../timing/clock.js';
import { Handshake } from './handshake.js';
import { hasSigned } from './identity.js';
import type { HelloMessage, RoomMessage, RosterMessage } from './messages.js';
import { parseRoomMessage } from './parse.js';
import { Heartbeat } from './heartbeat.js';

/**
 * How long each message may take, from the open channel to admission, in ms. There are seven, and
 * each waits for the one before. So a slow path has enough time; yet a silent stranger is gone
 * within 6 s, and one that sends a nonce but no proof within 10.
 */
const STEP_TIMEOUT = 5_000;
/** How long all of them may take together, in ms. */
const ADMISSION_TIMEOUT = 20_000;
/**
 * If the peer closes the connection this long after it opened, and before admission, its time has
 * run out. In ms.
 */
const REMOTE_TIMEOUT = 4_000;
/**
 * A timer that is this late was asleep, together with the tab or the machine, and says nothing
 * about the path. In ms.
 */
const SLEPT = 3_000;

/** How long the peer has to read the refusal and close, before we do. In ms. */
const REFUSAL_TIMEOUT = 2_000;

/** Messages between members, beside pings. */
export type MemberMessage = Extract<RoomMessage, { type: 'roster' | 'bye' }>;

/** What a {@link PeerSession} needs from its room. */
export interface PeerSessionHost {
  readonly key: Uint8Array;
  readonly clock: Clock;
  /** Our introduction, with the statement signed. */
  hello(statement: Uint8Array): HelloMessage;
  /** Initiator: the peer that we dialled has introduced itself. Return whether to go on. */
  onreached(session: PeerSession, hello: HelloMessage): boolean;
  /** Responder: the caller asks to join. Call `welcome`, `refuse` or `close`. */
  oncaller(session: PeerSession, hello: HelloMessage): void;
  /** Initiator: the peer has let us in. */
  onwelcome(session: PeerSession, roster: RosterMessage): void;
  onmessage(session: PeerSession, message: MemberMessage): void;
  /** The round trip has been measured. */
  onroundtrip(session: PeerSession): void;
  /** A session that is watched closely has gone quiet. */
  onquiet(): void;
}

/**
 * One connection to a peer, from the first nonce to the last ping: proves it, introduces both sides
 * (see messages.ts), then carries the messages of the room. An unexpected message closes it, with
 * `peer-unverified` before the proof and `peer-protocol` after.
 */
export class PeerSession {
  readonly connection: Connection;
  readonly heartbeat: Heartbeat;
  /** Resolves to whether the peer proved to be of this room, even if the connection is not kept. */
  readonly answered: Promise<boolean>;
  /** When the peer was admitted, in the clock's ms; 0 before. */
  since = 0;

  readonly #host: PeerSessionHost;
  readonly #room: Channel;
  readonly #handshake: Handshake;
  #answer: (answered: boolean) => void = () => {};
  readonly #openedAt: number;
  /** When the next message is due. */
  #deadline = Infinity;
  #stopTimeout: () => void = () => {};
  #closedHere = false;
  /** Which message may come next. */
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

  /** Whether the peer has proven that it knows the room's key. */
  get proven(): boolean {
    return this.#handshake.done;
  }

  /** How the peer introduced itself. Its signature has been checked, so the id is its own. */
  get hello(): HelloMessage | null {
    return this.#hello;
  }

  get closed(): AbortSignal {
    return this.connection.closed;
  }

  /** Once closed: whether the peer closed it because admission took too long. */
  get remoteTimedOut(): boolean {
    const now = this.#host.clock.now();
    const slept = now - this.#deadline > SLEPT;
    return !this.#closedHere && this.since === 0 && now - this.#openedAt >= REMOTE_TIMEOUT && !slept;
  }

  /** Responder: admits the caller. */
  welcome(roster: RosterMessage): void {
    this.send(roster);
    this.#open();
  }

  /** Responder: turns the caller away, because the room is full. */
  refuse(): void {
    const full = new SnapError('room-full');
    this.send({ type: 'refused', code: 'room-full' });
    this.#stopTimeout();
    this.#stopTimeout = after(this.#host.clock, REFUSAL_TIMEOUT, this.closed, () => this.close(full));
  }

  /** Sends the message, or drops it if the connection has closed. */
  send(message: RoomMessage): void {
    if (this.closed.aborted) return;
    try {
      this.#room.send(JSON.stringify(message));
    } catch (error) {
      this.close(SnapError.from(error, 'peer-lost'));
    }
  }

  /** Closes the connection, and says goodbye first if the peer may have admitted us. */
  leave(final: boolean): void {
    // The peer admits us a moment before we know it.
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

  /** Starts the time for the next message. */
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
 * The error of a session that timed out. A slow member has broken no rule, but a peer without a
 * proof may be anybody.
 */
export function tooLong({ proven }: PeerSession): SnapError {
  return new SnapError(proven ? 'peer-unreachable' : 'peer-unverified', { detail: 'took too long' });
}
