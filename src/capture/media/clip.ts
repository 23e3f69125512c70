import { withTimeout } from '../../timing/abortable.js';
import { holdUrl, releaseUrl } from '../../object-url.js';
import { drawScaled, fit } from '../image/canvas.js';
import type { Canvas, Size } from '../image/canvas.js';
import { decoding } from '../image/decoding.js';
import type { Decoding } from '../image/decoding.js';
import type { MediaHeader } from './media-header.js';
import { canonicalType } from './media-type.js';

/** What this browser can play of a video or a sound. */
export interface Clip {
  readonly kind: 'video' | 'audio';
  /** In pixels; 0 if there is no picture, or the size is unknown. */
  readonly size: Size;
  /** A small copy of the first frame, if requested and available. */
  readonly cover: Canvas | null;
}

/** The queue and the signal of the decoding, and whether to make a cover. */
export interface ClipOptions extends Pick<Decoding, 'queue' | 'signal'> {
  readonly cover: boolean;
}

/** In ms. A local file reveals its size within tens of ms, but a busy browser may never load it. */
const TIMEOUT = { header: 4000, picture: 1000 };

/** In pixels: the longer side of the cover, from which the preview is made. */
const COVER = 640;

const NO_SIZE: Size = { width: 0, height: 0 };

/** Types that some browsers only play under another name. */
const STAND_INS: Readonly<Record<string, string>> = {
  'video/quicktime': 'video/mp4',
  'video/3gpp': 'video/mp4',
  'audio/3gpp': 'audio/mp4',
  'video/x-matroska': 'video/webm',
  'audio/x-matroska': 'audio/webm',
};

/** A cache: the answer for a type does not change. */
const playable = new Map<string, boolean>();

/**
 * Whether a media element may be able to play this type. What a file really contains is only known
 * once it is loaded.
 */
export function mayPlay(type: string): boolean {
  const usual = canonicalType(type);
  let may = playable.get(usual);
  if (may === undefined) {
    const player = document.createElement('video');
    may = [usual, STAND_INS[usual] ?? ''].some((each) => each !== '' && player.canPlayType(each) !== '');
    playable.set(usual, may);
  }
  return may;
}

/** In bytes: a player holds a few decoded frames, of eight megapixels each for a 4K video. */
const COST = 64 * 1024 * 1024;

/**
 * Finds out whether this browser plays `file`, by loading it: a container's type does not reveal
 * its codecs. Null if it does not. A video of which only the sound plays is reported as a sound.
 * With `cover`, also captures the first frame. Waits for the decoding budget, because browsers
 * limit the number of players. Rejects with the signal's reason when that is aborted.
 */
export async function openClip(
  file: Blob,
  header: MediaHeader,
  { cover, queue, signal }: ClipOptions,
): Promise<Clip | null> {
  // In some browsers, players in a hidden page load nothing.
  if (document.hidden) return clipFromHeader(file, header);
  return decoding.run(() => probe(file, header, cover), { queue, signal, cost: COST });
}

/** The same, judging by the type alone. */
export function clipFromHeader(file: Blob, header: MediaHeader): Clip | null {
  if (!mayPlay(file.type)) return null;
  const kind = canonicalType(file.type).startsWith('audio/') ? 'audio' : header.kind;
  return { kind, size: NO_SIZE, cover: null };
}

async function probe(file: Blob, header: MediaHeader, cover: boolean): Promise<Clip | null> {
  const player = document.createElement('video');
  player.muted = true;
  player.preload = cover ? 'auto' : 'metadata';
  const failed = event(player, 'error', null);
  const loaded = event(player, 'loadedmetadata', true);
  const pictured = event(player, 'loadeddata', true);
  player.src = holdUrl(file);
  try {
    const told = await withTimeout(Promise.race([loaded, failed]), TIMEOUT.header, false);
    if (told === null) return null;
    if (!told) return clipFromHeader(file, header);
    const size = { width: player.videoWidth, height: player.videoHeight };
    if (size.width === 0) return { kind: 'audio', size, cover: null };
    if (!cover) return { kind: 'video', size, cover: null };
    const picture = await withTimeout(Promise.race([pictured, failed]), TIMEOUT.picture, false);
    if (picture === null) return null;
    return { kind: 'video', size, cover: picture ? drawScaled(player, fit(size, COVER)) : null };
  } finally {
    // Removing the source and calling `load()` makes a player release its decoder.
    player.removeAttribute('src');
    player.load();
    releaseUrl(file);
  }
}

function event<T>(target: EventTarget, name: string, value: T): Promise<T> {
  return new Promise((resolve) => target.addEventListener(name, () => resolve(value), { once: true }));
}
