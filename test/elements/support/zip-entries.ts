/** An entry, as the local header and the central directory of a ZIP agree on it. */
export interface Entry {
  readonly name: string;
  readonly year: number;
}

/**
 * The entries of a small ZIP (APPNOTE.TXT, sections 4.3.7 and 4.3.12). Throws if local headers and
 * central directory differ.
 */
export function entriesOf(zip: ArrayBuffer): Entry[] {
  const view = new DataView(zip);
  const end = zip.byteLength - 22;
  if (view.getUint32(end) !== 0x504b0506) throw new Error('no end of a directory');
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at) !== 0x504b0102) throw new Error('no entry of a directory');
    const length = view.getUint16(at + 28, true);
    const entry = { name: text(zip, at + 46, length), year: yearOf(view.getUint16(at + 14, true)) };
    const file = view.getUint32(at + 42, true);
    if (view.getUint32(file) !== 0x504b0304) throw new Error('no file');
    if (text(zip, file + 30, view.getUint16(file + 26, true)) !== entry.name) throw new Error('two names');
    if (yearOf(view.getUint16(file + 12, true)) !== entry.year) throw new Error('two dates');
    entries.push(entry);
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function text(zip: ArrayBuffer, at: number, length: number): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(zip.slice(at, at + length));
}

/** The year: seven bits, counted from 1980. */
function yearOf(date: number): number {
  return 1980 + (date >> 9);
}
