import type { StringsController } from '../../strings/strings-controller.js';
import type { TransferState } from '../../transfer/transfer.js';
import type { HubElement } from '../../hub/hub-element.js';
import { arrivedLabel, transferLabel } from './labels.js';
import { spokenName } from './names.js';

/** How many transfers are named in one announcement. */
const MAX_NAMED = 3;

/**
 * Announces to screen readers what has changed since the last call: items were added, a transfer
 * was delivered or has failed, or everything has arrived. Progress is not announced.
 */
export class SenderAnnouncements {
  #pending: ReadonlySet<string> | null = null;
  #states: ReadonlyMap<string, TransferState> | null = null;

  /** Starts over: what a new hub already has is not announced. */
  reset(): void {
    this.#pending = null;
    this.#states = null;
  }

  /** The sentences to announce, oldest first; none on the first call. */
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
    if (ended.length === 0) return [];
    // Nobody wants to listen to hundreds of names.
    const [told, more] = ended.length > MAX_NAMED ? [ended.slice(-1), ended.length - 1] : [ended, 0];
    const sentences = told.map((transfer) =>
      strings.term('sender-news', spokenName(transfer.name, strings), transferLabel(transfer, hub, strings)),
    );
    if (more > 0) sentences.push(`${strings.term('sender-more', more)}.`);
    const arrived = arrivedLabel(hub, strings);
    return arrived === '' ? sentences : [...sentences.map(asSentence), arrived];
  }
}

/** Ends a text with a full stop, so that it is not read on into the next. */
function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
