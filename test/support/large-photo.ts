import type { Page } from 'playwright';

/** In pixels: twelve megapixels, as most phones take. */
export const LARGE = { width: 4000, height: 3000 };

/** Has `page` make a photo of that size, with noise, so that a JPEG has 1.8 MB, as a camera's. */
export async function largePhoto(
  page: Page,
  type: 'image/jpeg' | 'image/png' = 'image/jpeg',
): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ({ width, height, media }) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d')!;
      const image = context.createImageData(width, height);
      const values = new Uint32Array(image.data.buffer);
      for (let at = 0, noise = 1; at < values.length; at += 1) {
        noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
        const level = 60 + ((at % width) >> 5) + (noise >>> 27);
        values[at] = 0xff000000 | (level << 16) | (level << 8) | (255 - level);
      }
      context.putImageData(image, 0, 0);
      const blob = await canvas.convertToBlob({ type: media, quality: 0.88 });
      const address = await new Promise<string>((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result as string);
        reader.readAsDataURL(blob);
      });
      return address.split(',')[1]!;
    },
    { ...LARGE, media: type },
  );
  return Buffer.from(base64, 'base64');
}

/** Grey, with noise, for a film. */
export function largePicture(): { width: number; height: number; light: Uint8Array } {
  const { width, height } = LARGE;
  const light = new Uint8Array(width * height);
  for (let at = 0, noise = 1; at < light.length; at += 1) {
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
    light[at] = 60 + ((at % width) >> 5) + (noise >>> 27);
  }
  return { width, height, light };
}
