import { expect } from '@open-wc/testing';
import '../../../src/define/photo-trail.js';
import { checkFiles, own } from '../../../src/hub/file-life.js';
import type { SnapItem, SnapKind } from '../../../src/item.js';
import { fakeItem } from '../../../demo/fake-hub.js';
import { page } from '../support/fixture.js';

/** An item with a file on disk, which can be read until `lose()` is called. */
function stored(kind: SnapKind, type: string): { item: SnapItem; lose: () => void } {
  const file = new File(['x'], `${kind}.bin`, { type });
  const slice = file.slice.bind(file);
  let gone = false;
  file.slice = (...range) =>
    gone
      ? ({ arrayBuffer: () => Promise.reject(new DOMException('It is gone.', 'NotFoundError')) } as Blob)
      : slice(...range);
  own(file, { onDisk: true, discard: () => undefined });
  return { item: fakeItem(file, { kind }), lose: () => (gone = true) };
}

describe('a trail whose files were cleared with the site’s data', () => {
  const KINDS: readonly (readonly [SnapKind, string])[] = [
    ['photo', 'image/png'],
    ['video', 'video/webm'],
    ['audio', 'audio/webm'],
    ['file', 'application/pdf'],
  ];
  for (const [kind, type] of KINDS)
    it(`says so on the tile, offers only to remove it, and blocks the form: ${kind}`, async () => {
      const { hub, element } = await page(
        '<form><snap-connection><photo-trail name="photos"></photo-trail></snap-connection></form>',
        'photo-trail',
      );
      const shadow = element.shadowRoot!;
      const [lost, other] = [stored(kind, type), fakeItem(new File(['y'], 'other.pdf'))];
      hub.change({ received: [lost.item, other] });
      await element.updateComplete;
      const form = element.closest('form')!;
      expect(form.checkValidity()).to.equal(true);
      lost.lose();
      await checkFiles();
      hub.change({});
      await element.updateComplete;
      const tile = shadow.querySelector('li.item')!;
      expect(tile.querySelector('.note')?.textContent).to.contain('It is gone');
      const actions = [...tile.querySelectorAll<HTMLElement>('.row [data-action]')];
      expect(actions.map(({ dataset }) => dataset.action)).to.deep.equal(['remove']);
      expect(tile.querySelector('video, audio, button.thumb')).to.equal(null);
      expect(new FormData(form).getAll('photos')).to.deep.equal([other.file]);
      expect(form.checkValidity()).to.equal(false);
      expect(element.validationMessage).to.contain('gone');
      hub.change({ received: [other] });
      await element.updateComplete;
      expect(form.checkValidity()).to.equal(true);
    });
});
