import { inTime } from '../../timing/in-time.js';
import { holdUrl, releaseUrl } from '../../object-url.js';
import { drawScaled, fit } from '../image/canvas.js';
import type { Canvas, Size } from '../image/canvas.js';
import { decoding } from '../image/decoding.js';
import type { Decoding } from '../image/decoding.js';
import type { MediaHeader } from './media-header.js';
import { canonicalType } from './media-type.js';

/** What this browser makes of a clip or a sound. */
export interface Clip {
  readonly kind: 'video' | 'audio';
  /** In pixels; 0 where there is nothing to see, or it could not be told. */
  readonly size: Size;
  /** Its first picture, small, if that was asked for and is there. */
  readonly cover: Canvas | null;
}

/** Whose a clip is, and for how long anybody wants to know. */
export interface ClipOptions extends Pick<Decoding, 'queue' | 'signal'> {
  readonly cover: boolean;
}

/**
 * In ms. A clip of this device tells its size within some tens; a browser that has other things to
 * do may never get to it.
 */
const TIMEOUT = { header: 4000, picture: 1000 };

/** In pixels: what a preview is made of. */
const COVER = 640;

const NO_SIZE: Size = { width: 0, height: 0 };

/** Types that some browsers play under another name only. */
const STAND_INS: Readonly<Record<string, string>> = {
  'video/quicktime': 'video/mp4',
  'video/3gpp': 'video/mp4',
  'audio/3gpp': 'audio/mp4',
  'video/x-matroska': 'video/webm',
  'audio/x-matroska': 'audio/webm',
};

/** What has been asked about before: the answer does not change. */
const playable = new Map<string, boolean>();

/**
 * Whether a media element may be able to play files of this type. What is in one of them is known
 * once it is tried.
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

/** In bytes: a player holds some pictures of its film, of eight megapixels each in one of 4K. */
const COST = 64 * 1024 * 1024;

/**
 * Tries whether this browser plays `file`, which begins as `header` says: what a container holds is
 * not in its type. Null when it cannot. A film of which it only plays the sound is a sound here.
 * `cover`: its first picture is wanted, too. Waits for its turn among all that is decoded in the
 * page: a browser has few players. Rejects with the reason of `signal`.
 */
export async function openClip(
  file: Blob,
  header: MediaHeader,
  { cover, queue, signal }: ClipOptions,
): Promise<Clip | null> {
  // A hidden page's players load nothing, in some browsers, before it is shown.
  if (document.hidden) return clipFromHeader(file, header);
  return decoding.run(() => probe(file, header, cover), { queue, signal, cost: COST });
}

/** The same by its type alone. */
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
    const told = await inTime(Promise.race([loaded, failed]), TIMEOUT.header, false);
    if (told === null) return null;
    if (!told) return clipFromHeader(file, header);
    const size = { width: player.videoWidth, height: player.videoHeight };
    if (size.width === 0) return { kind: 'audio', size, cover: null };
    if (!cover) return { kind: 'video', size, cover: null };
    const picture = await inTime(Promise.race([pictured, failed]), TIMEOUT.picture, false);
    if (picture === null) return null;
    return { kind: 'video', size, cover: picture ? drawScaled(player, fit(size, COVER)) : null };
  } finally {
    // Without an address, and loaded anew, a player lets go of its decoder.
    player.removeAttribute('src');
    player.load();
    releaseUrl(file);
  }
}

function event<T>(target: EventTarget, name: string, value: T): Promise<T> {
  return new Promise((resolve) => target.addEventListener(name, () => resolve(value), { once: true }));
}
