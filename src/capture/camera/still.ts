import { withTimeout } from '../../timing/abortable.js';
import type { Size } from '../image/canvas.js';
import { readRasterHeader } from '../image/raster-header.js';
import type { RasterType } from '../image/raster-header.js';
import { withoutMetadata } from '../metadata/metadata.js';

/** A photo that the camera itself took, without metadata. */
export interface Still {
  readonly blob: Blob;
  readonly type: RasterType;
  /** Upright, in pixels. */
  readonly size: Size;
}

/**
 * In ms. In some browsers `takePhoto()` never settles. Nobody waits longer for a photo where there
 * is the frame; where there is nothing else, a slow camera is better than none.
 */
const TIMEOUT = { otherwiseFrame: 2500, otherwiseNothing: 15_000 };

/** In ms: how long to wait for what the camera says about its photos. */
const CAPABILITIES_TIMEOUT = 1000;

/** The size of the photos of each track; null if the browser does not tell. */
const sizes = new WeakMap<MediaStreamTrack, Promise<Size | null>>();

/** Tracks that took no photo in time. Waiting for them once is enough. */
const unreliable = new WeakSet<MediaStreamTrack>();

/**
 * Has the camera take a photo if its photos are larger than its stream of the size `stream`, as
 * they are on phones. Null if they are not, or the camera takes none in time.
 */
export async function largerStill(track: MediaStreamTrack, stream: Size): Promise<Still | null> {
  if (unreliable.has(track)) return null;
  const size = await photoSize(track);
  if (!size || area(size) <= area(stream)) return null;
  const settings = { imageWidth: size.width, imageHeight: size.height };
  const still = await takeStill(track, TIMEOUT.otherwiseFrame, settings);
  if (!still) unreliable.add(track);
  // A driver that forgets how the device is held would turn the photo on its side.
  return still && area(still.size) > area(stream) && isAlike(still.size, stream) ? still : null;
}

/** Has the camera take a photo, whatever its size. Null if it takes none. */
export function onlyStill(track: MediaStreamTrack): Promise<Still | null> {
  return takeStill(track, TIMEOUT.otherwiseNothing);
}

async function takeStill(
  track: MediaStreamTrack,
  timeout: number,
  settings?: PhotoSettings,
): Promise<Still | null> {
  if (typeof ImageCapture === 'undefined' || track.readyState !== 'live') return null;
  try {
    const taken = await withTimeout(new ImageCapture(track).takePhoto(settings), timeout, null);
    return taken && (await cleaned(taken));
  } catch {
    return null;
  }
}

/** Asks in good time, so that the first photo does not have to wait for the answer. */
export function photoSize(track: MediaStreamTrack): Promise<Size | null> {
  const known = sizes.get(track) ?? askSize(track);
  sizes.set(track, known);
  return known;
}

async function askSize(track: MediaStreamTrack): Promise<Size | null> {
  try {
    const asked = new ImageCapture(track).getPhotoCapabilities();
    const { imageWidth, imageHeight } = (await withTimeout(asked, CAPABILITIES_TIMEOUT, null)) ?? {};
    const [width, height] = [imageWidth?.max ?? 0, imageHeight?.max ?? 0];
    return width > 0 && height > 0 ? { width, height } : null;
  } catch {
    // Firefox has no `ImageCapture`.
    return null;
  }
}

/**
 * The type is that of the bytes: cameras on Linux give PNG. Null if it is unknown what else is in
 * them.
 */
async function cleaned(taken: Blob): Promise<Still | null> {
  const header = await readRasterHeader(taken);
  const clean = header && (await withoutMetadata(new Blob([taken], { type: header.type })));
  if (!clean) return null;
  const { width, height } = header;
  const size = clean.orientation < 5 ? { width, height } : { width: height, height: width };
  return { blob: clean.blob, type: header.type, size };
}

function area({ width, height }: Size): number {
  return width * height;
}

/** Whether both are upright, or both lie on their side. */
function isAlike(one: Size, other: Size): boolean {
  return Math.sign(one.width - one.height) * Math.sign(other.width - other.height) >= 0;
}
