import { Moments, now } from './clock.js';
import { MainThread } from './main-thread.js';

declare global {
  /** The interface between the bench and a page, for any contestant. */
  var bench: Contestant<unknown>;
}

/** The most that `crypto.getRandomValues` returns in one call. */
const RANDOM_AT_ONCE = 65_536;

/**
 * A contestant in its page, with its own type of value. The bench calls it from Node. Times are in
 * ms since the epoch.
 */
export abstract class Contestant<Value> {
  readonly #values = new Map<string, Value>();
  readonly #arrivals = new Moments<number>();
  readonly #mainThread = new MainThread();

  /** In the receiving page: returns what the sending page needs to connect. */
  abstract invite(): Promise<string>;

  /**
   * In the sending page: connects to the pages that made the invitations. Returns the answers, in
   * the same order.
   */
  abstract join(invitations: readonly string[]): Promise<string[]>;

  /** In the receiving page: takes the answer of the sending page. */
  admit(_answer: string): Promise<void> {
    return Promise.resolve();
  }

  /** Resolves when all connections of this page are open. */
  abstract opened(): Promise<void>;

  /** Creates a value to send, under a name, before the clock starts. */
  async prepare(name: string, bytes: number): Promise<void> {
    this.#values.set(name, await this.make(randomBytes(bytes), name));
  }

  /** Sends the value to all connected pages. Returns the time of the call. */
  send(name: string): number {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`Nothing called ${name} was prepared`);
    this.#values.delete(name);
    const started = now();
    this.transmit(value, name);
    return started;
  }

  /**
   * Resolves when the next value of exactly that many bytes has arrived. Call it before it is sent.
   */
  received(bytes: number): Promise<number> {
    return this.#arrivals.next(bytes);
  }

  /** Starts to watch for long tasks. */
  watchMainThread(): void {
    this.#mainThread.watch();
  }

  /**
   * The longest task since {@link watchMainThread}, in ms; shorter ones than 50 may count as up to
   * 50.
   */
  longestTask(): number {
    return this.#mainThread.longest();
  }

  /** Converts bytes to what this contestant sends fastest. */
  protected abstract make(bytes: Uint8Array<ArrayBuffer>, name: string): Value | Promise<Value>;

  protected abstract transmit(value: Value, name: string): void;

  /** Call this when a value of that many bytes has arrived. */
  protected arrived(bytes: number): void {
    this.#arrivals.happened(bytes);
  }
}

function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  const random = crypto.getRandomValues(new Uint8Array(RANDOM_AT_ONCE));
  for (let at = 0; at < length; at += RANDOM_AT_ONCE) bytes.set(random.subarray(0, length - at), at);
  return bytes;
}

/** A parameter of the page's query string. */
export function parameter(name: string): string {
  const value = new URLSearchParams(location.search).get(name);
  if (value === null) throw new Error(`The page's address lacks ${name}`);
  return value;
}
