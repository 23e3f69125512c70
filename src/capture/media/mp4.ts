import { BlobReader } from './blob-reader.js';
import { boxHeader, boxesIn, findBox, readTime, timeFields, writeTime } from './mp4-boxes.js';
import type { Box } from './mp4-boxes.js';

/** In bytes: a recorder writes headers of some hundred bytes. */
const LARGEST_HEADER = 1024 * 1024;

/** A track of the film, by its id. */
interface Track {
  /** Units of time in a second. */
  readonly scale: number;
  /** In those units: how long a sample lasts unless its fragment says otherwise. */
  sample: number;
  /** In those units: where the last whole fragment ends. */
  end: number;
}

/**
 * Writes the duration into the headers of a recording, which lack it: a recorder writes MP4 in
 * fragments, without knowing how many will come; players then show no duration, or a wrong one.
 * Only the headers change, and nothing moves.
 *
 * The format: ISO/IEC 14496-12, sections 8.2, 8.3, 8.4 and 8.8.
 */
export async function withMp4Duration(mp4: Blob): Promise<Blob> {
  try {
    return (await patched(mp4)) ?? mp4;
  } catch (thrown) {
    // Keep a file that has a structure no known recorder writes.
    if (thrown instanceof RangeError) return mp4;
    throw thrown;
  }
}

/** Null if the file has a duration, or no fragments. */
async function patched(mp4: Blob): Promise<Blob | null> {
  const reader = new BlobReader(mp4);
  let moov: { readonly at: number; readonly view: DataView; readonly tracks: Map<number, Track> } | null =
    null;
  let fragment: DataView | null = null;
  for (let at = 0; at + 8 <= reader.size;) {
    const { name, header, size } = boxHeader(await reader.view(at, Math.min(16, reader.size - at)), 0);
    const end = size === 0 ? reader.size : at + size;
    if (size !== 0 && size < header) throw new RangeError('no box');
    // The recording was interrupted within this box.
    if (end > reader.size) break;
    if (name === 'moov' || name === 'moof') {
      if (end - at > LARGEST_HEADER) return null;
      // A copy: the moov is written to, and a fragment counts once its samples are there.
      const view = new DataView((await reader.bytes(at + header, end)).buffer);
      if (name === 'moof') fragment = view;
      else if (moov) return null;
      else moov = { at: at + header, view, tracks: readTracks(view) };
    } else if (name === 'mdat' && moov && fragment) {
      addFragment(fragment, moov.tracks);
      fragment = null;
    }
    at = end;
  }
  if (!moov || !writeDurations(moov.view, moov.tracks)) return null;
  const after = moov.at + moov.view.byteLength;
  return new Blob([mp4.slice(0, moov.at), moov.view.buffer as ArrayBuffer, mp4.slice(after)], {
    type: mp4.type,
  });
}

function whole(view: DataView): Omit<Box, 'name'> {
  return { start: 0, end: view.byteLength };
}

function readTracks(moov: DataView): Map<number, Track> {
  const tracks = new Map<number, Track>();
  for (const trak of boxesIn(moov, 0, moov.byteLength)) {
    if (trak.name !== 'trak') continue;
    const tkhd = findBox(moov, trak, 'tkhd');
    const mdhd = findBox(moov, trak, 'mdia', 'mdhd');
    if (!tkhd || !mdhd) continue;
    const scale = moov.getUint32(timeFields(moov, mdhd).scale);
    tracks.set(moov.getUint32(timeFields(moov, tkhd).scale), { scale, sample: 0, end: 0 });
  }
  const mvex = findBox(moov, whole(moov), 'mvex');
  for (const { name, start } of mvex ? boxesIn(moov, mvex.start, mvex.end) : []) {
    const track = name === 'trex' ? tracks.get(moov.getUint32(start + 4)) : undefined;
    if (track) track.sample = moov.getUint32(start + 12);
  }
  return tracks;
}

/** Moves the ends of the tracks by the samples of this fragment. */
function addFragment(moof: DataView, tracks: Map<number, Track>): void {
  for (const traf of boxesIn(moof, 0, moof.byteLength)) {
    const tfhd = traf.name === 'traf' ? findBox(moof, traf, 'tfhd') : null;
    const track = tfhd && tracks.get(moof.getUint32(tfhd.start + 4));
    if (!tfhd || !track) continue;
    const tfdt = findBox(moof, traf, 'tfdt');
    const begin = tfdt ? readTime(moof, tfdt.start + 4, moof.getUint8(tfdt.start) === 1) : track.end;
    let length = 0;
    for (const trun of boxesIn(moof, traf.start, traf.end))
      if (trun.name === 'trun') length += runLength(moof, trun, sampleLength(moof, tfhd) ?? track.sample);
    track.end = Math.max(track.end, begin + length);
  }
}

/**
 * The duration of a sample that a fragment's header (section 8.8.7) gives; null if it gives none.
 */
function sampleLength(moof: DataView, { start }: Box): number | null {
  const flags = moof.getUint32(start) & 0xffffff;
  if (!(flags & 0x8)) return null;
  return moof.getUint32(start + 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0));
}

/** Section 8.8.8: the sum of the samples' durations. */
function runLength(moof: DataView, { start, end }: Box, sample: number): number {
  const flags = moof.getUint32(start) & 0xffffff;
  const count = moof.getUint32(start + 4);
  if (!(flags & 0x100)) return count * sample;
  const size = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length;
  const first = start + 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
  if (first + count * size > end) throw new RangeError('more samples than there are');
  let length = 0;
  for (let i = 0; i < count; i += 1) length += moof.getUint32(first + i * size);
  return length;
}

/** Returns false if there is nothing to write. */
function writeDurations(moov: DataView, tracks: ReadonlyMap<number, Track>): boolean {
  const mvhd = findBox(moov, whole(moov), 'mvhd');
  if (!mvhd) return false;
  const movie = timeFields(moov, mvhd);
  const scale = moov.getUint32(movie.scale);
  const seconds = Math.max(0, ...Array.from(tracks.values(), (track) => track.end / track.scale));
  const known = readTime(moov, movie.duration, movie.long);
  if (!(seconds > 0) || seconds === Infinity || isKnown(known, movie.long)) return false;
  writeTime(moov, movie.duration, movie.long, seconds * scale);
  for (const trak of boxesIn(moov, 0, moov.byteLength)) {
    const tkhd = trak.name === 'trak' ? findBox(moov, trak, 'tkhd') : null;
    const mdhd = tkhd && findBox(moov, trak, 'mdia', 'mdhd');
    const track = tkhd && tracks.get(moov.getUint32(timeFields(moov, tkhd).scale));
    if (!tkhd || !mdhd || !track) continue;
    const ofTrack = timeFields(moov, tkhd);
    writeTime(moov, ofTrack.duration, ofTrack.long, (track.end / track.scale) * scale);
    const ofMedia = timeFields(moov, mdhd);
    writeTime(moov, ofMedia.duration, ofMedia.long, track.end);
  }
  const mehd = findBox(moov, whole(moov), 'mvex', 'mehd');
  if (mehd) writeTime(moov, mehd.start + 4, moov.getUint8(mehd.start) === 1, seconds * scale);
  return true;
}

/** All ones mean that the duration is unknown (section 8.2.2). */
function isKnown(duration: number, long: boolean): boolean {
  return duration !== 0 && duration < (long ? 2 ** 63 : 0xffff_ffff);
}
