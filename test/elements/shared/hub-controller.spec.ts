import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { SnapCapturedEvent, SnapSendRequestEvent } from '../../../src/events.js';
import '../../../src/define/snap-connection.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { SnapElement } from '../../../src/elements/shared/snap-element.js';
import { itemFromFile } from '../../../src/capture/item-from-file.js';
import { eventually } from '../../transfer/support/two-sides.js';

/** A minimal element with a hub. */
class HubProbe extends SnapElement {
  updates = 0;

  protected override updated(): void {
    this.updates++;
  }

  ask(event: Event): boolean {
    return this.request(event);
  }
}
HubProbe.define('hub-probe');

declare global {
  interface HTMLElementTagNameMap {
    'hub-probe': HubProbe;
  }
}

/** Lets MutationObserver callbacks run, and what they queue. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const hubAt = (element: Element): SnapConnection => element.closest<SnapConnection>('snap-connection')!;
const probeIn = (root: ParentNode): HubProbe => root.querySelector('hub-probe')!;
const hubIn = (root: ParentNode, selector = 'snap-connection'): SnapConnection =>
  root.querySelector(selector)!;

describe('the hub of an element', () => {
  it('is the nearest ancestor', async () => {
    const page = await fixture(html`
      <snap-connection manual
        ><snap-connection id="near" manual
          ><p><hub-probe></hub-probe></p></snap-connection
      ></snap-connection>
    `);
    expect(probeIn(page).connection).to.equal(hubIn(page, '#near'));
  });

  it('is found across shadow roots', async () => {
    const page = await fixture(html`<snap-connection manual><div></div></snap-connection>`);
    const inner = page.querySelector('div')!.attachShadow({ mode: 'closed' });
    inner.append(document.createElement('hub-probe'));
    expect(probeIn(inner).connection).to.equal(page);
  });

  it('is found by id in the same root, before any ancestor', async () => {
    const page = await fixture(html`
      <div>
        <snap-connection id="far" manual></snap-connection>
        <snap-connection manual><hub-probe connection="far"></hub-probe></snap-connection>
      </div>
    `);
    expect(probeIn(page).connection).to.equal(hubIn(page, '#far'));
  });

  it('is found by id in the element’s own root only', async () => {
    const page = await fixture(
      html`<div>
        <snap-connection id="here" manual></snap-connection>
        <section></section>
      </div>`,
    );
    const root = page.querySelector('section')!.attachShadow({ mode: 'open' });
    const probe = document.createElement('hub-probe');
    probe.setAttribute('connection', 'here');
    root.append(probe);
    await settled();
    expect(probe.connection).to.equal(null);
    const inside = document.createElement('snap-connection');
    inside.manual = true;
    inside.id = 'here';
    root.append(inside);
    await settled();
    expect(probe.connection).to.equal(inside);
  });

  it('is null with an empty id, even inside a hub', async () => {
    const page = await fixture(
      html`<snap-connection manual><hub-probe connection=""></hub-probe></snap-connection>`,
    );
    expect(probeIn(page).connection).to.equal(null);
  });

  it('is set by property before all else, across roots, until null is set', async () => {
    const page = await fixture(html`
      <div>
        <snap-connection id="a" manual><hub-probe></hub-probe></snap-connection>
        <snap-connection id="b" manual></snap-connection>
      </div>
    `);
    const probe = probeIn(page);
    probe.connection = hubIn(page, '#b');
    expect(probe.connection).to.equal(hubIn(page, '#b'));
    probe.connection = null;
    expect(probe.connection).to.equal(hubIn(page, '#a'));
  });

  const page = `<snap-connection id="around" manual><hub-probe></hub-probe></snap-connection>
    <snap-connection id="desk" manual></snap-connection><p id="none"></p>`;
  const given: readonly (readonly [string, (root: ParentNode) => unknown, string | null])[] = [
    ['an id', () => 'desk', 'desk'],
    ['an id of what is no hub', () => 'none', null],
    ['an id that is not there', () => 'nowhere', null],
    ['an empty text', () => '', null],
    ['null', () => null, 'around'],
    ['undefined', () => undefined, 'around'],
    ['a hub', (root) => hubIn(root, '#desk'), 'desk'],
    // Invalid values are ignored, with a warning on the console.
    ['another element', (root) => root.querySelector('p'), 'around'],
    ['an object', () => ({}), 'around'],
    ['a number', () => 5, 'around'],
    ['NaN', () => NaN, 'around'],
    ['true', () => true, 'around'],
    ['an array', () => ['desk'], 'around'],
    ['a symbol', () => Symbol('desk'), 'around'],
  ];
  for (const [what, make, wanted] of given) {
    for (const when of ['before', 'after']) {
      it(`is set by property to ${what} ${when} the upgrade`, async () => {
        const root = await fixture<HTMLElement>(html`<div></div>`);
        root.innerHTML = page;
        let probe = probeIn(root);
        if (when === 'before') {
          // Created in a document without custom elements, it is upgraded only in the page.
          const plain = document.implementation.createHTMLDocument().createElement('hub-probe');
          Reflect.set(plain, 'connection', make(root));
          probe.replaceWith(plain);
          probe = probeIn(root);
        } else expect(() => Reflect.set(probe, 'connection', make(root))).not.to.throw();
        await settled();
        expect(probe.connection?.id ?? null).to.equal(wanted);
        expect(Object.hasOwn(probe, 'connection')).to.equal(false);
        expect(probe.hasAttribute('connection')).to.equal(false);
        // Null returns to the attribute.
        probe.setAttribute('connection', 'desk');
        Reflect.set(probe, 'connection', null);
        await settled();
        expect(probe.connection?.id).to.equal('desk');
      });
    }
  }

  it('can be set before the hub is upgraded', async () => {
    const root = await fixture<HTMLElement>(html`<div><hub-probe></hub-probe></div>`);
    const hub = document.implementation.createHTMLDocument().createElement('snap-connection');
    hub.setAttribute('manual', '');
    const probe = probeIn(root);
    probe.connection = hub;
    expect(probe.connection).to.equal(null);
    document.body.append(hub);
    await settled();
    expect(probe.connection).to.equal(hub);
    hub.remove();
  });

  it('is found when the id appears later, and when it moves to another hub', async () => {
    const page = await fixture(html`<div><hub-probe connection="late"></hub-probe></div>`);
    const probe = probeIn(page);
    expect(probe.connection).to.equal(null);
    page.insertAdjacentHTML(
      'beforeend',
      '<p><snap-connection manual></snap-connection></p><snap-connection manual></snap-connection>',
    );
    const [first, second] = page.querySelectorAll('snap-connection');
    first!.id = 'late';
    await settled();
    expect(probe.connection).to.equal(first);
    first!.removeAttribute('id');
    second!.id = 'late';
    await settled();
    expect(probe.connection).to.equal(second);
    second!.remove();
    await settled();
    expect(probe.connection).to.equal(null);
  });

  it('changes with the attribute', async () => {
    const page = await fixture(html`
      <div>
        <snap-connection id="a" manual></snap-connection><snap-connection id="b" manual></snap-connection>
        <hub-probe connection="a"></hub-probe>
      </div>
    `);
    const probe = probeIn(page);
    probe.setAttribute('connection', 'b');
    await probe.updateComplete;
    expect(probe.connection).to.equal(hubIn(page, '#b'));
  });

  it('changes when the element moves', async () => {
    const page = await fixture(html`
      <div>
        <snap-connection id="a" manual><hub-probe></hub-probe></snap-connection>
        <snap-connection id="b" manual></snap-connection>
      </div>
    `);
    const probe = probeIn(page);
    hubIn(page, '#b').append(probe);
    expect(probe.connection).to.equal(hubIn(page, '#b'));
  });

  it('updates the element when its state changes, until the element is removed', async () => {
    const page = await fixture(html`<snap-connection manual><hub-probe></hub-probe></snap-connection>`);
    const hub = hubAt(page);
    const probe = probeIn(page);
    await probe.updateComplete;
    const before = probe.updates;
    hub.dispatchEvent(new SnapCapturedEvent(await itemFromFile(new File(['x'], 'x.txt'))));
    await eventually(() => probe.updates > before);
    probe.remove();
    await probe.updateComplete;
    const then = probe.updates;
    hub.dispatchEvent(new SnapCapturedEvent(await itemFromFile(new File(['y'], 'y.txt'))));
    await settled();
    expect(hub.pending).to.have.length(2);
    expect(probe.updates).to.equal(then);
  });
});

describe('a request', () => {
  const itemNamed = (name: string): ReturnType<typeof itemFromFile> => itemFromFile(new File(['x'], name));

  it('reaches the hub by id, once, and not the hub around it', async () => {
    const page = await fixture(html`
      <div>
        <snap-connection id="far" manual></snap-connection>
        <snap-connection id="around" manual><hub-probe connection="far"></hub-probe></snap-connection>
      </div>
    `);
    probeIn(page).ask(new SnapCapturedEvent(await itemNamed('one')));
    await settled();
    expect(hubIn(page, '#far').pending.map(({ file }) => file.name)).to.deep.equal(['one']);
    expect(hubIn(page, '#around').pending).to.have.length(0);
  });

  it('of an element without a hub reaches no hub, and reports that', async () => {
    const page = await fixture(
      html`<snap-connection manual><hub-probe connection=""></hub-probe></snap-connection>`,
    );
    const codes: string[] = [];
    hubAt(page).addEventListener('snap-error', ({ error }) => codes.push(error.code));
    probeIn(page).ask(new SnapCapturedEvent(await itemNamed('one')));
    await settled();
    expect(hubAt(page).pending).to.have.length(0);
    expect(codes).to.deep.equal(['connection-missing']);
  });

  it('of the page itself is served by the hub it bubbles through', async () => {
    const page = await fixture(html`<snap-connection manual><button>Keep</button></snap-connection>`);
    page.querySelector('button')!.dispatchEvent(new SnapCapturedEvent(await itemNamed('one')));
    await settled();
    expect(hubAt(page).pending).to.have.length(1);
  });

  it('can be cancelled by any listener, even on the document', async () => {
    const page = await fixture(html`<snap-connection manual><hub-probe></hub-probe></snap-connection>`);
    document.addEventListener('snap-captured', (event) => event.preventDefault(), { once: true });
    probeIn(page).ask(new SnapCapturedEvent(await itemNamed('one')));
    await settled();
    expect(hubAt(page).pending).to.have.length(0);
  });

  it('stays a queued transfer while nobody is there to receive', async () => {
    const hub: SnapConnection = await fixture(
      html`<snap-connection manual><hub-probe></hub-probe></snap-connection>`,
    );
    probeIn(hub).ask(new SnapCapturedEvent(await itemNamed('one')));
    await settled();
    probeIn(hub).ask(new SnapSendRequestEvent());
    while (hub.transfers.length === 0)
      await new Promise<void>((resolve) =>
        hub.addEventListener('snap-transfer-change', () => resolve(), { once: true }),
      );
    expect(hub.pending).to.have.length(0);
    expect(hub.transfers.map(({ state, name }) => [state, name])).to.deep.equal([['queued', 'one']]);
  });
});

describe('registration', () => {
  it('does not override a registered tag', () => {
    class Other extends LitElement {}
    customElements.define('taken-tag', Other);
    expect(() => HubProbe.define('taken-tag')).not.to.throw();
    expect(customElements.get('taken-tag')).to.equal(Other);
  });
});
