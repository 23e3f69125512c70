import type { Account } from './account.js';
import type { Transfer } from '../transfer.js';
import type { Turns } from './turns.js';
import type { WaitingLine } from './waiting-line.js';

/**
 * In bytes: what something counts for, at most. What is larger goes to the disk, and takes no more
 * memory.
 */
const MOST = 33_554_432;

/**
 * Where one transfer stands among the others of its sender. First it waits for room, as long as its
 * bytes are coming; then it has a turn, so that photos arrive as they were taken. Only who has had
 * room has a turn: else it would wait for those that wait for its turn.
 */
export class Place {
  readonly #transfer: Transfer;
  readonly #line: WaitingLine;
  readonly #weight: number;
  /** Of the connection that it comes over, while there is one. */
  #turns: Turns | null = null;
  #admitted = false;
  #whole = false;

  constructor(transfer: Transfer, account: Account) {
    this.#transfer = transfer;
    this.#line = account.line(transfer.size);
    this.#weight = Math.min(transfer.size, MOST);
  }

  /**
   * It is whole. Resolves when what came before it over its connection has ended, or is too much to
   * be waited for.
   */
  async turn(): Promise<void> {
    await this.#turns?.of(this.#transfer);
  }

  /** Resolves when there is room for it, or when it has ended. */
  async enter(): Promise<void> {
    await this.#line.enter(this, this.#weight);
    this.#admitted = true;
    if (this.#turns) this.#turns.take(this.#transfer);
    else this.#line.leave(this);
  }

  /** It comes over this connection. */
  attach(turns: Turns): void {
    this.#turns = turns;
    if (!this.#admitted) return;
    if (!this.#whole) this.#line.reenter(this, this.#weight);
    turns.take(this.#transfer);
  }

  /** The connection is gone, and it may never go on: others need not wait for it. */
  suspend(): void {
    this.#turns = null;
    if (this.#admitted) this.#line.leave(this);
  }

  /** All its bytes are here. */
  whole(): void {
    this.#whole = true;
    this.#line.leave(this);
  }

  /** Nothing more comes of it. */
  end(): void {
    this.#line.leave(this);
  }
}
