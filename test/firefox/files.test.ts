import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { items } from '../e2e/support/stage.js';
import { SAMPLES } from '../samples/table.js';
import { BothBrowsers } from './support/both-browsers.js';
import {
  choose,
  kindsHere,
  kindsThere,
  lengthOfClip,
  plays,
  recordClip,
  recordSound,
  recordTurnedClip,
  warmUp,
  willPlay,
} from './support/files-in-page.js';

const samples = SAMPLES.map((sample) => ({
  ...sample,
  bytes: readFileSync(new URL(`../samples/${sample.file}`, import.meta.url)).toString('base64'),
}));

describe('files between Chromium and Firefox', { timeout: 500_000 }, () => {
  let browsers: BothBrowsers;
  before(async () => {
    browsers = await BothBrowsers.open();
  });
  afterEach(() => browsers.clear());
  after(() => browsers.close());

  for (const [from, to] of [
    ['Chromium', 'Firefox'],
    ['Firefox', 'Chromium'],
  ] as const) {
    it(`have the kind of their content in ${from}, and then in ${to}`, async () => {
      const [sender, receiver] = await browsers.meet(from);
      const expected = async (page: typeof sender): Promise<object[]> => {
        const plays = await page.evaluate(
          willPlay,
          samples.map(({ needs = '' }) => needs),
        );
        return samples.map(({ file, claim = '', kind, otherwise, type }, index) => ({
          ...{ file, claim, type, kind: plays[index] ? kind : otherwise },
        }));
      };
      const named = (seen: { kind: string; type: string }[]): object[] =>
        seen.map((each, index) => ({
          file: samples[index]!.file,
          claim: samples[index]!.claim ?? '',
          ...each,
        }));
      const films = samples.filter(({ kind }) => kind === 'video' || kind === 'audio');
      for (const page of [sender, receiver])
        await page.evaluate(
          warmUp,
          films.map(({ bytes }) => bytes),
        );
      await sender.evaluate(choose, samples);
      await sender.waitForFunction(
        (count) => document.querySelector<SnapConnection>('snap-connection')!.pending.length === count,
        samples.length,
      );
      assert.deepEqual(named(await sender.evaluate(kindsHere)), await expected(sender));
      await items(receiver, samples.length);
      assert.deepEqual(named(await receiver.evaluate(kindsThere)), await expected(receiver));
    });

    it(`include clips of ${from} whose duration is known in ${to}, and in which one can seek`, async () => {
      const [sender, receiver] = await browsers.meet(from, { cameras: true });
      const { atLeast, atMost, width, height } = await sender.evaluate(recordClip);
      await items(receiver, 1);
      const clip = await receiver.evaluate(lengthOfClip);
      const said = `${clip.duration} s of ${atLeast} to ${atMost}`;
      assert.ok(clip.duration >= atLeast * 0.9 && clip.duration <= atMost * 1.1, said);
      assert.ok(Math.abs(clip.jumpedTo - clip.duration / 2) < 0.2, `jumped to ${clip.jumpedTo}`);
      assert.deepEqual([clip.width, clip.height], [width, height]);
    });
  }

  for (const [from, to] of [
    ['Chromium', 'Firefox'],
    ['Firefox', 'Chromium'],
  ] as const)
    it(`include sounds of ${from} whose duration is known in ${to}, and which play there`, async () => {
      const [sender, receiver] = await browsers.meet(from, { cameras: true });
      const { atLeast, atMost, kind } = await sender.evaluate(recordSound);
      assert.equal(kind, 'audio');
      await items(receiver, 1);
      const sound = await receiver.evaluate(lengthOfClip);
      const said = `${sound.duration} s of ${atLeast} to ${atMost}`;
      assert.ok(sound.duration >= atLeast * 0.9 && sound.duration <= atMost * 1.1, said);
      assert.ok(Math.abs(sound.jumpedTo - sound.duration / 2) < 0.2, `jumped to ${sound.jumpedTo}`);
      assert.ok(await receiver.evaluate(plays), 'it does not play');
    });

  it('include a clip of Firefox up to where its picture was turned, with an error', async () => {
    const [sender, receiver] = await browsers.meet('Firefox');
    const told = await sender.evaluate(recordTurnedClip);
    assert.deepEqual(told, { kind: 'video', code: 'recording-failed' });
    await items(receiver, 1);
    assert.ok((await receiver.evaluate(lengthOfClip)).duration > 0.3);
  });
});
