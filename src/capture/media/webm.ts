import { EbmlReader, encodeElement, encodeSize, encodeUint } from './ebml.js';
import { ID, indexWebm } from './webm-index.js';
import type { Cue, WebmIndex } from './webm-index.js';

/**
 * Adds the `Duration` and the `Cues` that a recording lacks. A recorder writes WebM as a stream,
 * without knowing its duration or where its clusters will be; players then show no duration, and
 * many cannot seek. This puts both in front of the first cluster. Video and audio data is not
 * touched, and stays where it is, in memory or on disk.
 *
 * The format: RFC 8794 (EBML) and RFC 9559 (Matroska).
 */
export async function withDuration(webm: Blob): Promise<Blob> {
  try {
    const found = await indexWebm(new EbmlReader(webm));
    return found ? rewrite(webm, found) : webm;
  } catch (thrown) {
    // Keep a file that has a structure no known recorder writes.
    if (thrown instanceof RangeError) return webm;
    throw thrown;
  }
}

/** The parts of the old file, with the missing elements between them. */
function rewrite(webm: Blob, found: WebmIndex): Blob {
  const { header, tracks, firstCluster, end, duration } = found;
  const seconds = new DataView(new ArrayBuffer(8));
  seconds.setFloat64(0, duration);
  const info = encodeElement(ID.info, [
    ...found.infoContent,
    encodeElement(ID.duration, [new Uint8Array(seconds.buffer)]),
  ]);
  // Positions are encoded at a fixed length, so the size of the cues does not depend on their
  // values.
  const cuesAt = (offset: number): Uint8Array<ArrayBuffer> =>
    encodeElement(
      ID.cues,
      found.cues.map((cue) => cuePoint(cue, offset)),
    );
  const before = info.length + (tracks.end - tracks.at) + cuesAt(0).length;
  const cues = cuesAt(before - firstCluster);
  const size = before + end - firstCluster;
  return new Blob(
    [
      webm.slice(0, header.end),
      encodeUint(ID.segment, 4),
      encodeSize(size, 8),
      info,
      webm.slice(tracks.at, tracks.end),
      cues,
      webm.slice(firstCluster, end),
    ],
    { type: webm.type },
  );
}

/** `shift` is how far a cluster moves, relative to the start of the segment. */
function cuePoint({ time, track, cluster }: Cue, shift: number): Uint8Array<ArrayBuffer> {
  return encodeElement(ID.cuePoint, [
    encodeElement(ID.cueTime, [encodeUint(time, 6)]),
    encodeElement(ID.cueTrackPositions, [
      encodeElement(ID.cueTrack, [encodeUint(track, 2)]),
      encodeElement(ID.cueClusterPosition, [encodeUint(Math.max(0, cluster + shift), 6)]),
    ]),
  ]);
}
