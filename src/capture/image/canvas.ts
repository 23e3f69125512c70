import { SnapError } from '../../errors.js';
import { nextTask } from '../../timing/next-task.js';

export type Canvas = HTMLCanvasElement | OffscreenCanvas;
export type Context2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * In pixels. iOS draws nothing on a canvas of more than 16 megapixels. No camera stream in use
 * comes near it.
 */
const LONGEST_EDGE = 4096;

/**
 * Scales `size` down so that its longer side is at most `edge` (0: as large as a canvas may be).
 * Never scales up.
 */
export function fit({ width, height }: Size, edge = 0): Size {
  const longest = edge > 0 ? Math.min(edge, LONGEST_EDGE) : LONGEST_EDGE;
  const scale = Math.min(1, longest / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** Creates an empty canvas. Set `reading` if its pixels will be read back. */
function createCanvas(
  { width, height }: Size,
  options: { reading?: boolean } = {},
): { canvas: Canvas; context: Context2D } {
  // Safari before 16.4 has no 2D context for OffscreenCanvas.
  const canvas: Canvas =
    typeof OffscreenCanvas === 'undefined'
      ? Object.assign(document.createElement('canvas'), { width, height })
      : new OffscreenCanvas(width, height);
  // TypeScript resolves the overloads of the union differently with the order of its files.
  const context: Context2D | null = (canvas as OffscreenCanvas).getContext('2d', {
    willReadFrequently: options.reading ?? false,
  });
  if (!context) throw new SnapError('capture-failed', { detail: 'no 2D context' });
  return { canvas, context };
}

/** Draws `source` on a new canvas, scaled to `size`, on a white background. */
export function drawScaled(source: CanvasImageSource, size: Size): Canvas {
  const { canvas, context } = createCanvas(size);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, size.width, size.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, size.width, size.height);
  return canvas;
}

/**
 * Like `drawScaled`, for a much larger source. Resizes before drawing, because Chromium (156)
 * caches what was drawn at another size, up to hundreds of megabytes, even after `close()`.
 */
export async function drawDownscaled(source: ImageBitmapSource, size: Size): Promise<Canvas> {
  const { width, height } = size;
  const options = { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' } as const;
  const bitmap = await createImageBitmap(source, options);
  try {
    return drawScaled(bitmap, size);
  } finally {
    bitmap.close();
  }
}

/** Reads the exact pixels of `source` at `size`. */
export function readPixels(source: CanvasImageSource, size: Size): ImageData {
  const { context } = createCanvas(size, { reading: true });
  context.drawImage(source, 0, 0, size.width, size.height);
  return context.getImageData(0, 0, size.width, size.height);
}

/** In pixels: put on the canvas in one task, which takes about ten ms on a phone. */
const STRIP = 2 * 1024 * 1024;

/** Puts `imageData` on a new canvas, strip by strip, so that the page stays responsive. */
export async function canvasFrom(imageData: ImageData): Promise<Canvas> {
  const { width, height } = imageData;
  const { canvas, context } = createCanvas(imageData);
  const rows = Math.max(1, Math.floor(STRIP / width));
  for (let top = 0; top < height; top += rows) {
    if (top > 0) await new Promise<void>((resolve) => nextTask(resolve));
    context.putImageData(imageData, 0, 0, 0, top, width, rows);
  }
  return canvas;
}

/**
 * Encodes `canvas` as `type`, or as JPEG if the browser cannot encode that: Safari silently returns
 * a PNG, many times as large, instead of a WebP. Check the `type` of the result. `quality` is from
 * 0 to 1.
 */
export async function encodeCanvas(canvas: Canvas, type: string, quality: number): Promise<Blob> {
  const blob = await toBlob(canvas, type, quality);
  if (blob.type === type || type === 'image/png') return blob;
  return toBlob(canvas, 'image/jpeg', quality);
}

async function toBlob(canvas: Canvas, type: string, quality: number): Promise<Blob> {
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type, quality });
  return new Promise((resolve, reject) => {
    const made = (blob: Blob | null): void =>
      blob ? resolve(blob) : reject(new SnapError('capture-failed', { detail: `no ${type} was made` }));
    canvas.toBlob(made, type, quality);
  });
}

/**
 * Half of these values are further from the middle than {@link TOLERANCE}, so black, white, grey
 * and noise all fail the test.
 */
const PATTERN = Uint8ClampedArray.from({ length: 64 }, (_, i) => (i % 4 === 3 ? 255 : (i * 73 + 20) % 256));

/**
 * The allowed mean difference of a value: Brave and Firefox shift single values by one, invisibly,
 * to make fingerprinting harder.
 */
const TOLERANCE = 3;

/**
 * Whether pixels that were put on a canvas can be read back. Firefox with `resistFingerprinting`
 * and some extensions return noise or a blank picture without throwing; without this test, people
 * would send black photos.
 */
export function canReadBack(): boolean {
  try {
    const { context } = createCanvas({ width: 4, height: 4 }, { reading: true });
    context.putImageData(new ImageData(PATTERN.slice(), 4, 4), 0, 0);
    const back = context.getImageData(0, 0, 4, 4).data;
    const difference = PATTERN.reduce((sum, value, i) => sum + Math.abs(value - (back[i] ?? 0)), 0);
    return difference / PATTERN.length <= TOLERANCE;
  } catch {
    return false;
  }
}
