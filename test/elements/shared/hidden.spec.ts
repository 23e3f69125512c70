import { expect, fixture } from '@open-wc/testing';
import '../../../src/index.js';

/** What a page's style sheet may do to `hidden`. */
const RESETS = {
  'without a reset': '',
  'against a reset':
    '[hidden] { display: block } snap-connection, snap-camera, photo-trail { display: grid }',
};

describe('`hidden`', () => {
  for (const tag of ['snap-connection', 'snap-camera', 'snap-sender', 'photo-trail', 'snap-invite'])
    for (const [how, css] of Object.entries(RESETS)) {
      const place = (value: string): Promise<HTMLElement> =>
        fixture(`<div><style>${css}</style><${tag} ${value} manual><p>What is in it</p></${tag}></div>`);

      it(`hides <${tag}> and its content, ${how}`, async () => {
        const root = await place('hidden');
        const element = root.querySelector<HTMLElement>(tag)!;
        expect(element.checkVisibility()).to.be.false;
        expect(root.querySelector('p')!.checkVisibility()).to.be.false;
        expect(root.getBoundingClientRect().height).to.equal(0);
        element.hidden = false;
        const visible = tag === 'snap-connection' ? root.querySelector('p')! : element;
        expect(visible.checkVisibility()).to.be.true;
      });

      it(`of <${tag}> may be "until-found": hidden but searchable, ${how}`, async () => {
        const root = await place('hidden="until-found"');
        const element = root.querySelector<HTMLElement>(tag)!;
        expect(getComputedStyle(element).contentVisibility).to.equal('hidden');
        // It needs a box to be searchable.
        expect(getComputedStyle(element).display).to.equal('block');
        expect(root.querySelector('p')!.checkVisibility()).to.be.false;
        expect(element.getBoundingClientRect().height).to.be.at.most(2);
      });
    }
});
