import { expect } from '@open-wc/testing';
import { EbmlReader, encodeElement, encodeUint } from '../../../src/capture/media/ebml.js';
import { ID, indexWebm } from '../../../src/capture/media/webm-index.js';

type Bytes = Uint8Array<ArrayBuffer>;

const number = (id: number, value: number): Bytes => encodeElement(id, [encodeUint(value, 2)]);

/** A block of `track` (1 to 126), with `time` relative to its cluster. */
const block = (track: number, time: number, key = false): Bytes =>
  encodeElement(ID.simpleBlock, [
    Uint8Array.of(0x80 | track, time >> 8, time & 255, key ? 0x80 : 0, 9, 9, 9, 9),
  ]);

const track = (id: number, type: number): Bytes =>
  encodeElement(ID.trackEntry, [number(ID.trackNumber, id), number(ID.trackType, type)]);

const info = encodeElement(ID.info, [number(ID.timestampScale, 1000), number(ID.duration, 0)]);
/** Sound first: cues are for the video track all the same. */
const tracks = encodeElement(ID.tracks, [track(1, 2), track(2, 1)]);
const clusters = [
  encodeElement(ID.cluster, [number(ID.timestamp, 0), block(2, 0, true), block(1, 0, true), block(2, 40)]),
  encodeElement(ID.cluster, [number(ID.timestamp, 100), block(1, 0, true), block(2, 10), block(2, 20, true)]),
];

/** A WebM file with this content in its segment. */
const webm = (...content: Bytes[]): Blob =>
  new Blob([encodeElement(ID.ebml, []), encodeElement(ID.segment, content)]);

describe('indexWebm', () => {
  it('finds the duration, and the first video keyframe of each cluster', async () => {
    const file = webm(info, tracks, ...clusters);
    const index = (await indexWebm(new EbmlReader(file)))!;
    expect(index.cues.map(({ time, track: id }) => [time, id])).to.deep.equal([
      [0, 2],
      [120, 2],
    ]);
    expect(index.cues.map(({ cluster }) => cluster)).to.deep.equal([
      index.firstCluster,
      file.size - clusters[1]!.length,
    ]);
    // The last block of the sound begins at 100, and lasts as long as the one before.
    expect(index.duration).to.equal(200);
    expect(index.end).to.equal(file.size);
    expect(index.infoContent, 'without a duration').to.have.lengthOf(1);
  });

  // Firefox writes sound so.
  it('seeks a sound by the first block of each cluster, though none is marked as a keyframe', async () => {
    const sound = [
      encodeElement(ID.cluster, [number(ID.timestamp, 0), block(1, 5), block(1, 25)]),
      encodeElement(ID.cluster, [number(ID.timestamp, 100), block(1, 7), block(1, 27)]),
    ];
    const index = (await indexWebm(
      new EbmlReader(webm(info, encodeElement(ID.tracks, [track(1, 2)]), ...sound)),
    ))!;
    expect(index.cues.map(({ time, track: id }) => [time, id])).to.deep.equal([
      [5, 1],
      [107, 1],
    ]);
  });

  it('drops a block that is cut off', async () => {
    const file = webm(info, tracks, ...clusters);
    const index = (await indexWebm(new EbmlReader(file.slice(0, file.size - 3))))!;
    expect(index.end).to.equal(file.size - block(2, 20).length);
  });

  const others: [what: string, file: Blob][] = [
    ['has cues', webm(info, tracks, clusters[0]!, encodeElement(ID.cues, []))],
    ['has no cluster', webm(info, tracks)],
    ['has no tracks', webm(info, clusters[0]!)],
    ['is not WebM', new Blob([encodeElement(ID.void, []), encodeElement(ID.void, [])])],
  ];
  for (const [what, file] of others)
    it(`returns null for a file that ${what}`, async () =>
      expect(await indexWebm(new EbmlReader(file))).to.be.null);
});
