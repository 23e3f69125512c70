import { SnapError } from '../../errors.js';
import type { Size } from './size.js';
import { stripsOf } from './strips.js';
import type { Strip } from './strips.js';

export type { Size };

export type Canvas = HTMLCanvasElement | OffscreenCanvas;
export type Context2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/**
 * In pixels. iOS draws nothing on a canvas of more than 16 megapixels. No camera stream in use
 * comes near it.
 */
export const LONGEST_EDGE = 4096;

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

/** Draws on a new canvas, on a white background, strip by strip. `draw` draws one of them. */
export async function drawStrips(
  size: Size,
  draw: (context: Context2D, strip: Strip) => void,
): Promise<Canvas> {
  const { canvas, context } = createCanvas(size);
  for await (const strip of stripsOf(size)) {
    context.fillStyle = '#fff';
    context.fillRect(0, strip.top, size.width, strip.height);
    draw(context, strip);
  }
  return canvas;
}

/**
 * Like `drawScaled`, for a source that may be much larger. Resizes before drawing, because Chromium
 * (156) caches what was drawn at another size, up to hundreds of megabytes, even after `close()`.
 */
export async function drawDownscaled(source: ImageBitmap | VideoFrame | Canvas, size: Size): Promise<Canvas> {
  const { width, height } = size;
  if ('width' in source && source.width === width && source.height === height)
    return drawStrips(size, (context, strip) =>
      context.drawImage(source, 0, strip.top, width, strip.height, 0, strip.top, width, strip.height),
    );
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

/** The same for a whole canvas, strip by strip. */
export async function readStrips(canvas: Canvas): Promise<ImageData> {
  const { width, height } = canvas;
  const context = (canvas as OffscreenCanvas).getContext('2d')!;
  const pixels = new ImageData(width, height);
  for await (const strip of stripsOf(canvas))
    pixels.data.set(context.getImageData(0, strip.top, width, strip.height).data, strip.top * width * 4);
  return pixels;
}

/** Puts `imageData` on a new canvas, strip by strip. */
export async function canvasFrom(imageData: ImageData): Promise<Canvas> {
  const { canvas, context } = createCanvas(imageData);
  for await (const { top, height } of stripsOf(imageData))
    context.putImageData(imageData, 0, 0, 0, top, imageData.width, height);
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
