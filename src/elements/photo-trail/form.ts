import type { SnapPeer } from '../../events.js';
import type { SnapItem } from '../../item.js';
import type { StringsController } from '../../strings/strings-controller.js';
import type { Transfer } from '../../transfer/transfer.js';
import { isLost } from '../../hub/file-life.js';

/** What a form asks of a trail: its attributes. */
export interface TrailConstraints {
  readonly required: boolean;
  readonly min: number | null;
  readonly max: number | null;
}

/**
 * What goes into the form's data: a `File` for each item under `name`, as far as it is there.
 * Nothing without a name, as with every control.
 */
export function formValue(name: string | null, items: readonly SnapItem[]): FormData | null {
  if (!name) return null;
  const data = new FormData();
  for (const { file } of items) if (!isLost(file)) data.append(name, file);
  return data;
}

/** What is still on its way into a trail. */
export interface Arriving {
  readonly transfers: readonly Transfer[];
  /** Who is here, and can go on sending. */
  readonly peers: readonly SnapPeer[];
}

/** What is wrong with a trail, and how to put it to the person. */
export interface Validation {
  readonly flags: ValidityStateFlags;
  readonly message: string;
}

/**
 * What is wrong with `count` items and what is to come; no flags when nothing is. As with
 * `minlength`, an empty trail is not too short: that is what `required` is for.
 *
 * What is on its way holds the form back, or it would be submitted without it. That more is to come
 * says more than that there is too little; that there is too much already cannot be waited for.
 * What is `lost` comes before all: it would be missing without a word.
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
 * How many there are and how far they are. Of those whose sender is away it is said that one may
 * wait or let go: a sender is awaited for a day, and nobody has to wait that long with a form.
 */
function arrivingMessage({ transfers, peers }: Arriving, strings: StringsController): string {
  const sum = (of: (transfer: Transfer) => number): number =>
    transfers.reduce((total, each) => total + of(each), 0);
  const size = sum((each) => each.size);
  // Never 100 % of what is not there: it is rounded down.
  const fraction = size > 0 ? Math.min(0.99, Math.floor((100 * sum((each) => each.loaded)) / size) / 100) : 0;
  const percent = strings.number(fraction, { style: 'percent' });
  const photos = transfers.every(({ type }) => type.startsWith('image/'));
  const message = strings.term('trail-still-arriving', transfers.length, photos, percent);
  const senderAway = transfers.filter(({ from }) => !peers.some(({ id }) => id === from)).length;
  if (senderAway === 0) return message;
  return `${message} ${strings.term('trail-sender-away', senderAway, senderAway === transfers.length)}`;
}
