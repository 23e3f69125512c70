import { readVint, readUint } from './ebml.js';
import type { EbmlElement, EbmlReader } from './ebml.js';

/** RFC 9559, section 27.1: the elements that are looked at or written. */
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

/** What lies directly in a segment: where one of these begins, a cluster of unknown size ends. */
const LEVEL_ONE = [ID.info, ID.tracks, ID.cluster, ID.cues, ID.seekHead, 0x1254c367, 0x1043a770, 0x1941a469];

/** A place to which one can jump: times in the segment's own unit, offsets in the file. */
export interface Cue {
  readonly time: number;
  readonly track: number;
  readonly cluster: number;
}

/** What the film is made of. */
export interface WebmIndex {
  readonly header: EbmlElement;
  readonly info: EbmlElement;
  /** The content of the info, without its duration. */
  readonly infoContent: readonly Uint8Array<ArrayBuffer>[];
  readonly tracks: EbmlElement;
  readonly firstCluster: number;
  readonly end: number;
  readonly duration: number;
  readonly cues: readonly Cue[];
}

/** Null when the film needs nothing: it has its places to jump to already. */
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

/** What the clusters tell. */
class ClusterScan {
  firstCluster: number | null = null;
  /** Where the last block ends that is whole: what comes after it is no part of the film. */
  end = 0;
  readonly cues: Cue[] = [];
  /** The track that one jumps by: the first with pictures, else the first. */
  #track = 0;
  /** By track: when its last block begins, and the one before. */
  readonly #times = new Map<number, readonly [last: number, before: number]>();

  /** A track's last block lasts as long as the one before it. */
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
      if (this.#track === 0 || known.type === 1) this.#track = known.number;
    }
  }

  /** Returns where it ends. */
  async readCluster(reader: EbmlReader, cluster: EbmlElement): Promise<number> {
    this.firstCluster ??= cluster.at;
    const end = Math.min(cluster.end, reader.size);
    let time = 0;
    let cued = false;
    for (let at = cluster.start; at < end;) {
      const child = await reader.element(at);
      if (LEVEL_ONE.some((id) => id === child.id)) return at;
      // The recorder was interrupted.
      if (child.end > reader.size) return reader.size;
      const { id, start } = child;
      if (id === ID.timestamp)
        time = readUint(await reader.view(start, child.end - start), 0, child.end - start);
      const block = await this.#blockOf(reader, child);
      if (block) {
        const from = time + block.time;
        this.#times.set(block.track, [from, this.#times.get(block.track)?.[0] ?? from]);
        if (block.key && block.track === this.#track && !cued) {
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
   * RFC 9559, section 10: the track, the time after the cluster's, and whether one can begin with
   * it.
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
