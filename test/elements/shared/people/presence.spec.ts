import { expect } from '@open-wc/testing';
import { fakePeer } from '../../../../demo/fake-hub.js';
import type { FakeHub } from '../../../../demo/fake-hub.js';
import '../../../../src/define/photo-trail.js';
import '../../../../src/define/snap-camera.js';
import '../../../../src/define/snap-invite.js';
import '../../../../src/define/snap-sender.js';
import { page } from '../../support/fixture.js';

const anna = fakePeer('Anna');
const boris = fakePeer('Борис');
const TAGS = ['snap-invite', 'snap-sender', 'photo-trail', 'snap-camera'] as const;

/** What the elements of `hub` have announced with their latest rendering. */
async function heard(hub: FakeHub): Promise<string[]> {
  const elements = [...hub.querySelectorAll<HTMLElementTagNameMap[(typeof TAGS)[number]]>('*')];
  await Promise.all(elements.map((element) => element.updateComplete));
  return elements.flatMap(({ shadowRoot }) =>
    [...shadowRoot!.querySelectorAll('.visually-hidden[role=status]')].flatMap((region) => {
      const said = region.textContent.trim();
      return said === '' ? [] : [said];
    }),
  );
}

const open = async (markup: string): Promise<FakeHub> => {
  const { hub } = await page(`<snap-connection>${markup}</snap-connection>`, 'snap-connection');
  await heard(hub);
  return hub;
};

describe('coming and going', () => {
  for (const tag of TAGS)
    it(`is announced by <${tag}> alone in its page`, async () => {
      const hub = await open(`<${tag}></${tag}>`);
      hub.change({ state: 'connected', peers: [anna] });
      expect(await heard(hub)).to.deep.equal(['Anna joined.']);
    });

  it('is announced once, by the first element that is visible, however many there are', async () => {
    const hub = await open(TAGS.map((tag) => `<${tag}></${tag}>`).join(''));
    hub.change({ state: 'connected', peers: [anna] });
    expect(await heard(hub)).to.deep.equal(['Anna joined.']);
    const [invite] = hub.children as unknown as HTMLElement[];
    invite!.hidden = true;
    hub.change({ peers: [anna, boris] });
    expect(await heard(hub)).to.deep.equal(['Anna joined.', 'Борис joined.']);
    expect(invite!.shadowRoot!.querySelector('[role=status]')!.textContent).to.contain('Anna');
  });

  it('is kept until an element can be heard', async () => {
    const hub = await open('<snap-invite hidden></snap-invite>');
    hub.change({ state: 'connected', peers: [anna] });
    expect(await heard(hub)).to.deep.equal([]);
    (hub.firstElementChild as HTMLElement).hidden = false;
    hub.change({});
    expect(await heard(hub)).to.deep.equal(['Anna joined.']);
  });

  it('is said of who leaves, is lost and is back, by name', async () => {
    const hub = await open('<snap-invite></snap-invite>');
    const steps: [Parameters<FakeHub['change']>[0], string][] = [
      [{ state: 'connected', peers: [anna, boris] }, 'Anna, Борис joined.'],
      [{ peers: [boris], lostPeers: [anna] }, 'Lost the connection to Anna. Reconnecting…'],
      [{ peers: [anna, boris], lostPeers: [] }, 'Anna is back.'],
      [{ peers: [anna] }, 'Борис left.'],
      [{ state: 'reconnecting', peers: [], lostPeers: [anna] }, 'Lost the connection to Anna. Reconnecting…'],
      [{ state: 'waiting', lostPeers: [] }, 'Anna left.'],
      [{ state: 'reconnecting' }, 'Connection lost. Reconnecting…'],
      [{ state: 'waiting' }, 'The connection is back.'],
    ];
    for (const [state, said] of steps) {
      hub.change(state);
      expect(await heard(hub)).to.deep.equal([said]);
    }
  });

  it('is said of several at once without reading out all their names', async () => {
    const hub = await open('<snap-invite></snap-invite>');
    const peers = ['A', 'B', 'C', 'D', 'E'].map((name) => fakePeer(name));
    hub.change({ state: 'connected', peers });
    expect(await heard(hub)).to.deep.equal(['A, B and 3 more joined.']);
  });

  it('is said by a nickname of who has no name', async () => {
    const hub = await open('<snap-invite></snap-invite>');
    hub.change({ state: 'connected', peers: [fakePeer('')] });
    expect((await heard(hub)).join()).to.match(/^[A-Z][a-z]+ [A-Z][a-z]+ joined\.$/);
  });

  it('tells a newcomer how many are here, and who leaves a room not that all others are gone', async () => {
    const { hub } = await page('<snap-connection></snap-connection>', 'snap-connection');
    hub.change({ state: 'joining' });
    hub.append(document.createElement('snap-invite'));
    await heard(hub);
    hub.change({ state: 'connected', peers: [anna, boris] });
    expect(await heard(hub)).to.deep.equal(['Connected to 2 devices.']);
    hub.change({ state: 'closed', peers: [] });
    await heard(hub);
    hub.change({ state: 'waiting' });
    expect(await heard(hub)).to.deep.equal(['Connected to 2 devices.']);
  });
});
