import type { StringsController } from '../../strings/strings-controller.js';
import type { Transfer } from '../../transfer/transfer.js';
import type { HubElement } from '../../hub/hub-element.js';
import type { Total } from './batch.js';
import type { Pace } from './speed.js';

/** Between the parts of a line. */
const DASH = ' – ';

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

/** The state of a transfer in words. `pace`: how fast it is, where that is known. */
export function transferLabel(
  transfer: Transfer,
  hub: HubElement,
  strings: StringsController,
  pace: Pace | null = null,
): string {
  const { delivered, of } = tally(transfer);
  switch (transfer.state) {
    case 'queued': {
      const waits = waitsFor(transfer, hub);
      const words = strings.term(waits);
      return waits === 'sender-paused' ? `${words}${DASH}${progress(transfer, null, strings)}` : words;
    }
    case 'sending':
    case 'receiving': {
      const sending = progress(transfer, pace, strings);
      return delivered > 0 ? `${sending}${DASH}${strings.term('sender-delivered', delivered, of)}` : sending;
    }
    case 'delivered':
      return deliveredLabel(transfer, strings);
    case 'failed':
      return failure(transfer, strings);
    case 'cancelled':
      return transfer.error?.code === 'transfer-cancelled-by-peer'
        ? strings.error(transfer.error)
        : strings.term('sender-cancelled');
  }
}

/** That it is there, and what has become of it, as far as the recipients tell. */
function deliveredLabel(transfer: Transfer, strings: StringsController): string {
  const { delivered, of } = tally(transfer);
  const outcomes = transfer.recipients
    .filter(({ state }) => state === 'delivered')
    .map(({ outcome }) => outcome);
  const words = strings.term('sender-delivered', delivered, of);
  // The one that matters most to who has sent it.
  const outcome = (['submitted', 'opened', 'removed'] as const).find((each) => outcomes.includes(each));
  if (!outcome) return words;
  const count = outcomes.filter((each) => each === outcome).length;
  const told = strings.term(outcome === 'removed' ? 'sender-removed-there' : `sender-${outcome}`, count, of);
  return of <= 1 ? told : `${words}${DASH}${told}`;
}

/** The progress of several transfers together. */
export function totalLabel(total: Total, strings: StringsController): string {
  return `${strings.term('sender-total', total.arrived, total.count)}${DASH}${progress(total, total.pace, strings)}`;
}

/** "18 of 200 MB – 3.2 MB/s – 55 s left", as far as it is known. */
function progress(
  { loaded, size }: { readonly loaded: number; readonly size: number },
  pace: Pace | null,
  strings: StringsController,
): string {
  const parts = [strings.term('sender-progress', Math.min(loaded, size), size)];
  if (pace && pace.speed >= 1) parts.push(strings.term('sender-speed', pace.speed));
  if (pace && pace.left !== null) parts.push(strings.term('sender-time-left', pace.left));
  return parts.join(DASH);
}

/** The receiver's disk is full, not the one of the person who reads this. */
function failure({ error }: Transfer, strings: StringsController): string {
  if (!error) return strings.term('sender-failed');
  if (error.code === 'storage-full') return strings.term('sender-peer-full');
  return error.code === 'storage-failed' ? strings.term('sender-peer-not-stored') : strings.error(error);
}

/**
 * What a queued transfer waits for: to be connected at all, for anybody to join who receives, for a
 * recipient to return, or for its turn.
 */
function waitsFor(
  { recipients, loaded }: Transfer,
  { state, peers }: HubElement,
):
  | 'sender-awaits-connection'
  | 'sender-awaits-member'
  | 'sender-awaits-receiver'
  | 'sender-paused'
  | 'sender-awaits-return'
  | 'sender-awaits-turn' {
  if (recipients.length === 0) {
    if (state !== 'waiting' && state !== 'connected') return 'sender-awaits-connection';
    if (peers.some(({ sendOnly }) => !sendOnly)) return 'sender-awaits-turn';
    return peers.length > 0 ? 'sender-awaits-receiver' : 'sender-awaits-member';
  }
  if (peers.some((peer) => recipients.some(({ id }) => id === peer.id))) return 'sender-awaits-turn';
  return loaded > 0 ? 'sender-paused' : 'sender-awaits-return';
}

/**
 * That everything has arrived; empty while anything has not. What was received here is lost with
 * the page, so then nobody is told to close it.
 */
export function arrivedLabel(
  { transfers, pending, received }: HubElement,
  strings: StringsController,
): string {
  const unfinished = ({ direction, state }: Transfer): boolean =>
    direction === 'send' && state !== 'delivered' && state !== 'cancelled';
  const sent = transfers.filter(({ direction, state }) => direction === 'send' && state === 'delivered');
  if (sent.length === 0 || pending.length > 0 || transfers.some(unfinished)) return '';
  const receives = transfers.some(({ direction, ended }) => direction === 'receive' && !ended);
  const submitted = ({ recipients }: Transfer): boolean =>
    recipients.some(({ outcome }) => outcome === 'submitted');
  if (sent.every(submitted))
    return strings.term('sender-all-submitted', sent.length, received.length === 0 && !receives);
  return strings.term('sender-arrived', sent.length, received.length === 0 && !receives);
}
