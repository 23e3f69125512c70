import { expect } from '@open-wc/testing';
import '../../../src/define/photo-trail.js';
import type { PhotoTrail } from '../../../src/elements/photo-trail/photo-trail.js';
import type { SnapItem } from '../../../src/item.js';
import { fakeItem } from '../../../demo/fake-hub.js';
import { button, page } from '../support/fixture.js';
import type { FakeHub } from '../../../demo/fake-hub.js';

/** How many items are shown at first, and how many more per press. */
const STEP = 60;

let made = 0;
const textItem = (): SnapItem => fakeItem(new File(['x'], `${made++}.txt`, { type: 'text/plain' }));

describe('the shown part of a long list', () => {
  let hub: FakeHub;
  let trail: PhotoTrail;
  let shadow: ShadowRoot;

  /** Opens a trail of `count` items. */
  async function open(count: number): Promise<void> {
    const opened = await page(
      '<snap-connection><photo-trail></photo-trail></snap-connection>',
      'photo-trail',
    );
    ({ hub, shadow } = opened);
    trail = opened.element;
    // Scrolled down, more items would be in view, and stay.
    scrollTo(0, 0);
    hub.change({ received: Array.from({ length: count }, textItem) });
    await trail.updateComplete;
  }

  /** Adds `count` items at the front. */
  async function push(count: number): Promise<void> {
    hub.change({ received: [...Array.from({ length: count }, textItem), ...hub.received] });
    await trail.updateComplete;
  }

  const shown = (): string[] =>
    [...shadow.querySelectorAll<HTMLElement>('li')].map(({ dataset }) => dataset.id!);
  const more = (): HTMLElement | null => shadow.querySelector<HTMLElement>('[part~=more]');
  const ids = (items: readonly SnapItem[]): string[] => items.map(({ id }) => id);

  async function askForMore(): Promise<void> {
    more()!.click();
    await trail.updateComplete;
  }

  for (const { count, first, rest } of [
    { count: 1, first: 1, rest: 0 },
    { count: STEP, first: STEP, rest: 0 },
    { count: STEP + 1, first: STEP, rest: 1 },
    { count: 1000, first: STEP, rest: 940 },
  ])
    it(`has ${first} of ${count} items, and a button with the number of the others`, async () => {
      await open(count);
      expect(shown()).to.deep.equal(ids(hub.received.slice(0, first)));
      if (rest === 0) expect(more()).to.equal(null);
      else expect(button(shadow, `Show more (${rest})`)).to.equal(more());
    });

  it('grows when the button is pressed, with the focus on the first new item', async () => {
    await open(150);
    await askForMore();
    expect(shown()).to.have.length(2 * STEP);
    const focused = shadow.activeElement?.closest('li');
    expect(focused?.dataset.id).to.equal(hub.received[STEP]!.id);
    await askForMore();
    expect(shown()).to.have.length(150);
    expect(more()).to.equal(null);
  });

  it('stays bounded, however many items there are and arrive', async () => {
    await open(5000);
    for (let time = 0; time < 20; time++) {
      await push(50);
      expect(shown().length).to.be.at.most(2 * STEP + 50);
      expect(shown()[0]).to.equal(hub.received[0]!.id);
    }
  });

  it('keeps the focused item when more than a step arrives before it', async () => {
    await open(100);
    const [last] = [...shadow.querySelectorAll('li')].slice(-1);
    const control = last!.querySelector<HTMLElement>('button, a[href]')!;
    control.focus();
    for (let time = 0; time < 4; time++) await push(30);
    expect(shadow.activeElement === control, 'still focused').to.equal(true);
    expect(shown()).to.include(last!.dataset.id);
  });

  it('is the whole list in print, and the part again afterwards', async () => {
    await open(300);
    dispatchEvent(new Event('beforeprint'));
    await trail.updateComplete;
    expect(shown()).to.have.length(300);
    dispatchEvent(new Event('afterprint'));
    await trail.updateComplete;
    expect(shown()).to.have.length(STEP);
  });

  it('starts over with another hub, and when the element is reinserted', async () => {
    await open(300);
    await askForMore();
    const parent = trail.parentElement!;
    trail.remove();
    parent.append(trail);
    await trail.updateComplete;
    expect(shown()).to.have.length(STEP);
    await askForMore();
    expect(shown()).to.have.length(2 * STEP);
    const other = document.createElement('snap-connection') as unknown as FakeHub;
    parent.parentElement!.append(other);
    other.received = Array.from({ length: 200 }, textItem);
    trail.connection = other;
    await trail.updateComplete;
    expect(shown()).to.have.length(STEP);
  });

  it('stops listening to the page when the element is removed', async () => {
    await open(300);
    trail.remove();
    let updates = 0;
    trail.requestUpdate = () => {
      updates++;
    };
    dispatchEvent(new Event('beforeprint'));
    expect(updates).to.equal(0);
    dispatchEvent(new Event('afterprint'));
  });
});
