import type { SnapItem } from '../snap-item.js';
import type { StringsController } from '../strings/strings.js';

/** What a form asks of a trail: its attributes. */
export interface TrailRules {
  readonly required: boolean;
  readonly min: number | null;
  readonly max: number | null;
}

/** What goes into the form's data: a `File` for each item under `name`. Nothing without a name, as with every control. */
export function formValue(name: string | null, items: readonly SnapItem[]): FormData | null {
  if (!name) return null;
  const data = new FormData();
  for (const { file } of items) data.append(name, file);
  return data;
}

/**
 * What is wrong with `count` items, and how to put it to the person; no flags when nothing is. As with `minlength`, an empty trail is
 * not too short: that is what `required` is for.
 */
export function validate(
  count: number,
  { required, min, max }: TrailRules,
  strings: StringsController,
): { flags: ValidityStateFlags; message: string } {
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
