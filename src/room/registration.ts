import { SnapError } from '../errors.js';
import type { Claim, ClaimError, ClaimFailure, Connection, Signalling } from '../peer/channel.js';
import { backoff } from '../timing/backoff.js';
import { after, type Clock } from '../timing/clock.js';
import { newMemberId } from './keys.js';

/**
 * Waits between attempts to register with the server, or to reconnect, in ms. We find a server that
 * has a place again within 5 s, without flooding it.
 */
const RETRY = { first: 500, most: 5_000 };

/**
 * How long a registration must last to count, in ms: longer than it takes to notice that the server
 * relays nothing, and shorter than people like to wait to hear that they are in.
 */
export const KEPT = 4_000;

/** What {@link Registration} reports to the room. */
export interface RegistrationEvents {
  /** The server knows us, or no longer does; or `steady` has changed. */
  ononline(online: boolean): void;
  /** An attempt has failed. More will follow. */
  ontrouble(error: SnapError): void;
  /** The server refused us for good and has never let us in. No attempt will follow. */
  onrefused(error: SnapError): void;
  onconnection(connection: Connection): void;
  /** A peer dialled us, and no path was found. */
  onunreachable(peerId: string, error: SnapError): void;
}

/**
 * Keeps us registered at the PeerServer as a member, under an id that is new for each page load.
 * Others dial that id, and we dial others by it. If the server is lost, it reconnects for as long
 * as we stay in the room; if the id is lost, it takes a new one. Connections survive both.
 */
export class Registration {
  readonly #signalling: Signalling;
  readonly #tag: string;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #events: RegistrationEvents;
  /** The claim on `id`; null while registering. */
  #claim: Claim | null = null;
  /** Claims on ids that others now have. The connections that came through them live on. */
  readonly #former: Claim[] = [];
  #id: string;
  #registering = false;
  /**
   * Whether the server has ever let us in. If so, a refusal is temporary: the server may be full,
   * or lie.
   */
  #welcome = false;
  #attempts = 0;
  #cancelRetry: () => void = () => {};
  /** How often in a row the server let us in and dropped us too soon. */
  #drops = 0;
  /** Stops the wait for a registration to last; null when there is none. */
  #cancelKept: (() => void) | null = null;
  #waiting: (() => void)[] = [];

  constructor(
    context: { signalling: Signalling; tag: string; clock: Clock; signal: AbortSignal },
    events: RegistrationEvents,
  ) {
    this.#signalling = context.signalling;
    this.#tag = context.tag;
    this.#clock = context.clock;
    this.#signal = context.signal;
    this.#events = events;
    this.#id = newMemberId(context.tag);
  }

  /** Our PeerJS id. Changes if the server gave it to another while we were away. */
  get id(): string {
    return this.#id;
  }

  get online(): boolean {
    return this.#claim?.online ?? false;
  }

  /**
   * Whether we are registered and likely to stay so. A server that lets everybody in and drops them
   * at once does not count.
   */
  get steady(): boolean {
    return this.online && this.#drops < 2;
  }

  /** Starts registering. Call it once. */
  start(): void {
    void this.#register();
  }

  /** Asks whether the server still knows us; if we are offline, makes the next attempt now. */
  checkNow(): void {
    if (this.online) {
      this.#claim?.check();
      return;
    }
    this.#attempts = 0;
    this.#cancelRetry();
    this.#retry();
  }

  /** @throws {SnapError} As {@link Claim.dial} does. */
  async dial(id: string, timeout: number): Promise<Connection> {
    if (!this.#claim) throw new SnapError('peer-lost', { detail: 'not known to the PeerServer' });
    return this.#claim.dial(id, { timeout, signal: this.#signal });
  }

  /** Resolves when we are registered. */
  async ready(): Promise<void> {
    while (!this.online) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Releases the id and closes every connection that came through it. Synchronous. */
  close(): void {
    for (const claim of [this.#claim, ...this.#former]) claim?.close();
  }

  async #register(): Promise<void> {
    this.#registering = true;
    try {
      const claim = await this.#signalling.claim(this.#id, { signal: this.#signal });
      if (this.#signal.aborted) claim.close();
      else this.#hold(claim);
    } catch (error) {
      if (!this.#signal.aborted) this.#failed(error as ClaimError);
    } finally {
      this.#registering = false;
    }
  }

  #hold(claim: Claim): void {
    this.#claim = claim;
    this.#welcome = true;
    claim.onconnection = (connection) => this.#events.onconnection(connection);
    claim.onunreachable = (id, error) => this.#events.onunreachable(id, error);
    claim.ononline = (online) => this.#changed(online);
    claim.onlost = () => this.#lost(claim);
    this.#changed(true);
  }

  #lost(claim: Claim): void {
    this.#former.push(claim);
    this.#claim = null;
    this.#id = newMemberId(this.#tag);
    this.#events.ononline(false);
    void this.#register();
  }

  #changed(online: boolean): void {
    if (online) this.#letIn();
    else this.#letGo();
    this.#events.ononline(online);
  }

  #letIn(): void {
    this.#attempts = 0;
    this.#cancelRetry();
    this.#cancelKept?.();
    this.#cancelKept = after(this.#clock, KEPT, this.#signal, () => this.#kept());
    // The server says that it knows us. Whether it relays anything is another matter.
    this.#claim?.check();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #letGo(): void {
    if (this.#cancelKept) this.#drops += 1;
    this.#cancelKept?.();
    this.#cancelKept = null;
    // The first retry is the first attempt that counts as failed.
    if (this.#attempts > 0 || this.#drops > 1) this.#events.ontrouble(serverTrouble(this.#claim?.failure));
    this.#later();
  }

  #kept(): void {
    const wasSteady = this.steady;
    this.#cancelKept = null;
    this.#drops = 0;
    if (!wasSteady) this.#events.ononline(true);
  }

  #failed(error: ClaimError): void {
    if (error.final && !this.#welcome) {
      this.#events.onrefused(serverTrouble(error.reason, error));
      return;
    }
    if (error.reason === 'id-taken') this.#id = newMemberId(this.#tag);
    else this.#events.ontrouble(serverTrouble(error.reason, error));
    this.#later();
  }

  #later(): void {
    this.#attempts += 1;
    const delay = backoff(Math.max(this.#attempts, this.#drops), RETRY, this.#clock.random());
    this.#cancelRetry();
    this.#cancelRetry = after(this.#clock, delay, this.#signal, () => this.#retry());
  }

  #retry(): void {
    if (this.#claim) this.#claim.reconnect();
    else if (!this.#registering) void this.#register();
  }
}

/** The error for the page that says what is wrong with the server. */
export function serverTrouble(reason: ClaimFailure | undefined, cause?: ClaimError): SnapError {
  const code = reason === 'server-full' || reason === 'server-refused' ? reason : 'server-unreachable';
  return new SnapError(code, cause && { cause, detail: cause.message });
}
