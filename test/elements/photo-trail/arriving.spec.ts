import { expect } from '@open-wc/testing';
import '../../../src/define/photo-trail.js';
import type { PhotoTrail } from '../../../src/elements/photo-trail/photo-trail.js';
import { SnapCancelRequestEvent } from '../../../src/events.js';
import type { Transfer, TransferState } from '../../../src/transfer/transfer.js';
import { fakeItem, fakePeer, fakeTransfer } from '../../../demo/fake-hub.js';
import { asked, button, page } from '../support/fixture.js';
import type { FakeHub } from '../../../demo/fake-hub.js';

const anna = fakePeer('Anna');

const inForm = (
  attributes: string,
  around: readonly [string, string] = ['<form>', '</form>'],
): Promise<{ hub: FakeHub; element: PhotoTrail; shadow: ShadowRoot }> =>
  page(
    `${around[0]}<snap-connection><photo-trail ${attributes}></photo-trail></snap-connection>${around[1]}`,
    'photo-trail',
  );

const arriving = (state: TransferState, more: Partial<Parameters<typeof fakeTransfer>[1]> = {}): Transfer =>
  fakeTransfer(state, { direction: 'receive', from: anna.id, size: 1000, loaded: 640, ...more });

/** Tries to submit the form; resolves with "goes", or with the validation message. */
async function tried(element: PhotoTrail): Promise<string> {
  await element.updateComplete;
  const went: Event[] = [];
  const submitted = (event: Event): void => {
    event.preventDefault();
    went.push(event);
  };
  element.form!.addEventListener('submit', submitted);
  element.form!.requestSubmit();
  element.form!.removeEventListener('submit', submitted);
  expect(element.checkValidity()).to.equal(went.length === 1);
  return went.length === 1 ? 'goes' : element.validationMessage;
}

describe('<photo-trail> in a form, while something is arriving', () => {
  const STILL = '1 photo is still arriving (64%).';
  const AWAY = `${STILL} The sender is away just now: wait, or cancel it here to go on without.`;

  describe('blocks the form', () => {
    const table: [what: string, attributes: string, transfers: () => Transfer[], expected: string][] = [
      ['nothing', 'name="a"', () => [], 'goes'],
      ['what is received', 'name="a"', () => [arriving('receiving')], STILL],
      ['what waits for its turn', 'name="a"', () => [arriving('queued')], STILL],
      ['what has arrived and was removed', 'name="a"', () => [arriving('delivered')], 'goes'],
      ['what has failed', 'name="a"', () => [arriving('failed', { error: 'transfer-corrupt' })], 'goes'],
      [
        'what was declined',
        'name="a"',
        () => [arriving('cancelled', { error: 'transfer-declined' })],
        'goes',
      ],
      [
        'what was cancelled',
        'name="a"',
        () => [arriving('cancelled', { error: 'transfer-cancelled' })],
        'goes',
      ],
      ['what goes the other way', 'name="a"', () => [fakeTransfer('sending')], 'goes'],
      ['what is received, without a name', '', () => [arriving('receiving')], 'goes'],
      ['what is received, disabled', 'name="a" disabled', () => [arriving('receiving')], 'goes'],
      [
        'what is received, with allow-partial',
        'name="a" allow-partial',
        () => [arriving('receiving')],
        'goes',
      ],
      ['something that is required', 'name="a" required', () => [arriving('receiving')], STILL],
      [
        'something that is required, with allow-partial',
        'name="a" required allow-partial',
        () => [arriving('receiving')],
        'Nothing has arrived yet. Send at least one photo here.',
      ],
      [
        'two photos, by what is there of both',
        'name="a"',
        () => [arriving('receiving', { loaded: 1000 }), arriving('queued', { loaded: 0, size: 3000 })],
        '2 photos are still arriving (25%).',
      ],
      [
        'a photo and a file',
        'name="a"',
        () => [arriving('receiving'), arriving('receiving', { type: 'application/pdf' })],
        '2 files are still arriving (64%).',
      ],
      [
        'one whose bytes are all here',
        'name="a"',
        () => [arriving('receiving', { loaded: 1000 })],
        STILL.replace('64', '99'),
      ],
      [
        'one without bytes',
        'name="a"',
        () => [arriving('receiving', { loaded: 0, size: 0 })],
        STILL.replace('64', '0'),
      ],
      ['one whose sender is away', 'name="a"', () => [arriving('queued', { from: 'somebody' })], AWAY],
      [
        'two, of which the sender of one is away',
        'name="a"',
        () => [arriving('receiving'), arriving('queued', { from: 'somebody' })],
        '2 photos are still arriving (64%). The sender of 1 is away just now: wait, or cancel it here to go on without.',
      ],
    ];
    for (const [what, attributes, transfers, expected] of table) {
      it(`for ${what}: ${expected}`, async () => {
        const { hub, element } = await inForm(attributes);
        const all = transfers();
        hub.change({ peers: [anna], transfers: all });
        expect(await tried(element)).to.equal(expected);
        expect(element.validity.customError).to.equal(expected.includes('still arriving'));
        const receiving = all.some(({ direction, ended }) => direction === 'receive' && !ended);
        expect(element.matches(':state(receiving)')).to.equal(receiving);
      });
    }

    it('but not in a disabled fieldset, and not with novalidate', async () => {
      for (const around of [
        ['<form><fieldset disabled>', '</fieldset></form>'],
        ['<form novalidate>', '</form>'],
      ] as const) {
        const { hub, element } = await inForm('name="a"', around);
        hub.change({ peers: [anna], transfers: [arriving('receiving')] });
        await element.updateComplete;
        let went = false;
        element.form!.addEventListener('submit', (event) => {
          event.preventDefault();
          went = true;
        });
        element.form!.requestSubmit();
        expect(went).to.be.true;
      }
    });

    it('and says first that there are too many, as waiting would not help', async () => {
      const { hub, element } = await inForm('name="a" max="1"');
      const received = ['a', 'b'].map((name) => fakeItem(new File([], name)));
      hub.change({ peers: [anna], received, transfers: [arriving('receiving')] });
      expect(await tried(element)).to.contain('Too many');
    });
  });

  it('unblocks the form once the file has arrived and is in the form’s data, and never earlier', async () => {
    const { hub, element } = await inForm('name="a" required');
    const transfer = arriving('receiving');
    hub.change({ peers: [anna], transfers: [transfer] });
    expect(await tried(element)).to.equal(STILL);
    transfer.move('delivered');
    hub.change({});
    await element.updateComplete;
    expect(element.validity.valid).to.be.false;
    hub.change({ received: [fakeItem(new File(['x'], 'a.jpg'), { id: transfer.id })] });
    expect(await tried(element)).to.equal('goes');
    expect(new FormData(element.form!).getAll('a').map((file) => (file as File).name)).to.deep.equal([
      'a.jpg',
    ]);
    expect(element.matches(':state(receiving)')).to.be.false;
  });

  it('updates the percentage in its message without announcing it', async () => {
    const { hub, element, shadow } = await inForm('name="a"');
    const transfer = arriving('receiving');
    hub.change({ peers: [anna], transfers: [transfer] });
    await element.updateComplete;
    let told = 0;
    element.addEventListener('invalid', () => (told += 1));
    const said = shadow.querySelector('[role=status]')!.textContent;
    for (const loaded of [650, 700, 1000]) {
      transfer.progress(loaded);
      hub.change({});
      await element.updateComplete;
      expect(element.validationMessage).to.contain(`(${Math.min(99, loaded / 10)}%)`);
    }
    expect(told).to.equal(0);
    expect(shadow.querySelector('[role=status]')!.textContent).to.equal(said);
  });

  it('unblocks the form when the person cancels, or the page allows partial submission', async () => {
    const { hub, element, shadow } = await inForm('name="a"');
    const transfer = arriving('queued', { from: 'somebody', name: 'car.jpg' });
    hub.change({ peers: [], transfers: [transfer] });
    expect(await tried(element)).to.equal(AWAY);
    button(shadow, 'Cancel car.jpg').click();
    expect((await asked(hub, SnapCancelRequestEvent)).map((request) => request.transfer.id)).to.deep.equal([
      transfer.id,
    ]);
    element.allowPartial = true;
    expect(await tried(element)).to.equal('goes');
    element.allowPartial = false;
    expect(await tried(element)).to.equal(AWAY);
    hub.change({ peers: [fakePeer('Anna', { id: 'somebody' })] });
    expect(await tried(element)).to.equal(STILL);
    transfer.move('cancelled');
    hub.change({});
    expect(await tried(element)).to.equal('goes');
  });

  it('gives the reason in Russian', async () => {
    const { hub, element } = await inForm('name="a" lang="ru"');
    const message = async (count: number): Promise<string> => {
      hub.change({ peers: [anna], transfers: Array.from({ length: count }, () => arriving('receiving')) });
      return tried(element);
    };
    expect(await message(1)).to.match(/^Ещё в пути: 1 снимок \(64\s%\)\.$/);
    expect(await message(3)).to.match(/^Ещё в пути: 3 снимка \(64\s%\)\.$/);
    expect(await message(5)).to.match(/^Ещё в пути: 5 снимков \(64\s%\)\.$/);
    hub.change({ peers: [] });
    expect(await tried(element)).to.contain('Отправитель сейчас не на связи');
  });
});
