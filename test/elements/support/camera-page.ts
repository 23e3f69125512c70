import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import { SnapError } from '../../../src/errors.js';
import type { SnapErrorCode } from '../../../src/errors.js';
import type { SnapItem } from '../../../src/item.js';
import type { SnapCamera } from '../../../src/elements/snap-camera/snap-camera.js';
import '../../../src/define/snap-camera.js';

export function placed(template = html`<snap-camera></snap-camera>`): Promise<SnapCamera> {
  return fixture<SnapCamera>(template);
}

export async function live(template?: ReturnType<typeof html>): Promise<SnapCamera> {
  const camera = await placed(template);
  await camera.start();
  await elementUpdated(camera);
  return camera;
}

export function video(camera: SnapCamera): HTMLVideoElement {
  return camera.shadowRoot!.querySelector('video')!;
}

export function stream(camera: SnapCamera): MediaStream {
  return video(camera).srcObject as MediaStream;
}

function buttons(camera: SnapCamera): HTMLButtonElement[] {
  return [...camera.shadowRoot!.querySelectorAll('button')];
}

export function names(camera: SnapCamera): string[] {
  return buttons(camera).map((each) => each.ariaLabel ?? each.textContent.trim());
}

export function button(camera: SnapCamera, name: string): HTMLButtonElement {
  const found = buttons(camera)[names(camera).indexOf(name)];
  if (!found) throw new Error(`There is no "${name}" among ${names(camera).join(', ')}.`);
  return found;
}

export function words(camera: SnapCamera): string {
  return camera.shadowRoot!.textContent.replace(/\s+/g, ' ');
}

export function choose(camera: SnapCamera, files: File[]): void {
  const chosen = new DataTransfer();
  for (const file of files) chosen.items.add(file);
  const input = camera.shadowRoot!.querySelector('input')!;
  input.files = chosen.files;
  input.dispatchEvent(new Event('change'));
}

export async function codeOf(promise: Promise<unknown>): Promise<SnapErrorCode | null> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown !== null) expect(thrown).to.be.instanceOf(SnapError);
  return (thrown as SnapError | null)?.code ?? null;
}

export function quietly(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}

export const never = (): Promise<MediaStream> => new Promise(() => undefined);

export function pixels(source: HTMLVideoElement | ImageBitmap): ImageData {
  const [width, height] =
    source instanceof ImageBitmap ? [source.width, source.height] : [source.videoWidth, source.videoHeight];
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(source, 0, 0);
  return context.getImageData(0, 0, width, height);
}

export async function picture(type: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(8, 6);
  canvas.getContext('2d')!.fillRect(0, 0, 4, 4);
  return canvas.convertToBlob({ type });
}

export async function sameSize(item: SnapItem, { videoWidth, videoHeight }: HTMLVideoElement): Promise<void> {
  const picture = await createImageBitmap(item.file);
  const expected = [videoWidth, videoHeight];
  void expect([picture.width, picture.height]).to.deep.equal(expected);
  void expect([item.width, item.height]).to.deep.equal(expected);
}

/** A promise that the test resolves. */
export function promised<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((kept) => (resolve = kept));
  return { promise, resolve };
}
