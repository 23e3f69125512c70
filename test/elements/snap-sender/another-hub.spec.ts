import { expect } from '@open-wc/testing';
import '../../../src/define/snap-sender.js';
import { fakeTransfer } from '../../../demo/fake-hub.js';
import type { FakeHub } from '../../../demo/fake-hub.js';
import { SnapError } from '../../../src/errors.js';
import { button, nameOf, page } from '../support/fixture.js';

describe('<snap-sender>', () => {
  it('counts in its total only what the present hub sends', async () => {
    const { hub, element, shadow } = await page(
      '<snap-connection></snap-connection><snap-connection id="b"></snap-connection><snap-sender></snap-sender>',
      'snap-sender',
    );
    const other = hub.nextElementSibling as FakeHub;
    const sending = (): ReturnType<typeof fakeTransfer> => fakeTransfer('sending', { loaded: 1000 });
    hub.change({ transfers: [sending(), sending()] });
    other.change({ transfers: [sending(), sending(), sending()] });
    for (const [each, total] of [
      [hub, '0 of 2 arrived'],
      [other, '0 of 3 arrived'],
    ] as const) {
      element.connection = each;
      await element.updateComplete;
      expect(shadow.querySelector('[part=total]')!.textContent).to.contain(total);
    }
  });

  it('keeps the focus when Try again has helped, and is gone', async () => {
    const { hub, element, shadow } = await page(
      '<snap-connection><snap-sender></snap-sender></snap-connection>',
      'snap-sender',
    );
    hub.change({ state: 'failed', error: new SnapError('server-unreachable') });
    await element.updateComplete;
    button(shadow, 'Try again').focus();
    hub.change({ state: 'joining', error: null });
    await element.updateComplete;
    expect(nameOf(shadow.activeElement)).to.equal('Choose files');
  });
});
