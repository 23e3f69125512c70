import type { SnapPeer } from '../../events.js';
import type { SnapItem } from '../../item.js';
import type { StringsController } from '../../strings/strings-controller.js';
import type { Transfer } from '../../transfer/transfer.js';
import { isLost } from '../../hub/file-life.js';

/** The constraint attributes of a trail. */
export interface TrailConstraints {
  readonly required: boolean;
  readonly min: number | null;
  readonly max: number | null;
}

/**
 * The form value: a `File` for each item under `name`, except lost ones; null without a name, as
 * with every control.
 */
export function formValue(name: string | null, items: readonly SnapItem[]): FormData | null {
  if (!name) return null;
  const data = new FormData();
  for (const { file } of items) if (!isLost(file)) data.append(name, file);
  return data;
}

/** What is still arriving in a trail. */
export interface Arriving {
  readonly transfers: readonly Transfer[];
  /** The members in the room, who can continue sending. */
  readonly peers: readonly SnapPeer[];
}

/** The arguments of `setValidity()`. */
export interface Validation {
  readonly flags: ValidityStateFlags;
  readonly message: string;
}

/**
 * Validates the number of items and what is arriving. As with `minlength`, an empty trail does not
 * violate `min`: that is what `required` is for.
 *
 * Arrivals make the control invalid, or the form would be submitted without them. Their message
 * replaces "too few", which may resolve itself, but not "too many", which cannot. Lost files come
 * first: they would be missing from the form's data without a word.
 */
export function validate(
  { count, lost }: { readonly count: number; readonly lost: number },
  arriving: Arriving | null,
  constraints: TrailConstraints,
  strings: StringsController,
): Validation {
  if (lost > 0) return { flags: { customError: true }, message: strings.term('trail-some-lost', lost) };
  const counted = validateCount(count, constraints, strings);
  if (!arriving || arriving.transfers.length === 0) return counted;
  const flags = { ...counted.flags, customError: true };
  return {
    flags,
    message: counted.flags.rangeOverflow ? counted.message : arrivingMessage(arriving, strings),
  };
}

function validateCount(
  count: number,
  { required, min, max }: TrailConstraints,
  strings: StringsController,
): Validation {
  if (required && count === 0)
    return { flags: { valueMissing: true }, message: strings.term('trail-required') };
  if (min !== null && count > 0 && count < min) {
    return { flags: { rangeUnderflow: true }, message: strings.term('trail-too-few', min) };
  }
  if (max !== null && count > max) {
    return { flags: { rangeOverflow: true }, message: strings.term('trail-too-many', max) };
  }
  return { flags: {}, message: '' };
}

/**
 * Says how many items are arriving and how far they are. If a sender is away, it also says that one
 * may wait or cancel: a sender is awaited for a day, and nobody has to wait that long with a form.
 */
function arrivingMessage({ transfers, peers }: Arriving, strings: StringsController): string {
  const sum = (of: (transfer: Transfer) => number): number =>
    transfers.reduce((total, each) => total + of(each), 0);
  const size = sum((each) => each.size);
  // Rounded down, and never 100 % before it has arrived.
  const fraction = size > 0 ? Math.min(0.99, Math.floor((100 * sum((each) => each.loaded)) / size) / 100) : 0;
  const percent = strings.number(fraction, { style: 'percent' });
  const photos = transfers.every(({ type }) => type.startsWith('image/'));
  const message = strings.term('trail-still-arriving', transfers.length, photos, percent);
  const senderAway = transfers.filter(({ from }) => !peers.some(({ id }) => id === from)).length;
  if (senderAway === 0) return message;
  return `${message} ${strings.term('trail-sender-away', senderAway, senderAway === transfers.length)}`;
}
