import { BlobReader } from './blob-reader.js';

/** EBML (RFC 8794), the binary format that WebM is based on. Numbers are exact up to 2 ** 53. */

/** An element: where it begins, where its content starts and, unless unknown, ends. */
export interface EbmlElement {
  readonly id: number;
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

/** Reads elements of a file. */
export class EbmlReader extends BlobReader {
  /**
   * Reads the header of the element at `at`. `end` is Infinity if the element's size is unknown.
   */
  async element(at: number): Promise<EbmlElement> {
    const head = await this.view(at, Math.min(12, this.size - at));
    const idLength = Math.clz32(head.getUint8(0)) - 23;
    if (idLength > 4) throw new RangeError('no element');
    const { value, length } = readVint(head, idLength);
    const start = at + idLength + length;
    return { id: readUint(head, 0, idLength), at, start, end: start + value };
  }

  /** Yields the elements in `parent`. */
  async *children({ start, end }: EbmlElement): AsyncGenerator<EbmlElement> {
    for (let at = start; at < Math.min(end, this.size);) {
      const child = await this.element(at);
      yield child;
      at = child.end;
    }
  }
}

/**
 * RFC 8794, section 4: a variable-size integer, whose first set bit reveals its length. All ones
 * mean unknown (Infinity).
 */
export function readVint(view: DataView, at: number): { value: number; length: number } {
  const length = Math.clz32(view.getUint8(at)) - 23;
  if (length > 8) throw new RangeError('no size');
  // Remove the marker bit first: with it, eight bytes would exceed the precision of a number.
  const ones = 0xff >> length;
  let value = view.getUint8(at) & ones;
  let unknown = value === ones;
  for (let i = 1; i < length; i += 1) {
    const byte = view.getUint8(at + i);
    value = value * 256 + byte;
    unknown &&= byte === 0xff;
  }
  return { value: unknown ? Infinity : value, length };
}

export function readUint(view: DataView, at: number, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i += 1) value = value * 256 + view.getUint8(at + i);
  return value;
}

/** Encodes an element with this content. */
export function encodeElement(
  id: number,
  content: readonly Uint8Array<ArrayBuffer>[],
): Uint8Array<ArrayBuffer> {
  const size = content.reduce((sum, { length }) => sum + length, 0);
  const name = encodeUint(id, Math.ceil((32 - Math.clz32(id)) / 8));
  const parts = [name, encodeSize(size, 4), ...content];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Encodes a size in `length` bytes. */
export function encodeSize(size: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = encodeUint(size, length);
  bytes[0]! |= 0x100 >> length;
  return bytes;
}

/** Encodes an unsigned integer in `length` bytes, big-endian. */
export function encodeUint(value: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = length - 1, rest = value; i >= 0; i -= 1, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}
