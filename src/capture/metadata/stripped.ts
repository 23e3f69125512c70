import type { Orientation } from './exif.js';

/** A picture without metadata, and which way up it is to be shown. */
export interface Stripped {
  /** The parts of the file that stay, in order, and new bytes between them. */
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  readonly orientation: Orientation;
}

/** Whether the ASCII `text` is at `offset`. */
export function at(bytes: Uint8Array, offset: number, text: string): boolean {
  if (offset + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i += 1) if (bytes[offset + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** A view of all of `bytes`, which throws a `RangeError` beyond their end. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): DataView<ArrayBuffer> {
  return new DataView(buffer, byteOffset, byteLength);
}

export function asciiBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
