import { expect } from '@open-wc/testing';
import { itemFromFile } from '../../src/capture/item-from-file.js';
import type { SnapItem } from '../../src/item.js';
import { IN_CHROMIUM, SAMPLES } from '../samples/table.js';
import type { Sample } from '../samples/table.js';

/** A sample as a `File`, with the name and type that the table gives it. */
async function fileOf({ file, name = file, claim = '' }: Sample): Promise<File> {
  const answer = await fetch(`/test/samples/${file}`);
  return new File([await answer.blob()], name, { type: claim, lastModified: Date.UTC(2019, 4, 5) });
}

describe('the kind of a file', () => {
  for (const sample of [...SAMPLES, ...IN_CHROMIUM]) {
    const { file, name = file, claim, type } = sample;
    const plays = !sample.needs || document.createElement('video').canPlayType(sample.needs) !== '';
    const kind = plays ? sample.kind : sample.otherwise!;
    const size = kind === 'photo' || kind === 'video' ? (sample.size ?? [64, 48]) : [0, 0];

    it(`is ${kind} (${type}) for ${file}, named ${name} and typed ${claim ?? 'nothing'}, chosen or received`, async () => {
      const given = await fileOf(sample);
      const seen = (item: SnapItem) => ({
        kind: item.kind,
        type: item.file.type,
        size: [item.width, item.height],
        name: item.file.name,
        lastModified: item.file.lastModified,
      });
      const expected = { kind, type, size, name, lastModified: given.lastModified };
      const chosen = await itemFromFile(given);
      expect(seen(chosen)).to.deep.equal(expected);
      expect(await chosen.file.arrayBuffer()).to.deep.equal(await given.arrayBuffer());
      expect(chosen.takenAt).to.equal(given.lastModified);
      expect(chosen.preview !== null, 'has a preview').to.equal(kind === 'photo' || kind === 'video');

      const arrived = await itemFromFile(given, { arrived: true, takenAt: 5, preview: chosen.preview });
      expect(seen(arrived)).to.deep.equal(expected);
    });
  }
});
