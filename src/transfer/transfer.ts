import { SnapError } from '../errors.js';
import type { Outcome } from './outcome/messages.js';

export type { Outcome };

/** Which way the bytes go, seen from here. */
export type TransferDirection = 'send' | 'receive';

/**
 * ```
 *  queued ──► sending ───► delivered          (direction send)
 *    │  ▲        │  ▲
 *    │  └────────┘  └── retry ── failed, cancelled
 *    ├──► receiving ─► delivered              (direction receive)
 *    └──► delivered                            (its last message was lost, and is said again)
 *  any of queued, sending, receiving ──► failed | cancelled
 * ```
 */
export type TransferState = 'queued' | 'sending' | 'receiving' | 'delivered' | 'failed' | 'cancelled';

/**
 * How far one recipient is. `waiting`: not connected now, or has not answered yet. `left`: said
 * goodbye, no longer counted.
 */
export type RecipientState = 'waiting' | 'sending' | 'delivered' | 'failed' | 'cancelled' | 'left';

/** One member that a transfer goes to. */
export interface Recipient {
  /** The member's `tabId`. */
  readonly id: string;
  readonly name: string;
  /** Bytes that this recipient has confirmed. */
  readonly loaded: number;
  readonly state: RecipientState;
  /** Why, when `state` is `failed` or `cancelled`; else null. */
  readonly error: SnapError | null;
  /** What has become of it there since it was delivered, as far as the recipient tells. */
  readonly outcome: Outcome;
}

const MOVES: Record<TransferState, readonly TransferState[]> = {
  queued: ['sending', 'receiving', 'delivered', 'failed', 'cancelled'],
  sending: ['queued', 'delivered', 'failed', 'cancelled'],
  receiving: ['queued', 'delivered', 'failed', 'cancelled'],
  delivered: [],
  failed: ['queued'],
  cancelled: ['queued'],
};

/**
 * Ended transfers of which the id is remembered: what was lost with a connection may be asked for,
 * or come again.
 */
export const REMEMBERED = 1000;

/** In ms, between two reports of mere progress: about a frame. */
const PROGRESS_INTERVAL = 16;

/** What a transfer is made of and who carries it out: given by its owner. */
export interface TransferInit {
  readonly id: string;
  /** The id that its sender has offered it under, on a received transfer. */
  readonly offerId?: string;
  readonly direction: TransferDirection;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** The member that sends, on a received transfer. */
  readonly from?: string | null;
  /** A small picture that came with the offer. */
  readonly preview?: Blob | null;
  /** Carries out what the person asks for. */
  readonly onrequest: (transfer: Transfer, request: 'cancel' | 'retry') => void;
  /** Told after every change of `state`, `loaded` or `recipients`. */
  readonly onchange: (transfer: Transfer) => void;
}

/**
 * One thing on its way, to one or more recipients or from one sender. Read its state; ask it to
 * `cancel()` or `retry()`; await `finished`.
 */
export class Transfer {
  /**
   * 32 hexadecimal digits, unique in this page. What is sent is offered under this id; what is
   * received has one that this page has made, whatever id its sender uses: members may give two
   * things the same id.
   */
  readonly id: string;
  /**
   * What its sender calls it, on a received transfer; else null. Another member may call something
   * else so. @internal
   */
  readonly offerId: string | null;
  readonly direction: TransferDirection;
  readonly name: string;
  /** A media type, or the empty string. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly preview: Blob | null;

  /**
   * Null once nobody can ask for anything any more: a page may keep transfers for as long as it
   * likes.
   */
  #carrier: Pick<TransferInit, 'onrequest' | 'onchange'> | null;
  #state: TransferState = 'queued';
  #loaded = 0;
  /** When its owner was last told, in ms. */
  #toldAt = -Infinity;
  #recipients: readonly Recipient[] = [];
  #error: SnapError | null = null;
  #from: string | null;
  #finished!: Promise<Transfer>;
  #settle!: { resolve: (transfer: Transfer) => void; reject: (error: SnapError) => void };

  constructor(init: TransferInit) {
    this.#carrier = { onrequest: init.onrequest, onchange: init.onchange };
    this.id = init.id;
    this.offerId = init.offerId ?? null;
    this.direction = init.direction;
    this.name = init.name;
    this.type = init.type;
    this.size = init.size;
    this.#from = init.from ?? null;
    this.preview = init.preview ?? null;
    this.#renewFinished();
  }

  get state(): TransferState {
    return this.#state;
  }

  /** The `tabId` of the sending member, when this transfer is received; else null. */
  get from(): string | null {
    return this.#from;
  }

  /**
   * Bytes that the receiving side has confirmed: with several recipients, the mean over those that
   * have not left.
   */
  get loaded(): number {
    return this.#loaded;
  }

  /** Empty on a received transfer, and on one that waits for the first receiving member to come. */
  get recipients(): readonly Recipient[] {
    return this.#recipients;
  }

  /** Why, when `state` is `failed` or `cancelled`; else null. */
  get error(): SnapError | null {
    return this.#error;
  }

  /**
   * Resolves with this transfer once it is delivered; rejects with a `SnapError` when it fails or
   * is cancelled. As with `Animation.finished`, nobody has to listen: it never becomes an unhandled
   * rejection. A retry makes a new promise.
   */
  get finished(): Promise<Transfer> {
    return this.#finished;
  }

  /** Whether nothing more will happen unless somebody retries. */
  get ended(): boolean {
    return this.#state === 'delivered' || this.#state === 'failed' || this.#state === 'cancelled';
  }

  /** Stops it on both sides. Throws `transfer-illegal-move` once it has ended. */
  cancel(): void {
    if (this.ended) throw illegalMove(this.#state, 'cancelled');
    this.#carrier?.onrequest(this, 'cancel');
  }

  /**
   * Tries again what has failed or was cancelled here. Throws `transfer-illegal-move` in any other
   * state, and on what is received.
   */
  retry(): void {
    if (!this.#retriable) throw illegalMove(this.#state, 'queued');
    this.#carrier?.onrequest(this, 'retry');
  }

  /** Moves on. For its owner. @internal */
  move(to: TransferState, error: SnapError | null = null): void {
    if (!MOVES[this.#state].includes(to)) throw illegalMove(this.#state, to);
    if (this.ended) this.#renewFinished();
    this.#state = to;
    this.#error = error;
    if (to === 'delivered') {
      this.#loaded = this.size;
      this.#settle.resolve(this);
    } else if (to === 'failed' || to === 'cancelled') {
      this.#settle.reject(error ?? new SnapError('transfer-cancelled'));
    }
    this.#tell();
    if (this.ended && !this.#retriable) this.#carrier = null;
  }

  /** Another tab of the same sender goes on with it. For its owner. @internal */
  handOver(from: string): void {
    this.#from = from;
    this.#tell();
  }

  /**
   * Whether it may report mere progress: the page sees no more than one change a frame. For its
   * owner. @internal
   */
  get mayProgress(): boolean {
    return performance.now() - this.#toldAt >= PROGRESS_INTERVAL;
  }

  /** Something has become of it at a recipient. Its owner tells. @internal */
  became(recipients: readonly Recipient[]): void {
    this.#recipients = recipients;
  }

  /** Tells how far it is. For its owner. @internal */
  progress(loaded: number, recipients: readonly Recipient[] = this.#recipients): void {
    this.#loaded = loaded;
    this.#recipients = recipients;
    this.#tell();
  }

  #tell(): void {
    this.#toldAt = performance.now();
    this.#carrier?.onchange(this);
  }

  get #retriable(): boolean {
    return this.direction === 'send' && (this.#state === 'failed' || this.#state === 'cancelled');
  }

  #renewFinished(): void {
    this.#finished = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#finished.catch(() => undefined);
  }
}

function illegalMove(from: TransferState, to: TransferState): SnapError {
  return new SnapError('transfer-illegal-move', { detail: `from ${from} to ${to}` });
}
