import { expect } from '@open-wc/testing';
import { fakeTransfer } from '../../../../demo/fake-hub.js';
import type { FakeHub } from '../../../../demo/fake-hub.js';
import '../../../../src/define/snap-camera.js';
import '../../../../src/define/snap-invite.js';
import '../../../../src/define/snap-sender.js';
import type { SnapElement } from '../../../../src/elements/shared/snap-element.js';
import { codeOf } from '../../support/camera-page.js';
import { FakeDevices } from '../../support/fake-camera.js';
import { page } from '../../support/fixture.js';

/** The guard lines of all elements of `hub`. */
async function lines(hub: FakeHub): Promise<string[]> {
  const elements = [...hub.querySelectorAll<SnapElement>('*')];
  await Promise.all(elements.map((element) => element.updateComplete));
  return elements.flatMap(({ shadowRoot }) =>
    [...shadowRoot!.querySelectorAll('[part=guard]')].map((line) => line.textContent.trim()),
  );
}

async function open(markup: string, guarded = true): Promise<FakeHub> {
  const { hub } = await page(`<snap-connection>${markup}</snap-connection>`, 'snap-connection');
  hub.change({ guarded });
  return hub;
}

describe('the line that says where a page sends to', () => {
  it('names the site, and asks to go on only if one knows who opened the other page', async () => {
    const hub = await open('<snap-sender></snap-sender>');
    const [line] = await lines(hub);
    expect(line).to.contain(`a page of ${location.hostname}`).and.contain('Go on only if');
    await expect(hub.firstElementChild).to.be.accessible();
  });

  it('is on the poster of a camera before that is turned on', async () => {
    const hub = await open('<snap-camera></snap-camera><snap-sender></snap-sender>');
    expect(await lines(hub)).to.have.lengthOf(1);
    expect(hub.querySelector('snap-camera')!.shadowRoot!.querySelector('.poster [part=guard]')).to.exist;
    await expect(hub.firstElementChild).to.be.accessible();
  });

  it('is not shown on a page that is not guarded', async () => {
    expect(await lines(await open('<snap-sender></snap-sender><snap-invite></snap-invite>', false))).to.be
      .empty;
  });

  it('is shown once, and by another element when the first is removed', async () => {
    const hub = await open('<snap-sender></snap-sender><snap-invite></snap-invite>');
    expect(await lines(hub)).to.have.lengthOf(1);
    hub.querySelector('snap-sender')!.remove();
    hub.change({});
    expect(await lines(hub)).to.have.lengthOf(1);
  });

  it('is gone once something has been sent', async () => {
    const hub = await open('<snap-sender></snap-sender>');
    hub.change({ transfers: [fakeTransfer('sending')] });
    expect(await lines(hub)).to.be.empty;
  });

  it('stays on the poster of a camera that fails, from which one may go on by a file', async () => {
    const devices = new FakeDevices();
    devices.refuse('NotFoundError');
    const hub = await open('<snap-camera></snap-camera>');
    await codeOf(hub.querySelector('snap-camera')!.start());
    expect(await lines(hub)).to.have.lengthOf(1);
    devices.restore();
  });

  it('is shown by another element while the one that showed it is hidden', async () => {
    const hub = await open('<snap-camera></snap-camera><snap-sender></snap-sender>');
    expect(await lines(hub)).to.have.lengthOf(1);
    hub.querySelector('snap-camera')!.style.display = 'none';
    hub.change({});
    await lines(hub);
    expect(hub.querySelector('snap-sender')!.shadowRoot!.querySelector('[part=guard]')).to.exist;
  });
});
