/** In pixels: a first guess, reduced until the file is small enough. */
const WIDTH = 1280;
const RATIO = 4 / 3;

/** A JPEG of exactly that many bytes: noise, and zeros after its end, which decoders ignore. */
export async function jpegOf(bytes: number): Promise<Blob> {
  for (let width = WIDTH; ; width = Math.round(width * 0.9)) {
    const blob = await noise(width, Math.round(width / RATIO));
    if (blob.size <= bytes) return new Blob([blob, new Uint8Array(bytes - blob.size)], { type: blob.type });
  }
}

async function noise(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(width, height);
  for (let i = 0; i < image.data.length; i++) image.data[i] = i % 4 === 3 ? 255 : 96 + Math.random() * 64;
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
}
