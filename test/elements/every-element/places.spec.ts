import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { specimens } from '../../../demo/states/all.js';
import { show } from '../../../demo/states/specimen.js';
import { broken, places, ROOMS, tryPlaces } from '../support/places.js';

const TAGS = ['snap-camera', 'snap-sender', 'snap-invite', 'photo-trail'];

describe('a visible element', () => {
  after(() => setViewport({ width: 800, height: 600 }));

  for (const room of ROOMS) {
    it(`has a usable width within its container, wherever it is placed in ${room} px`, async () => {
      await setViewport({ width: room + 32, height: 800 });
      const fits = await tryPlaces({ tags: TAGS, places, rooms: [room] });
      void expect(broken(fits)).to.deep.equal([]);
      void expect(fits).to.have.length(TAGS.length * places.length);
    });
  }

  it('does not change the width of its container, so a dialog does not jump with every photo', async () => {
    await setViewport({ width: 1280, height: 800 });
    const dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.show();
    const widths = new Set<number>();
    for (const specimen of specimens.filter(({ tag }) => tag !== 'snap-camera')) {
      dialog.replaceChildren();
      await show(specimen, dialog);
      widths.add(dialog.offsetWidth);
    }
    dialog.remove();
    void expect([...widths]).to.have.length(1);
  });

  it('can be made as narrow as an author wants', async () => {
    for (const tag of TAGS) {
      const element = document.createElement(tag);
      element.style.cssText = 'width: 120px; min-width: 0';
      document.body.append(element);
      await (element as HTMLElement & { updateComplete: Promise<boolean> }).updateComplete;
      void expect(element.offsetWidth, tag).to.equal(120);
      void expect(element.shadowRoot!.querySelector<HTMLElement>('.root')!.offsetWidth, tag).to.equal(120);
      element.remove();
    }
  });
});
