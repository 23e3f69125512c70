import type { SnapErrorCode } from '../../../../src/errors.js';
import type { SnapError } from '../../../../src/errors.js';
import { Transfers } from '../../../../src/transfer/transfers.js';
import type { Peer } from '../../../../src/transfer/transfers.js';
import type { Offer } from '../../../../src/transfer/wire/messages.js';
import { PieceBuffer } from '../../../../src/transfer/receive/piece-buffer.js';
import type { Sink } from '../../../../src/transfer/sinks/sink.js';
import type { Transfer } from '../../../../src/transfer/transfer.js';
import { contentById, isKnown } from './contents.js';
import { checkCoded } from './hostile-channel.js';

/** In bytes: the credit that a receiver gives for one transfer. */
const CREDIT = 8_388_608;
/** In bytes: what the page of the model lets in. */
const MAX_SIZE = 1_000_000;

/** How a page decides, and how its storage behaves. */
export interface Manners {
  /** Asks a person, who answers when the model says so. */
  readonly asks: boolean;
  /** Stores when the model says so. */
  readonly slow: boolean;
}

/**
 * A page that receives from a hostile peer. Everything that it must never do is checked as it
 * happens.
 */
export class ReceivingPage {
  readonly transfers: Transfers;
  /** Every transfer that this side was told of. */
  readonly seen = new Set<Transfer>();
  readonly delivered: string[] = [];
  readonly violations: SnapError[] = [];
  /** People who have not answered yet, and pieces that are not stored yet. */
  readonly questions: ((answer: SnapErrorCode | null) => void)[] = [];
  readonly writes: ((failure: SnapError | null) => void)[] = [];
  readonly #manners: Manners;
  readonly #put: typeof PieceBuffer.prototype.put;
  /** Memory that the pieces of one transfer have taken, by the frame in which they came. */
  readonly #held = new Map<PieceBuffer, string>();
  #receiving = { id: '', size: 0 };

  constructor(manners: Manners) {
    this.#manners = manners;
    this.#put = this.#watchPieces();
    this.transfers = new Transfers({
      decide: (transfer) => this.#decide(transfer),
      cleanName: (name) => name,
      preview: () => null,
      openSink: (offer) => Promise.resolve(this.#sink(offer)),
      received: (_, __, { id }) => Promise.resolve(() => this.delivered.push(id)),
      changed: (transfer) => this.#changed(transfer),
      takes: () => undefined,
      violation: (_: Peer, error) => {
        checkCoded(error);
        this.violations.push(error);
      },
    });
  }

  /** Call it after the last step. */
  close(): void {
    PieceBuffer.prototype.put = this.#put;
  }

  /**
   * The frame that comes next belongs to the transfer with this id, and was announced to be of that
   * size.
   */
  receives(id: string, size: number): void {
    this.#receiving = { id, size };
  }

  /** The connection was lost, or a transfer has ended: what it held is free. */
  released(which: (id: string) => boolean = () => true): void {
    for (const [buffer, id] of this.#held) if (which(id)) this.#held.delete(buffer);
  }

  #decide({ offerId, size }: Transfer): Promise<SnapErrorCode | null> {
    if (!isKnown(offerId!)) return Promise.resolve('transfer-type-refused');
    if (size > MAX_SIZE) return Promise.resolve('transfer-too-large');
    if (!this.#manners.asks) return Promise.resolve(null);
    return new Promise((resolve) => this.questions.push(resolve));
  }

  #changed(transfer: Transfer): void {
    this.seen.add(transfer);
    if (transfer.loaded > transfer.size || transfer.loaded < 0) throw new Error('More than all is loaded');
    if (transfer.ended) this.released((id) => id === transfer.offerId);
    if (transfer.error) checkCoded(transfer.error);
  }

  #sink(offer: Offer): Sink {
    const { bytes } = contentById(offer.id);
    const parts = new Map<number, Uint8Array<ArrayBuffer>>();
    const check = (offset: number, part: Uint8Array): void => {
      if (parts.has(offset)) throw new Error(`Stored twice: ${offset}`);
      if (!part.every((byte, at) => byte === bytes[offset + at])) throw new Error(`Stored wrong: ${offset}`);
      parts.set(offset, part as Uint8Array<ArrayBuffer>);
      for (const [buffer] of this.#held) if (buffer.bytes === part) this.#held.delete(buffer);
    };
    return {
      kept: [],
      write: (offset, part) => {
        check(offset, part);
        if (!this.#manners.slow) return Promise.resolve();
        return new Promise((resolve, reject) =>
          this.writes.push((failure) => (failure ? reject(failure) : resolve())),
        );
      },
      finish: () => {
        const size = [...parts.values()].reduce((sum, part) => sum + part.byteLength, 0);
        if (size !== offer.size) throw new Error('Finished before it was whole');
        return Promise.resolve(new Blob([...parts.values()]));
      },
      release: () => Promise.resolve(),
      discard: () => Promise.resolve(),
    };
  }

  /** Counts the memory that is taken for pieces, from the first byte of each. */
  #watchPieces(): typeof PieceBuffer.prototype.put {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- It is called with its `this`, and put back.
    const { put } = PieceBuffer.prototype;
    const held = this.#held;
    const receiving = (): { id: string; size: number } => this.#receiving;
    PieceBuffer.prototype.put = function (this: PieceBuffer, offset, payload) {
      const { id, size } = receiving();
      held.set(this, id);
      let sum = 0;
      for (const [buffer, owner] of held) if (owner === id) sum += buffer.bytes.byteLength;
      if (sum > Math.min(CREDIT, size)) throw new Error(`${sum} bytes held of a file of ${size}`);
      return put.call(this, offset, payload);
    };
    return put;
  }
}
