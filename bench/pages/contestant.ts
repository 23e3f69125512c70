import { Moments, now } from './clock.js';
import { MainThread } from './main-thread.js';

declare global {
  /** What the bench asks a page to do, whichever contestant is in it. */
  var bench: Contestant<unknown>;
}

/** How much `crypto.getRandomValues` gives at once. */
const RANDOM_AT_ONCE = 65_536;

/**
 * What one contestant does in its page, with values of its own kind. The bench calls it from Node;
 * times are in ms since the epoch.
 */
export abstract class Contestant<Value> {
  readonly #values = new Map<string, Value>();
  readonly #arrivals = new Moments<number>();
  readonly #mainThread = new MainThread();

  /** In the receiving page: what the sending page needs in order to connect. */
  abstract invite(): Promise<string>;

  /**
   * In the sending page: connects to those who gave the invitations. Returns what to tell them, in
   * the same order.
   */
  abstract join(invitations: readonly string[]): Promise<string[]>;

  /** In the receiving page: what the sending page had to say. */
  admit(_answer: string): Promise<void> {
    return Promise.resolve();
  }

  /** Resolves when everything that this page connects to is connected. */
  abstract opened(): Promise<void>;

  /** Makes something to send, under a name, before the clock starts. */
  async prepare(name: string, bytes: number): Promise<void> {
    this.#values.set(name, await this.make(randomBytes(bytes), name));
  }

  /** Sends it to everybody. Returns when it was asked to. */
  send(name: string): number {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`Nothing called ${name} was prepared`);
    this.#values.delete(name);
    const started = now();
    this.transmit(value, name);
    return started;
  }

  /** When the next value of exactly that many bytes has arrived, whole. Ask before it is sent. */
  received(bytes: number): Promise<number> {
    return this.#arrivals.next(bytes);
  }

  /** Begins to watch for long tasks. */
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

  /** What this contestant sends fastest. */
  protected abstract make(bytes: Uint8Array<ArrayBuffer>, name: string): Value | Promise<Value>;

  protected abstract transmit(value: Value, name: string): void;

  /** A value of that many bytes is here. */
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

/** What the page's address says after the question mark. */
export function parameter(name: string): string {
  const value = new URLSearchParams(location.search).get(name);
  if (value === null) throw new Error(`The page's address lacks ${name}`);
  return value;
}
