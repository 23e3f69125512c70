import { expect, fixture } from '@open-wc/testing';
import { FakeHub, fakePhoto } from '../../../demo/fake-hub.js';
import { page } from '../support/fixture.js';
import '../../../src/define/photo-trail.js';
import '../../../src/define/snap-camera.js';
import '../../../src/define/snap-invite.js';
import '../../../src/define/snap-sender.js';
import { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';

// Here `<snap-connection>` is the fake hub.
customElements.define('real-connection', class extends SnapConnection {});

const SMALL = ['snap-camera', 'snap-sender', 'photo-trail', 'snap-invite'] as const;
const ALL = [...SMALL, 'real-connection'] as const;

/** Another document with a window, and thus constructors, of its own. */
async function frame(html = ''): Promise<Document> {
  const iframe = await fixture<HTMLIFrameElement>('<iframe></iframe>');
  const { contentDocument } = iframe;
  contentDocument!.body.innerHTML = html;
  return contentDocument!;
}

/** Computed styles that tell whether an element has its styles. */
function look(element: Element): string {
  const inside = element.shadowRoot!.querySelector('.frame, .buttons, .layout, .empty') ?? element;
  const { display, borderRadius, color, font } = getComputedStyle(inside);
  return JSON.stringify([display, borderRadius, color, font, getComputedStyle(element).display]);
}

describe('moved into another document', () => {
  for (const tag of ALL) {
    it(`<${tag}> keeps its styles on every move`, async () => {
      const root = await fixture<HTMLElement>(`<div><${tag} manual></${tag}></div>`);
      const element = root.querySelector(tag)!;
      const before = look(element);
      const other = await frame();
      for (const place of [other.body, root, other.body, root]) {
        place.append(element);
        expect(look(element)).to.equal(before);
        expect(element.shadowRoot!.adoptedStyleSheets).to.have.length(
          (element.constructor as typeof SnapConnection).elementStyles.length,
        );
      }
    });

    it(`<${tag}> has its styles if it was never in a page before`, async () => {
      const root = await fixture<HTMLElement>(`<div><${tag} manual></${tag}></div>`);
      const before = look(root.querySelector(tag)!);
      const element = document.createElement(tag) as InstanceType<typeof SnapConnection>;
      element.manual = true;
      (await frame()).body.append(element);
      await element.updateComplete;
      expect(look(element)).to.equal(before);
    });

    it(`<${tag}> returns with its styles from a document without a window`, async () => {
      const root = await fixture<HTMLElement>(`<div><${tag} manual></${tag}></div>`);
      const element = root.querySelector(tag)!;
      const before = look(element);
      document.createElement('template').content.append(element);
      document.implementation.createHTMLDocument().body.append(element);
      root.append(element);
      expect(look(element)).to.equal(before);
    });
  }

  for (const tag of SMALL)
    it(`<${tag}> finds its hub, also from a shadow root of that document`, async () => {
      const { hub, element } = await page(`<snap-connection><${tag}></${tag}></snap-connection>`, tag);
      const other = await frame('<section></section>');
      other.body.append(hub);
      expect(element.connection === hub).to.be.true;
      const root = other.querySelector('section')!.attachShadow({ mode: 'open' });
      root.append(element);
      expect(element.connection).to.be.null;
      hub.append(other.querySelector('section')!);
      expect(element.connection === hub).to.be.true;
      other.body.append(hub, element);
      hub.id = 'desk';
      element.connectionId = 'desk';
      await element.updateComplete;
      expect(element.connection === hub).to.be.true;
    });

  it('an element finds a hub that is added later', async () => {
    const { element } = await page('<photo-trail connection="late"></photo-trail>', 'photo-trail');
    const other = await frame();
    other.body.append(element);
    const hub = new FakeHub();
    hub.id = 'late';
    other.body.append(hub);
    await new Promise<void>((resolve) => queueMicrotask(resolve));
    expect(element.connection === hub).to.be.true;
  });

  it('a trail shows what arrives, and its viewer opens and closes', async () => {
    const { hub, element, shadow } = await page(
      '<snap-connection><photo-trail></photo-trail></snap-connection>',
      'photo-trail',
    );
    const other = await frame();
    other.body.append(hub);
    hub.change({ received: [await fakePhoto(10)] });
    await element.updateComplete;
    shadow.querySelector<HTMLElement>('.thumb')!.click();
    await element.updateComplete;
    expect(shadow.querySelector('dialog')!.matches(':modal')).to.be.true;
    const closed = new Promise((resolve) =>
      shadow.querySelector('dialog')!.addEventListener('close', resolve),
    );
    hub.hidden = true;
    other.body.append(
      Object.assign(other.createElement('style'), { textContent: '[hidden] { display: none }' }),
    );
    await closed;
  });
});
