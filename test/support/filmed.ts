import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'lean-qr';

/** A grey picture, with 8 bits for each pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly light: Uint8Array;
}

/** Draws the QR code of `text`, as large as fits, in the middle of a white picture. */
export function qrPicture(text: string, width = 640, height = 480): Picture {
  const code = generate(text);
  const quiet = 4;
  const scale = Math.floor(Math.min(width, height) / (code.size + 2 * quiet));
  const left = Math.floor((width - code.size * scale) / 2);
  const top = Math.floor((height - code.size * scale) / 2);
  const light = new Uint8Array(width * height).fill(235);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (code.get(Math.floor((x - left) / scale), Math.floor((y - top) / scale))) light[y * width + x] = 16;
    }
  }
  return { width, height, light };
}

/**
 * Writes a film of one picture for Chromium's fake camera (YUV4MPEG2, 4:2:0, grey), with `rate`
 * frames a second. Returns its path, in a folder of its own.
 */
export async function film({ width, height, light }: Picture, frames = 2, rate = 30): Promise<string> {
  const colour = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, colour]);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F${rate}:1 Ip A1:1 C420jpeg\n`);
  const folder = await mkdtemp(join(tmpdir(), 'snaptrail-film-'));
  const path = join(folder, 'camera.y4m');
  await writeFile(path, Buffer.concat([header, ...Array.from({ length: frames }, () => frame)]));
  return path;
}
