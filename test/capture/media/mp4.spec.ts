import { expect, oneEvent } from '@open-wc/testing';
import fc from 'fast-check';
import { withMp4Duration } from '../../../src/capture/media/mp4.js';
import { film } from '../support/film.js';
import { ascii, bytes } from '../support/pictures.js';

const be32 = (value: number): number[] => [
  value >>> 24,
  (value >> 16) & 255,
  (value >> 8) & 255,
  value & 255,
];
const zeros = (count: number): number[] => Array<number>(count).fill(0);
const box = (name: string, ...content: number[][]): number[] => {
  const inside = content.flat();
  return [...be32(inside.length + 8), ...ascii(name), ...inside];
};
const read = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

/**
 * The header of a film with a track of 1000 units a second in a movie of 600, without a duration.
 */
function header({ long = false, known = 0 } = {}): number[] {
  const version = long ? [1, 0, 0, 0] : zeros(4);
  const dates = zeros(long ? 16 : 8);
  const time = (value: number): number[] => (long ? [...zeros(4), ...be32(value)] : be32(value));
  return box(
    'moov',
    box('mvhd', version, dates, be32(600), time(known), zeros(80)),
    box(
      'trak',
      box('tkhd', version, dates, be32(1), zeros(4), time(0), zeros(60)),
      box('mdia', box('mdhd', version, dates, be32(1000), time(0), zeros(4))),
    ),
    box('mvex', box('mehd', version, time(0)), box('trex', zeros(4), be32(1), be32(1), be32(40), zeros(8))),
  );
}

/** Section 8.8.8: each sample with its own duration, after `flags` of fields. */
const run = (durations: readonly number[]): number[] =>
  box(
    'trun',
    be32(0x301),
    be32(durations.length),
    be32(8),
    durations.flatMap((each) => [...be32(each), ...be32(9)]),
  );
const fragment = (begin: number, ...runs: number[][]): number[] => [
  ...box(
    'moof',
    box('mfhd', zeros(8)),
    box('traf', box('tfhd', be32(0x20000), be32(1)), box('tfdt', zeros(4), be32(begin)), ...runs),
  ),
  ...box('mdat', [1, 2, 3]),
];

async function durations(blob: Blob, long = false): Promise<Record<string, number>> {
  const view = new DataView(await blob.arrayBuffer());
  const text = new TextDecoder('latin1').decode(view);
  const at = (name: string, offset: number): number => {
    const start = text.indexOf(name) + 4;
    return long ? Number(view.getBigUint64(start + offset)) : view.getUint32(start + offset);
  };
  return {
    mvhd: at('mvhd', long ? 24 : 16),
    tkhd: at('tkhd', long ? 28 : 20),
    mdhd: at('mdhd', long ? 24 : 16),
    mehd: at('mehd', 4),
  };
}

describe('withMp4Duration', () => {
  for (const long of [false, true]) {
    it(`writes how long the fragments are into headers of version ${long ? 1 : 0}`, async () => {
      const given = bytes([
        ...header({ long }),
        ...fragment(0, run([500, 250])),
        ...fragment(750, run([1000, 250])),
      ]);
      const whole = await withMp4Duration(given);
      expect(await durations(whole, long)).to.deep.equal({ mvhd: 1200, tkhd: 1200, mdhd: 2000, mehd: 1200 });
      expect(whole.size).to.equal(given.size);
      const size = header({ long }).length;
      expect((await read(whole)).slice(size)).to.deep.equal((await read(given)).slice(size));
    });
  }

  it('counts samples that all last as long as the header says', async () => {
    const runs = box('trun', be32(0), be32(25));
    const whole = await withMp4Duration(bytes([...header(), ...fragment(1000, runs)]));
    expect((await durations(whole)).mdhd).to.equal(2000);
  });

  it('counts a fragment only once its samples are there', async () => {
    const given = bytes([...header(), ...fragment(0, run([1000])), ...fragment(1000, run([1000]))]);
    const whole = await withMp4Duration(given.slice(0, given.size - 2));
    expect((await durations(whole)).mdhd).to.equal(1000);
  });

  const unchanged: readonly (readonly [string, readonly number[]])[] = [
    ['it is empty', []],
    ['it is something else', ascii('hello, this is no film at all')],
    ['it has a duration', [...header({ known: 700 }), ...fragment(0, run([1000]))]],
    ['it has no fragments', [...header(), ...box('mdat', [1])]],
    ['it has no header', fragment(0, run([1000]))],
    ['it has more samples than bytes', [...header(), ...fragment(0, box('trun', be32(0x100), be32(1e9)))]],
    ['a box has no size', [...header(), ...be32(3), ...ascii('free'), ...fragment(0, run([1000]))]],
  ];
  for (const [why, given] of unchanged) {
    it(`returns a file as it is if ${why}`, async () => {
      const blob = bytes(given);
      expect(await withMp4Duration(blob)).to.equal(blob);
    });
  }

  it('neither throws nor changes the size, whatever the bytes', async () => {
    const sample = [...header(), ...fragment(0, run([500, 250])), ...fragment(750, run([1000]))];
    const edit = fc.tuple(fc.nat(sample.length - 1), fc.integer({ min: 0, max: 255 }));
    const property = fc.asyncProperty(
      fc.array(edit, { maxLength: 6 }),
      fc.nat(sample.length),
      async (edits, cut) => {
        const broken = sample.slice(0, cut > sample.length / 2 ? sample.length : cut);
        for (const [at, value] of edits) if (at < broken.length) broken[at] = value;
        expect((await withMp4Duration(bytes(broken))).size).to.equal(broken.length);
      },
    );
    await fc.assert(property, { numRuns: 1000 });
  });

  it('gives what a recorder wrote a length that players show, and lets them seek', async () => {
    const mimeType = ['video/mp4;codecs=avc1.42E01E,opus', 'video/mp4;codecs=vp9,opus'].find((type) =>
      MediaRecorder.isTypeSupported(type),
    );
    expect(mimeType, 'this browser records MP4').to.not.be.undefined;
    const { stream, stop } = await film();
    const recorder = new MediaRecorder(stream, { mimeType: mimeType! });
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const started = oneEvent(recorder, 'start');
    const stopped = oneEvent(recorder, 'stop');
    recorder.start(500);
    await started;
    const begin = performance.now();
    for (let left = 120; left > 0; left -= 1) await new Promise(requestAnimationFrame);
    const length = (performance.now() - begin) / 1000;
    recorder.stop();
    await stopped;
    stop();
    const whole = await withMp4Duration(new Blob(parts, { type: 'video/mp4' }));
    const player = document.createElement('video');
    player.src = URL.createObjectURL(whole);
    await oneEvent(player, 'loadedmetadata');
    expect(player.duration).to.be.within(length * 0.7, length * 1.5 + 1);
    player.currentTime = player.duration / 2;
    await oneEvent(player, 'seeked');
    expect(player.currentTime).to.be.closeTo(player.duration / 2, 0.1);
    URL.revokeObjectURL(player.src);
  });
});
