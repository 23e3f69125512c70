import type { StringsController } from '../../strings/strings-controller.js';
import type { TransferState } from '../../transfer/transfer.js';
import type { HubElement } from '../../hub/hub-element.js';
import { transferLabel } from './labels.js';

/** How many are named in one look. */
const MAX_NAMED = 3;

/**
 * What has happened since the last look, for people who do not see the screen: something joined
 * what waits to be sent, was delivered, or failed. Not progress: nobody wants to hear each percent.
 */
export class SenderAnnouncements {
  #pending: ReadonlySet<string> | null = null;
  #states: ReadonlyMap<string, TransferState> | null = null;

  /** Begins anew: what a new hub already has is not new. */
  reset(): void {
    this.#pending = null;
    this.#states = null;
  }

  /** Sentences, oldest first. Empty at the first look. */
  read(hub: HubElement, strings: StringsController): string[] {
    return [...this.#added(hub, strings), ...this.#ended(hub, strings)];
  }

  #added(hub: HubElement, strings: StringsController): string[] {
    const before = this.#pending;
    this.#pending = new Set(hub.pending.map((item) => item.id));
    const added = before !== null && hub.pending.some((item) => !before.has(item.id));
    return added ? [`${strings.term('sender-pending', hub.pending.length)}.`] : [];
  }

  #ended(hub: HubElement, strings: StringsController): string[] {
    const sent = hub.transfers.filter((transfer) => transfer.direction === 'send');
    const before = this.#states;
    this.#states = new Map(sent.map((transfer) => [transfer.id, transfer.state]));
    if (!before) return [];
    const ended = sent.filter(
      ({ id, state }) => (state === 'delivered' || state === 'failed') && before.get(id) !== state,
    );
    // Nobody can listen to hundreds of names.
    const [told, more] = ended.length > MAX_NAMED ? [ended.slice(-1), ended.length - 1] : [ended, 0];
    const sentences = told.map((transfer) =>
      strings.term('sender-news', transfer.name, transferLabel(transfer, hub, strings)),
    );
    return more > 0 ? [...sentences, `${strings.term('sender-more', more)}.`] : sentences;
  }
}
