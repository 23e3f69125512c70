import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from './bottleneck.js';

/** A video file for Chromium's fake camera (`--use-file-for-fake-video-capture`). */
export interface CameraFilm {
  readonly file: string;
  remove(): void;
}

/** In pixels. */
const WIDTH = 1920;
const HEIGHT = 1080;

/** Chromium loops the file; two different frames make a moving picture. */
const FRAMES = 2;

/**
 * The largest deviation of a pixel's brightness from the smooth picture. Real photos have texture
 * and sensor noise. With this much, the elements' own JPEG (quality 0.9) is larger than the 300 KB
 * that the scenario requires; the bench checks that.
 */
const NOISE = 5;

/** Writes a 1080p video as YUV4MPEG2 (4:2:0) with 30 frames a second. */
export function makeCameraFilm(): CameraFilm {
  const folder = mkdtempSync(join(tmpdir(), 'snaptrail-bench-'));
  const file = join(folder, 'film.y4m');
  const random = seeded(1);
  const frames = Array.from({ length: FRAMES }, () => [Buffer.from('FRAME\n'), picture(random)]).flat();
  writeFileSync(
    file,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F30:1 Ip A1:1\n`), ...frames]),
  );
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Waves of luma and two gradients of chroma, with noise on the luma. */
function picture(random: () => number): Buffer {
  const light = Buffer.alloc(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const wave = 60 * Math.sin(x / 90) * Math.cos(y / 70);
      light[y * WIDTH + x] = 128 + wave + (random() * 2 - 1) * NOISE;
    }
  }
  const [halfWidth, halfHeight] = [WIDTH / 2, HEIGHT / 2];
  const blue = Buffer.alloc(halfWidth * halfHeight);
  const red = Buffer.alloc(halfWidth * halfHeight);
  for (let y = 0; y < halfHeight; y++) {
    for (let x = 0; x < halfWidth; x++) {
      blue[y * halfWidth + x] = 64 + (128 * x) / halfWidth;
      red[y * halfWidth + x] = 64 + (128 * y) / halfHeight;
    }
  }
  return Buffer.concat([light, blue, red]);
}
