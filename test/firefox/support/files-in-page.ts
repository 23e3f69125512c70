// Functions that the tests run inside the pages. Each is sent as text, and may use nothing but
// globals and its arguments.
import type { SnapCamera } from '../../../src/elements/snap-camera/snap-camera.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import type { SnapItem } from '../../../src/item.js';
import type { Sample } from '../../samples/table.js';

interface Seen {
  readonly kind: string;
  readonly type: string;
}

/** Chooses these files in the `<snap-sender>`, without sending them. */
export function choose(samples: readonly (Sample & { bytes: string })[]): void {
  const chosen = new DataTransfer();
  for (const { file, name = file, claim = '', bytes } of samples) {
    const content = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
    chosen.items.add(new File([content], name, { type: claim }));
  }
  const input = document.querySelector('snap-sender')!.shadowRoot!.querySelector('input')!;
  input.files = chosen.files;
  input.dispatchEvent(new Event('change'));
}

/** Whether the browser plays each of these types; `true` for an empty one. */
export function willPlay(needs: readonly string[]): boolean[] {
  const player = document.createElement('video');
  return needs.map((type) => type === '' || player.canPlayType(type) !== '');
}

/**
 * Has the browser start what decodes: a file that arrives before has no more than a second to show
 * what it is. Resolves once the browser knows what it makes of each of these, base64-encoded.
 */
export async function warmUp(files: readonly string[]): Promise<void> {
  const tried = files.map((base64) => {
    const player = document.createElement('video');
    const known = new Promise((resolve) => {
      for (const type of ['loadedmetadata', 'error']) player.addEventListener(type, resolve, { once: true });
    });
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    player.src = URL.createObjectURL(new Blob([bytes]));
    return known;
  });
  await Promise.all(tried);
}

/** Sends what is pending, and returns its kinds. */
export function kindsHere(): Seen[] {
  const hub = document.querySelector<SnapConnection>('snap-connection')!;
  const seen = hub.pending.map(({ kind, file }) => ({ kind, type: file.type }));
  document.querySelector('snap-sender')!.shadowRoot!.querySelector<HTMLElement>('[part~=send]')!.click();
  return seen;
}

/** The kinds of what has arrived, in the order in which it was sent. */
export function kindsThere(): Seen[] {
  const hub = document.querySelector<SnapConnection>('snap-connection')!;
  return [...hub.received].reverse().map(({ kind, file }) => ({ kind, type: file.type }));
}

/**
 * Records a clip with the camera, and sends it. `atLeast` and `atMost`, in seconds, bound its
 * duration: a busy machine starts and stops late.
 */
export async function recordClip(): Promise<{
  atLeast: number;
  atMost: number;
  width: number;
  height: number;
}> {
  const camera = document.querySelector<SnapCamera>('snap-camera')!;
  camera.mode = 'video';
  await camera.updateComplete;
  const asked = performance.now();
  await camera.record();
  const began = performance.now();
  const video = camera.shadowRoot!.querySelector('video')!;
  // Waits for forty frames of the camera.
  for (let left = 40; left > 0; left -= 1)
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  const atLeast = (performance.now() - began) / 1000;
  const item = (await camera.stopRecording())!;
  const atMost = (performance.now() - asked) / 1000;
  const hub = document.querySelector<SnapConnection>('snap-connection')!;
  hub.send(item.file);
  return { atLeast, atMost, width: item.width, height: item.height };
}

/** Records a sound, and sends it. The bounds are those of {@link recordClip}. */
export async function recordSound(): Promise<{ atLeast: number; atMost: number; kind: string }> {
  const camera = document.querySelector<SnapCamera>('snap-camera')!;
  camera.mode = 'audio';
  await camera.updateComplete;
  const asked = performance.now();
  await camera.record();
  const began = performance.now();
  // A sound has no frames to wait for, and its length is time.
  while (performance.now() - began < 1000) await new Promise(requestAnimationFrame);
  const atLeast = (performance.now() - began) / 1000;
  const item = (await camera.stopRecording())!;
  const atMost = (performance.now() - asked) / 1000;
  document.querySelector<SnapConnection>('snap-connection')!.send(item.file);
  return { atLeast, atMost, kind: item.kind };
}

/**
 * Records a clip with sound whose picture changes from landscape to portrait, at which Firefox
 * stops recording. Sends what was recorded.
 */
export async function recordTurnedClip(): Promise<{ kind: string; code: string | null }> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
  // Firefox captures only a canvas that is in the page.
  document.body.append(canvas);
  const context = canvas.getContext('2d')!;
  let at = 0;
  const timer = setInterval(() => {
    context.fillStyle = `hsl(${(at += 9) % 360} 80% 50%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }, 33);
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async () => {
    const sound = await ask({ audio: true });
    return new MediaStream([...canvas.captureStream(30).getTracks(), ...sound.getTracks()]);
  };
  const camera = document.querySelector<SnapCamera>('snap-camera')!;
  const failed = new Promise<string>((resolve) =>
    camera.addEventListener('snap-error', ({ error }) => resolve(error.code), { once: true }),
  );
  const taken = new Promise<SnapItem>((resolve) =>
    camera.addEventListener('snap-captured', ({ item }) => resolve(item), { once: true }),
  );
  camera.stop();
  camera.mode = 'video';
  await camera.updateComplete;
  await camera.record();
  const video = camera.shadowRoot!.querySelector('video')!;
  for (let left = 30; left > 0; left -= 1)
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  [canvas.width, canvas.height] = [480, 640];
  const code = await failed;
  const item = await taken;
  clearInterval(timer);
  document.querySelector<SnapConnection>('snap-connection')!.send(item.file);
  return { kind: item.kind, code };
}

/** Plays the clip that has arrived. */
export async function lengthOfClip(): Promise<{
  duration: number;
  jumpedTo: number;
  width: number;
  height: number;
}> {
  const item = document.querySelector<SnapConnection>('snap-connection')!.received[0]!;
  const player = document.createElement('video');
  player.muted = true;
  player.src = URL.createObjectURL(item.file);
  await new Promise((resolve) => player.addEventListener('loadedmetadata', resolve, { once: true }));
  const { duration } = player;
  player.currentTime = duration / 2;
  await new Promise((resolve) => player.addEventListener('seeked', resolve, { once: true }));
  return { duration, jumpedTo: player.currentTime, width: item.width, height: item.height };
}

/** Whether the trail's own player plays what has arrived, from its start on. */
export async function plays(): Promise<boolean> {
  const player = document
    .querySelector('photo-trail')!
    .shadowRoot!.querySelector<HTMLMediaElement>('audio, video')!;
  player.muted = true;
  const moved = new Promise((resolve) => {
    player.addEventListener('timeupdate', () => player.currentTime > 0 && resolve(true));
  });
  await player.play();
  await moved;
  return player.error === null;
}
