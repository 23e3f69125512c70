import type { StringsController } from '../../strings/strings-controller.js';
import type { Transfer } from '../../transfer/transfer.js';
import type { HubElement } from '../../hub/hub-element.js';

/**
 * How many recipients have the transfer, and how many there are. Members that have left the room no
 * longer count.
 */
export function tally(transfer: Transfer): { delivered: number; of: number } {
  const counted = transfer.recipients.filter(({ state }) => state !== 'left');
  return { delivered: counted.filter(({ state }) => state === 'delivered').length, of: counted.length };
}

/** The progress from 0 to 1. An empty file counts as 0 until it is delivered. */
export function fraction(transfer: Transfer): number {
  if (transfer.state === 'delivered') return 1;
  return transfer.size > 0 ? Math.min(1, transfer.loaded / transfer.size) : 0;
}

/** The state of a transfer in words. */
export function transferLabel(transfer: Transfer, hub: HubElement, strings: StringsController): string {
  const { delivered, of } = tally(transfer);
  switch (transfer.state) {
    case 'queued':
      return strings.term(waitsFor(transfer, hub));
    case 'sending':
    case 'receiving': {
      const percent = strings.number(fraction(transfer), { style: 'percent' });
      const sending = strings.term('sender-sending', percent);
      return of > 1 ? `${sending} · ${strings.term('sender-delivered', delivered, of)}` : sending;
    }
    case 'delivered':
      return strings.term('sender-delivered', delivered, of);
    case 'failed':
      return transfer.error ? strings.error(transfer.error) : strings.term('sender-failed');
    case 'cancelled':
      return transfer.error?.code === 'transfer-cancelled-by-peer'
        ? strings.error(transfer.error)
        : strings.term('sender-cancelled');
  }
}

/**
 * Whether a queued transfer waits for anybody to join, for a recipient to return, or for its turn.
 */
function waitsFor(
  transfer: Transfer,
  hub: HubElement,
): 'sender-awaits-member' | 'sender-awaits-return' | 'sender-awaits-turn' {
  if (transfer.recipients.length === 0) return 'sender-awaits-member';
  const present = hub.peers.some((peer) => transfer.recipients.some(({ id }) => id === peer.id));
  return present ? 'sender-awaits-turn' : 'sender-awaits-return';
}
