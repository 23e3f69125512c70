import { crc32, deflateSync } from 'node:zlib';

/** Pictures of one colour, with few bytes and any number of pixels. */

/** Bits per sample, samples per pixel, and colour type (PNG, table 11.1). */
const PNG_KINDS = {
  grey1: [1, 1, 0],
  rgba8: [8, 4, 6],
  rgba16: [16, 4, 6],
} as const;

/** Where each of the seven passes starts, and its steps (PNG, section 8). */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** A black PNG. `interlaced`: by Adam7. */
export function pngBomb(
  width: number,
  height: number,
  { kind = 'grey1', interlaced = false }: { kind?: keyof typeof PNG_KINDS; interlaced?: boolean } = {},
): Buffer {
  const [depth, samples, colour] = PNG_KINDS[kind];
  const passes = interlaced
    ? PASSES.map(([x, y, dx, dy]) => [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)] as const)
    : [[width, height] as const];
  const length = passes.reduce(
    (sum, [across, down]) => sum + (across && down * (1 + Math.ceil((across * depth * samples) / 8))),
    0,
  );
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', head),
    pngChunk('IDAT', deflateSync(Buffer.alloc(length), { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A grey JPEG. Decoders keep all coefficients of a progressive one in memory. */
export function jpegBomb(width: number, height: number, { progressive = false } = {}): Buffer {
  const table = (id: number): number[] => [0xff, 0xc4, 0, 20, id, 1, ...Array<number>(15).fill(0), 0];
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const head = [
    ...[0xff, 0xd8, 0xff, 0xdb, 0, 67, 0, ...Array<number>(64).fill(1)],
    ...[0xff, progressive ? 0xc2 : 0xc0, 0, 11, 8, ...size, 1, 1, 0x11, 0],
    ...[...table(0x00), ...table(0x10)],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, progressive ? 0 : 63, 0],
  ];
  // One bit for "no change of the average" of a block of 8 x 8; one more for "no detail", unless
  // that would be another scan.
  const bits = Math.ceil(width / 8) * Math.ceil(height / 8) * (progressive ? 1 : 2);
  return Buffer.concat([Buffer.from(head), Buffer.alloc(Math.ceil(bits / 8)), Buffer.from([0xff, 0xd9])]);
}

/** A GIF of so many frames, each of the full size. */
export function gifBomb(width: number, height: number, { frames = 1 } = {}): Buffer {
  const bits = new Bits();
  let code = 6;
  let length = 3;
  bits.put(4, 3);
  // Runs of one colour: each code stands for one pixel more than the one before.
  for (let left = width * height, run = 1; left > 0; run += 1) {
    bits.put(run === 1 ? 0 : code++, length);
    left -= run;
    if (run === 1) continue;
    if (code === 1 << length && length < 12) length += 1;
    if (code === 4095) {
      bits.put(4, length);
      [code, length, run] = [6, 3, 0];
    }
  }
  bits.put(5, length);
  const data = bits.bytes();
  const blocks: Buffer[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    blocks.push(Buffer.from([block.length]), block);
  }
  const size = [width & 255, width >> 8, height & 255, height >> 8];
  const frame = [
    Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, ...size, 0, 2]),
    ...blocks,
    Buffer.from([0]),
  ];
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    Buffer.from([...size, 0x81, 0, 0, 200, 30, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ...Array.from({ length: frames }, () => frame).flat(),
    Buffer.from([0x3b]),
  ]);
}

/**
 * A lossless WebP of some forty bytes (RFC 9649, section 3): with one symbol in each of its codes a
 * pixel takes no bit at all.
 */
export function webpBomb(width: number, height: number): Buffer {
  const bits = new Bits();
  bits.put(0x2f, 8);
  bits.put(width - 1, 14);
  bits.put(height - 1, 14);
  // Neither alpha, transforms, a cache of colours nor groups of codes.
  bits.put(0, 1 + 3 + 1 + 1 + 1);
  for (const symbol of [40, 200, 40, 255, 0]) {
    bits.put(0b101, 3);
    bits.put(symbol, 8);
  }
  const data = bits.bytes();
  const chunk = data.length % 2 ? Buffer.concat([data, Buffer.alloc(1)]) : data;
  const head = Buffer.from('RIFF\0\0\0\0WEBPVP8L\0\0\0\0', 'latin1');
  head.writeUInt32LE(12 + chunk.length, 4);
  head.writeUInt32LE(data.length, 16);
  return Buffer.concat([head, chunk]);
}

/** A bitmap coded by runs, which ends before its first row. */
export function bmpBomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(54 + 8 + 2);
  head.write('BM', 'latin1');
  head.writeUInt32LE(head.length, 2);
  head.writeUInt32LE(62, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(8, 28);
  head.writeUInt32LE(1, 30);
  head.writeUInt32LE(2, 34);
  head.writeUInt32LE(2, 46);
  // The end of the bitmap.
  head.set([0, 1], 62);
  return head;
}

/** Numbers written bit by bit, the lowest first, as GIF and WebP have them. */
class Bits {
  readonly #bytes: number[] = [];
  #held = 0;
  #count = 0;

  put(value: number, length: number): void {
    this.#held += value * 2 ** this.#count;
    this.#count += length;
    for (; this.#count >= 8; this.#count -= 8) {
      this.#bytes.push(this.#held % 256);
      this.#held = Math.floor(this.#held / 256);
    }
  }

  bytes(): Buffer {
    return Buffer.from(this.#count > 0 ? [...this.#bytes, this.#held] : this.#bytes);
  }
}
