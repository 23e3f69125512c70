import { expect } from '@open-wc/testing';
import '../../../src/define/snap-sender.js';
import type { SnapSender } from '../../../src/elements/snap-sender/snap-sender.js';
import { UNDO_TIME } from '../../../src/elements/snap-sender/undo.js';
import {
  SnapCancelRequestEvent,
  SnapRemoveRequestEvent,
  SnapRestoreRequestEvent,
  SnapRetryRequestEvent,
} from '../../../src/events.js';
import type { SnapItem } from '../../../src/item.js';
import { fakeItem, fakeTransfer } from '../../../demo/fake-hub.js';
import type { FakeHub } from '../../../demo/fake-hub.js';
import { asked, button, nameOf, page } from '../support/fixture.js';

const MARKUP = '<snap-connection><snap-sender></snap-sender></snap-connection>';

const bar = (shadow: ShadowRoot): string | undefined =>
  shadow.querySelector('[part=undo] > span')?.textContent.trim();
const said = (shadow: ShadowRoot): string => shadow.querySelector('[role=status]')!.textContent.trim();

describe('<snap-sender> offers to undo', () => {
  let hub: FakeHub;
  let element: SnapSender;
  let shadow: ShadowRoot;
  let items: SnapItem[];
  /** What waits for the end of the offer, and for how long. */
  let waiting: { run: () => void; delay: number }[];
  const { setTimeout, clearTimeout } = globalThis;

  beforeEach(async () => {
    ({ hub, element, shadow } = await page(MARKUP, 'snap-sender'));
    items = ['a.txt', 'b.txt', 'c.txt'].map((name) => fakeItem(new File(['x'], name)));
    hub.change({ pending: items });
    await element.updateComplete;
    waiting = [];
    globalThis.setTimeout = ((run: () => void, delay: number) => {
      if (delay !== UNDO_TIME) return setTimeout(run, delay);
      return waiting.push({ run, delay });
    }) as typeof setTimeout;
    globalThis.clearTimeout = ((id?: number) => {
      if (id !== undefined && waiting[id - 1]) waiting[id - 1] = { run: () => undefined, delay: Infinity };
      else clearTimeout(id);
    }) as typeof clearTimeout;
  });

  afterEach(() => Object.assign(globalThis, { setTimeout, clearTimeout }));

  /** Serves the removal of an item, as a hub does. */
  async function remove(item: SnapItem): Promise<void> {
    button(shadow, `Remove ${item.file.name}`).click();
    hub.change({ pending: hub.pending.filter((each) => each !== item) });
    await element.updateComplete;
  }

  const ctrlZ = (): KeyboardEvent =>
    new KeyboardEvent('keydown', {
      code: 'KeyZ',
      key: 'я',
      ctrlKey: true,
      bubbles: true,
      composed: true,
      cancelable: true,
    });
  const restored = async (): Promise<string[]> =>
    (await asked(hub, SnapRestoreRequestEvent)).map(({ item }) => item.file.name);

  it('that an item was removed: it says so, and the button brings it back and gives it the focus', async () => {
    await remove(items[1]!);
    expect((await asked(hub, SnapRemoveRequestEvent)).map(({ subject }) => subject.id)).to.deep.equal([
      items[1]!.id,
    ]);
    expect(bar(shadow)).to.equal('Removed');
    expect(said(shadow)).to.match(/^b\.txt: Removed\. To undo, press (Ctrl\+|⌘)Z\.$/);
    await expect(element).to.be.accessible();
    button(shadow, 'Undo').click();
    hub.change({ pending: items });
    await element.updateComplete;
    expect(await restored()).to.deep.equal(['b.txt']);
    expect(bar(shadow)).to.equal(undefined);
    expect(nameOf(shadow.activeElement)).to.equal('Remove b.txt');
  });

  it('that several were removed, all at once and the last one first', async () => {
    for (const item of items) await remove(item);
    expect(bar(shadow)).to.equal('3 removed');
    button(shadow, 'Undo').click();
    expect(await restored()).to.deep.equal(['c.txt', 'b.txt', 'a.txt']);
  });

  it('that a transfer was cancelled', async () => {
    const transfer = fakeTransfer('sending', { name: 'film.mp4' });
    hub.change({ transfers: [transfer] });
    await element.updateComplete;
    button(shadow, 'Cancel film.mp4').click();
    expect(await asked(hub, SnapCancelRequestEvent)).to.have.length(1);
    transfer.move('cancelled');
    hub.change({});
    await element.updateComplete;
    expect(bar(shadow)).to.equal('Cancelled');
    expect(said(shadow)).to.match(/^film\.mp4: Cancelled\. To undo/);
    button(shadow, 'Undo').click();
    expect((await asked(hub, SnapRetryRequestEvent)).map((request) => request.transfer?.id)).to.deep.equal([
      transfer.id,
    ]);
  });

  it('for eight seconds, and by Ctrl+Z, in any keyboard layout, for longer', async () => {
    await remove(items[0]!);
    waiting.at(-1)!.run();
    await element.updateComplete;
    expect(bar(shadow)).to.equal(undefined);
    const press = ctrlZ();
    button(shadow, 'Choose files').dispatchEvent(press);
    expect(press.defaultPrevented).to.equal(true);
    expect(await restored()).to.deep.equal(['a.txt']);
    button(shadow, 'Choose files').dispatchEvent(ctrlZ());
    expect(await restored(), 'once only').to.deep.equal(['a.txt']);
  });

  it('for as long as a pointer or the focus is on it', async () => {
    await remove(items[0]!);
    const place = shadow.querySelector('[part=undo]')!;
    place.dispatchEvent(new PointerEvent('pointerenter'));
    button(shadow, 'Undo').focus();
    place.dispatchEvent(new PointerEvent('pointerleave'));
    for (const { run } of waiting) run();
    await element.updateComplete;
    expect(bar(shadow)).to.equal('Removed');
    button(shadow, 'Choose files').focus();
    waiting.at(-1)!.run();
    await element.updateComplete;
    expect(bar(shadow)).to.equal(undefined);
  });

  it('nothing that the page has kept from happening, and nothing of another hub', async () => {
    hub.addEventListener('snap-remove-request', (event) => event.preventDefault(), { once: true });
    button(shadow, 'Remove a.txt').click();
    await element.updateComplete;
    expect(bar(shadow)).to.equal(undefined);
    await remove(items[0]!);
    element.remove();
    hub.append(element);
    await element.updateComplete;
    expect(bar(shadow)).to.equal(undefined);
  });

  it('no transfer that was taken off the list since', async () => {
    const transfer = fakeTransfer('sending', { name: 'film.mp4' });
    hub.change({ transfers: [transfer] });
    await element.updateComplete;
    button(shadow, 'Cancel film.mp4').click();
    transfer.move('cancelled');
    hub.change({});
    await element.updateComplete;
    button(shadow, 'Remove film.mp4').click();
    hub.change({ transfers: [] });
    await element.updateComplete;
    button(shadow, 'Choose files').dispatchEvent(ctrlZ());
    expect((await asked(hub, SnapRetryRequestEvent)).length).to.equal(0);
  });
});
