import { readVint, readUint } from './ebml.js';
import type { EbmlElement, EbmlReader } from './ebml.js';

/** RFC 9559, section 27.1: the ids of the elements that are read or written. */
export const ID = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
  seekHead: 0x114d9b74,
  void: 0xec,
  crc: 0xbf,
} as const;

/** The direct children of a segment: one of these ends a cluster of unknown size. */
const LEVEL_ONE = [ID.info, ID.tracks, ID.cluster, ID.cues, ID.seekHead, 0x1254c367, 0x1043a770, 0x1941a469];

/**
 * A position to seek to: its time in the segment's unit, and the offset of its cluster in the file.
 */
export interface Cue {
  readonly time: number;
  readonly track: number;
  readonly cluster: number;
}

/** Where the parts of a WebM file are, and the duration and cues that it lacks. */
export interface WebmIndex {
  readonly header: EbmlElement;
  readonly info: EbmlElement;
  /** The children of the info element, without a duration. */
  readonly infoContent: readonly Uint8Array<ArrayBuffer>[];
  readonly tracks: EbmlElement;
  readonly firstCluster: number;
  readonly end: number;
  readonly duration: number;
  readonly cues: readonly Cue[];
}

/** Reads the structure of the file. Null if it already has cues, or is not WebM. */
export async function indexWebm(reader: EbmlReader): Promise<WebmIndex | null> {
  const header = await reader.element(0);
  const segment = await reader.element(header.end);
  if (header.id !== ID.ebml || segment.id !== ID.segment) return null;
  let info: EbmlElement | null = null;
  let tracks: EbmlElement | null = null;
  const scan = new ClusterScan();
  for (let at = segment.start; at < reader.size;) {
    const element = await reader.element(at);
    if (element.id === ID.cues) return null;
    if (element.id === ID.info) info = element;
    if (element.id === ID.tracks) {
      tracks = element;
      await scan.readTracks(reader, element);
    }
    at = element.id === ID.cluster ? await scan.readCluster(reader, element) : element.end;
  }
  if (!info || !tracks || scan.firstCluster === null) return null;
  const infoContent: Uint8Array<ArrayBuffer>[] = [];
  for await (const child of reader.children(info))
    if (![ID.duration, ID.void, ID.crc].some((id) => id === child.id))
      infoContent.push(await reader.bytes(child.at, child.end));
  const { firstCluster, end, duration, cues } = scan;
  return { header, info, infoContent, tracks, firstCluster, end, duration, cues };
}

/** Collects the timestamps and the cues while it goes through the clusters. */
class ClusterScan {
  firstCluster: number | null = null;
  /** The end of the last complete block. What follows is dropped. */
  end = 0;
  readonly cues: Cue[] = [];
  /** The track to seek by: the first video track, or else the first track. */
  #track = 0;
  #seeksByVideo = false;
  /** By track: the start of its last block, and of the one before. */
  readonly #times = new Map<number, readonly [last: number, before: number]>();

  /** Assumes that the last block of a track lasts as long as the one before it. */
  get duration(): number {
    return Math.max(1, ...Array.from(this.#times.values(), ([last, before]) => 2 * last - before));
  }

  async readTracks(reader: EbmlReader, tracks: EbmlElement): Promise<void> {
    for await (const entry of reader.children(tracks)) {
      if (entry.id !== ID.trackEntry) continue;
      const known = { number: 0, type: 0 };
      for await (const { id, start, end } of reader.children(entry)) {
        const value = async (): Promise<number> =>
          readUint(await reader.view(start, end - start), 0, end - start);
        if (id === ID.trackNumber) known.number = await value();
        if (id === ID.trackType) known.type = await value();
      }
      const isVideo = known.type === 1;
      if (this.#track !== 0 && (!isVideo || this.#seeksByVideo)) continue;
      this.#track = known.number;
      this.#seeksByVideo = isVideo;
    }
  }

  /** Returns the end of the cluster. */
  async readCluster(reader: EbmlReader, cluster: EbmlElement): Promise<number> {
    this.firstCluster ??= cluster.at;
    const end = Math.min(cluster.end, reader.size);
    let time = 0;
    let cued = false;
    for (let at = cluster.start; at < end;) {
      const child = await reader.element(at);
      if (LEVEL_ONE.some((id) => id === child.id)) return at;
      // The recording was interrupted within this block.
      if (child.end > reader.size) return reader.size;
      const { id, start } = child;
      if (id === ID.timestamp)
        time = readUint(await reader.view(start, child.end - start), 0, child.end - start);
      const block = await this.#blockOf(reader, child);
      if (block) {
        const from = time + block.time;
        this.#times.set(block.track, [from, this.#times.get(block.track)?.[0] ?? from]);
        // Sound can begin at any block; Firefox marks none of them.
        const isKey = block.key || !this.#seeksByVideo;
        if (isKey && block.track === this.#track && !cued) {
          this.cues.push({ time: from, track: block.track, cluster: cluster.at });
          cued = true;
        }
      }
      at = child.end;
      this.end = at;
    }
    return end;
  }

  /**
   * RFC 9559, section 10: the block's track, its time relative to the cluster, and whether it is a
   * keyframe.
   */
  async #blockOf(
    reader: EbmlReader,
    { id, start, end }: EbmlElement,
  ): Promise<{ track: number; time: number; key: boolean } | null> {
    if (id === ID.simpleBlock) {
      const view = await reader.view(start, Math.min(12, end - start));
      const { value, length } = readVint(view, 0);
      return { track: value, time: view.getInt16(length), key: (view.getUint8(length + 2) & 0x80) !== 0 };
    }
    if (id !== ID.blockGroup) return null;
    let found: { track: number; time: number; key: boolean } | null = null;
    let refers = false;
    for await (const child of reader.children({ id, at: start, start, end })) {
      if (child.id === ID.block) found = await this.#blockOf(reader, { ...child, id: ID.simpleBlock });
      if (child.id === 0xfb) refers = true;
    }
    return found && { ...found, key: !refers };
  }
}
