import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import '../../../src/define/photo-trail.js';
import '../../../src/define/snap-camera.js';
import '../../../src/define/snap-invite.js';
import '../../../src/define/snap-sender.js';
import { fakeItem, fakePhoto, fakeTransfer } from '../../../demo/fake-hub.js';
import { page } from '../support/fixture.js';

describe('On paper', () => {
  beforeEach(() => emulateMedia({ media: 'print' }));
  afterEach(() => emulateMedia({ media: 'screen' }));

  for (const tag of ['snap-camera', 'snap-sender', 'snap-invite', 'photo-trail'] as const) {
    it(`<${tag}> prints no controls`, async () => {
      const { hub, element, shadow } = await page(
        `<snap-connection><${tag}></${tag}></snap-connection>`,
        tag,
      );
      const photos = await Promise.all([fakePhoto(10), fakePhoto(90)]);
      const transfers = [
        fakeTransfer('sending', { to: ['sending'] }),
        fakeTransfer('receiving', { direction: 'receive' }),
      ];
      hub.change({ state: 'connected', received: photos, pending: photos, transfers });
      await element.updateComplete;
      const controls = [...shadow.querySelectorAll<HTMLElement>('button, a, progress')];
      expect(controls.length).to.be.above(0);
      const printed = controls.filter((each) => each.checkVisibility()).map((each) => each.className);
      expect(printed).to.deep.equal(tag === 'photo-trail' ? ['thumb', 'thumb'] : []);
    });
  }

  it('each item of a <photo-trail> stays in one piece, with its whole picture, however many there are', async () => {
    const { hub, element, shadow } = await page(
      '<snap-connection><photo-trail></photo-trail></snap-connection>',
      'photo-trail',
    );
    const files = Array.from({ length: 30 }, (_, index) => fakeItem(new File(['a'], `${index}.txt`)));
    hub.change({ received: [await fakePhoto(10), ...files] });
    await element.updateComplete;
    for (const item of shadow.querySelectorAll('.item')) {
      const { breakInside, contentVisibility } = getComputedStyle(item);
      expect({ breakInside, contentVisibility }).to.deep.equal({
        breakInside: 'avoid',
        contentVisibility: 'visible',
      });
    }
    expect(getComputedStyle(shadow.querySelector('img')!).objectFit).to.equal('contain');
  });
});
