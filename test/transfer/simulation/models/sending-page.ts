import type { SnapError } from '../../../../src/errors.js';
import { Transfers } from '../../../../src/transfer/transfers.js';
import type { Peer } from '../../../../src/transfer/transfers.js';
import type { Source } from '../../../../src/transfer/send/source.js';
import type { Transfer } from '../../../../src/transfer/transfer.js';
import { CONTENTS } from './contents.js';
import { checkCoded } from './hostile-channel.js';

/** A page that sends to a hostile peer. What it must never do is checked as it happens. */
export class SendingPage {
  readonly transfers: Transfers;
  /** Every transfer that this side was told of. */
  readonly seen = new Set<Transfer>();
  readonly violations: SnapError[] = [];
  /** Pieces read of any file. */
  reads = 0;
  readonly #delivered = new WeakSet<Transfer>();

  /** `ondelivered` is called when the page calls something delivered. */
  constructor(ondelivered: (transfer: Transfer) => void) {
    this.transfers = new Transfers({
      decide: () => Promise.resolve('transfer-declined'),
      cleanName: (name) => name,
      preview: () => null,
      openSink: () => Promise.reject(new Error('It receives nothing')),
      received: () => Promise.reject(new Error('It receives nothing')),
      takes: () => undefined,
      changed: (transfer) => {
        this.seen.add(transfer);
        if (transfer.error) checkCoded(transfer.error);
        if (transfer.loaded > transfer.size || transfer.loaded < 0)
          throw new Error('More than all is loaded');
        if (transfer.state !== 'delivered' || this.#delivered.has(transfer)) return;
        this.#delivered.add(transfer);
        ondelivered(transfer);
      },
      violation: (_: Peer, error) => {
        checkCoded(error);
        this.violations.push(error);
      },
    });
  }

  /** What was sent and has not ended. */
  get open(): Transfer[] {
    return [...this.seen].filter(({ ended, direction }) => !ended && direction === 'send');
  }

  /** What was sent and has ended. */
  get ended(): Transfer[] {
    return [...this.seen].filter(({ ended, direction }) => ended && direction === 'send');
  }

  send(content: number, to: readonly Peer[]): void {
    const { offer, bytes } = CONTENTS[content]!;
    const source: Source = {
      size: bytes.byteLength,
      read: (start, end) => {
        this.reads++;
        return Promise.resolve(bytes.subarray(start, end));
      },
    };
    this.transfers.send(source, { ...offer, preview: null }, to);
  }
}
