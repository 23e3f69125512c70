import { Moments, painted } from './clock.js';
import { receive, sendPhoto } from './codelab-loop.js';
import { NativeContestant } from './native.js';
import { snapPage } from './snap-page.js';

const pictures = new Moments();

/**
 * The page of the codelab with a 1080p camera: sends raw pixels, 8.3 MB, which the other page puts
 * on a canvas.
 */
class SnapCodelab extends NativeContestant {
  protected ready([channel]: readonly RTCDataChannel[]): void {
    receive(channel!, (pixels) => void renderPhoto(pixels));
    document.querySelector('#snap-send')?.addEventListener('click', () => {
      const { data } = snapPhoto();
      void sendPhoto(channel!, new Uint8Array(data.buffer));
    });
  }

  protected transmit(): void {
    throw new Error('Its button sends');
  }
}

const video = document.querySelector('video');
const photo = document.querySelector('canvas');

/** In the codelab, the receiver assumes the size of its own camera; here it is fixed. */
const SIZE = { width: 1920, height: 1080 };

function snapPhoto(): ImageData {
  const context = photo!.getContext('2d')!;
  context.drawImage(video!, 0, 0, SIZE.width, SIZE.height);
  return context.getImageData(0, 0, SIZE.width, SIZE.height);
}

async function renderPhoto(data: Uint8ClampedArray<ArrayBuffer>): Promise<void> {
  const canvas = Object.assign(document.createElement('canvas'), SIZE);
  document.querySelector('#trail')?.prepend(canvas);
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(SIZE.width, SIZE.height);
  image.data.set(data);
  context.putImageData(image, 0, 0);
  pictures.happened(undefined, await painted());
}

if (video) video.srcObject = await navigator.mediaDevices.getUserMedia({ video: SIZE });

globalThis.bench = new SnapCodelab();
globalThis.snapBench = snapPage(() => video, pictures);
