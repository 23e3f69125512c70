/** A box of ISO/IEC 14496-12, section 4.2: its name, and where its content is in the view. */
export interface Box {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Reads the name and the size of the box at `offset`. 0 as a size means: up to the end. */
export function boxHeader(view: DataView, offset: number): { name: string; header: number; size: number } {
  const short = view.getUint32(offset);
  const name = String.fromCharCode(...[4, 5, 6, 7].map((at) => view.getUint8(offset + at)));
  if (short !== 1) return { name, header: 8, size: short };
  return { name, header: 16, size: Number(view.getBigUint64(offset + 8)) };
}

/** The boxes in `[start, end)`. Throws a RangeError if one of them is larger than that. */
export function* boxesIn(view: DataView, start: number, end: number): Generator<Box> {
  for (let at = start; at + 8 <= end;) {
    const { name, header, size } = boxHeader(view, at);
    const length = size === 0 ? end - at : size;
    if (length < header || at + length > end) throw new RangeError(`the box ${name} does not fit`);
    yield { name, start: at + header, end: at + length };
    at += length;
  }
}

/** The first box with this path of names, such as `mdia`, `mdhd`; null if there is none. */
export function findBox(view: DataView, { start, end }: Omit<Box, 'name'>, ...path: string[]): Box | null {
  const [name, ...rest] = path;
  for (const box of boxesIn(view, start, end))
    if (box.name === name) return rest.length === 0 ? box : findBox(view, box, ...rest);
  return null;
}

/**
 * Where a header with a version has its time scale (or the id of its track) and its duration. In
 * version 1, times take eight bytes.
 */
export function timeFields(
  view: DataView,
  { start, name }: Box,
): { readonly scale: number; readonly duration: number; readonly long: boolean } {
  const long = view.getUint8(start) === 1;
  const scale = start + (long ? 20 : 12);
  // In a track's header, the id takes the place of the scale, and four reserved bytes follow.
  return { scale, duration: scale + (name === 'tkhd' ? 8 : 4), long };
}

export function readTime(view: DataView, at: number, long: boolean): number {
  return long ? Number(view.getBigUint64(at)) : view.getUint32(at);
}

export function writeTime(view: DataView, at: number, long: boolean, value: number): void {
  const whole = Math.round(value);
  if (long) view.setBigUint64(at, BigInt(whole));
  else view.setUint32(at, Math.min(whole, 0xffff_fffe));
}
