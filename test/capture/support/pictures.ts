/** A picture of this size, encoded by the browser. */
export async function pictureOf(type: string, width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#c33';
  context.fillRect(0, 0, width / 2, height);
  return canvas.convertToBlob({ type, quality: 0.9 });
}

/** The smallest GIF: a frame of one pixel on a screen of this size. */
export function gifOf(width: number, height: number): Blob {
  const head = [...ascii('GIF89a'), ...le16(width), ...le16(height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
  const control = [0x21, 0xf9, 4, 0, 0, 0, 0, 0];
  const frame = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b];
  return bytes([...head, ...control, ...frame], 'image/gif');
}

/** A black BMP of 24 bits a pixel. A negative height puts the top row first. */
export function bmpOf(width: number, height: number): Blob {
  const data = new Uint8Array(54 + (((width * 3 + 3) >> 2) << 2) * Math.abs(height));
  const view = new DataView(data.buffer);
  data.set(ascii('BM'));
  view.setUint32(2, data.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  return new Blob([data], { type: 'image/bmp' });
}

/** An AVIF up to the end of its `meta` box: it has a size, but no picture. */
export function avifHeadOf(width: number, height: number, brand = 'avif'): Blob {
  const ftyp = box('ftyp', [
    ...ascii(brand),
    0,
    0,
    0,
    0,
    ...ascii('avif'),
    ...ascii(brand),
    ...ascii('miaf'),
  ]);
  const small = box('ispe', [0, 0, 0, 0, ...be32(16), ...be32(16)]);
  const large = box('ispe', [0, 0, 0, 0, ...be32(width), ...be32(height)]);
  const meta = box('meta', [0, 0, 0, 0, ...box('iprp', box('ipco', [...small, ...large]))]);
  return bytes([...ftyp, ...meta], 'image/avif');
}

/** A PNG whose header claims a larger size than its data has. */
export async function pngClaiming(
  width: number,
  height: number,
  { depth = 8, interlaced = false } = {},
): Promise<Blob> {
  const data = await (await pictureOf('image/png', 4, 4)).arrayBuffer();
  const view = new DataView(data);
  view.setUint32(16, width);
  view.setUint32(20, height);
  view.setUint8(24, depth);
  view.setUint8(28, interlaced ? 1 : 0);
  return new Blob([data], { type: 'image/png' });
}

/** A lossless WebP up to its size. */
export function webpHeadOf(width: number, height: number): Blob {
  const bits = (width - 1) | ((height - 1) << 14);
  const size = [bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, (bits >>> 24) & 255];
  return bytes([...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBPVP8L'), 0, 0, 0, 0, 0x2f, ...size], 'image/webp');
}

/** A progressive JPEG with full chroma resolution, up to its size. */
export function progressiveHeadOf(width: number, height: number): Blob {
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const components = [1, 2, 3].flatMap((id) => [id, 0x11, 0]);
  return bytes([0xff, 0xd8, 0xff, 0xc2, 0, 17, 8, ...size, 3, ...components, 0, 0, 0], 'image/jpeg');
}

/** A BMP up to its size. */
export function bmpHeadOf(width: number, height: number): Blob {
  return bytes(
    [...ascii('BM'), ...Array<number>(12).fill(0), 40, 0, 0, 0, ...le16(width), 0, 0, ...le16(height), 0, 0],
    'image/bmp',
  );
}

/**
 * A grey baseline JPEG of any size, in a few kilobytes: each block of 8 x 8 takes two bits, one for
 * no change of its average and one for no detail.
 */
export function largeJpeg(width: number, height: number): Blob {
  const table = (id: number, symbol: number): number[] => [
    ...[0xff, 0xc4, 0, 20, id],
    // One code, of one bit.
    ...[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    symbol,
  ];
  const head = [
    ...[0xff, 0xd8, 0xff, 0xdb, 0, 67, 0, ...Array<number>(64).fill(1)],
    ...[0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0],
    ...[...table(0x00, 0), ...table(0x10, 0)],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0],
  ];
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  return new Blob(
    [new Uint8Array(head), new Uint8Array(Math.ceil(blocks / 4)), new Uint8Array([0xff, 0xd9])],
    {
      type: 'image/jpeg',
    },
  );
}

/** A JPEG with `length` bytes of maker notes before its size. */
export async function jpegWithNotes(jpeg: Blob, length: number): Promise<Blob> {
  const notes: BlobPart[] = [];
  for (let left = length; left > 0; left -= 65_000) {
    const size = Math.min(left, 65_000);
    notes.push(new Uint8Array([0xff, 0xe4, (size + 2) >> 8, (size + 2) & 255]), new Uint8Array(size));
  }
  return new Blob([jpeg.slice(0, 2), ...notes, jpeg.slice(2)], { type: 'image/jpeg' });
}

/** Inserts an orientation tag (Exif 2.32, tag 0x0112) at the start of a JPEG. */
export function turned(jpeg: Blob, orientation: number): Blob {
  const tiff = [
    ...ascii('MM'),
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  const exif = [...ascii('Exif'), 0, 0, ...tiff];
  const segment = new Uint8Array([0xff, 0xe1, 0, exif.length + 2, ...exif]);
  return new Blob([jpeg.slice(0, 2), segment, jpeg.slice(2)], { type: 'image/jpeg' });
}

export function bytes(values: readonly number[], type = ''): Blob {
  return new Blob([new Uint8Array(values)], { type });
}

export function ascii(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function box(name: string, content: readonly number[]): number[] {
  return [...be32(content.length + 8), ...ascii(name), ...content];
}

function le16(value: number): number[] {
  return [value & 255, value >> 8];
}

function be32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
