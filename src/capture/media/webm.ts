import { EbmlReader, encodeElement, encodeSize, encodeUint } from './ebml.js';
import { ID, indexWebm } from './webm-index.js';
import type { Cue, WebmIndex } from './webm-index.js';

/**
 * A recorder writes WebM as it goes: it cannot know in the beginning how long the film will be, nor
 * where its parts will lie. Players then show no length, and many cannot jump. Both are put in
 * front here, once the film is whole: `Duration`, and `Cues`. No picture and no sound is touched,
 * and what is recorded stays where it is: in memory or on disk.
 *
 * The format: RFC 8794 (EBML) and RFC 9559 (Matroska).
 */
export async function withDuration(webm: Blob): Promise<Blob> {
  try {
    const found = await indexWebm(new EbmlReader(webm));
    return found ? rewrite(webm, found) : webm;
  } catch (thrown) {
    // Something that no recorder known today writes is kept as it was written.
    if (thrown instanceof RangeError) return webm;
    throw thrown;
  }
}

/** The parts of the old film, with what was missing put between them. */
function rewrite(webm: Blob, found: WebmIndex): Blob {
  const { header, tracks, firstCluster, end, duration } = found;
  const seconds = new DataView(new ArrayBuffer(8));
  seconds.setFloat64(0, duration);
  const info = encodeElement(ID.info, [
    ...found.infoContent,
    encodeElement(ID.duration, [new Uint8Array(seconds.buffer)]),
  ]);
  // Positions have a fixed length, so that the cues are as long before they are known as after.
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

/**
 * `shift`: how much further, counted from the segment, a cluster lies than it did in the old file.
 */
function cuePoint({ time, track, cluster }: Cue, shift: number): Uint8Array<ArrayBuffer> {
  return encodeElement(ID.cuePoint, [
    encodeElement(ID.cueTime, [encodeUint(time, 6)]),
    encodeElement(ID.cueTrackPositions, [
      encodeElement(ID.cueTrack, [encodeUint(track, 2)]),
      encodeElement(ID.cueClusterPosition, [encodeUint(Math.max(0, cluster + shift), 6)]),
    ]),
  ]);
}
