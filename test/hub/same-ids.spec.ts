import { expect } from '@open-wc/testing';
import '../../src/define/photo-trail.js';
import '../../src/define/snap-connection.js';
import '../../src/define/snap-sender.js';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { SnapCapturedEvent, SnapSendRequestEvent } from '../../src/events.js';
import { makeRoomCode } from '../../src/room/code.js';
import { randomId } from '../../src/item.js';
import type { SnapItem } from '../../src/item.js';
import { landscape } from '../../demo/fake-hub.js';
import { itemOf } from '../store/support/offers.js';
import { otherPage } from '../elements/support/other-page.js';
import { waitUntil } from '../support/wait-until.js';

/** What members may send under one id. */
const CLAIMS: Record<string, (context: { mine: string; theirs: string }) => string> = {
  'the id of what another has sent': ({ theirs }) => theirs,
  'the id of what waits to be sent here': ({ mine }) => mine,
};

describe('members that send things under the ids of others', () => {
  let room: string;
  let place: HTMLElement;
  let hub: SnapConnection;
  let others: SnapConnection[];
  beforeEach(async () => {
    room = makeRoomCode();
    place = document.createElement('main');
    place.innerHTML = `<snap-connection server="/peerjs" room="${room}"><photo-trail></photo-trail><snap-sender></snap-sender></snap-connection>`;
    document.body.append(place);
    hub = place.querySelector('snap-connection')!;
    others = [await otherPage(room), await otherPage(room)];
    await waitUntil(() => hub.peers.length === 2, 'they have met');
  });
  afterEach(() => {
    place.remove();
    document.querySelectorAll('iframe').forEach((frame) => frame.remove());
  });

  /** A member sends a photo under an id of its choice; resolves when it is here. */
  async function sends(from: SnapConnection, id: string, hue: number): Promise<SnapItem> {
    const count = hub.received.length;
    const page = from.ownerDocument.defaultView as unknown as typeof globalThis;
    const bytes = await (await landscape(hue, 64, 48)).arrayBuffer();
    const file = new page.File([bytes], `${hue}.jpg`, { type: 'image/jpeg' });
    from.dispatchEvent(new SnapSendRequestEvent([{ ...itemOf(''), file, id, kind: 'photo' }]));
    await waitUntil(() => hub.received.length > count, 'it has come');
    return hub.received[0]!;
  }

  for (const [what, claim] of Object.entries(CLAIMS))
    // claim: #same-id-two-senders
    it(`do not mix them up: each is shown, opened, saved and removed as what it is, ${what}`, async () => {
      const pending = itemOf('mine');
      hub.dispatchEvent(new SnapCapturedEvent(pending));
      const theirs = randomId();
      const first = await sends(others[0]!, theirs, 10);
      const id = claim({ mine: pending.id, theirs });
      const second = await sends(others[1]!, id, 200);
      const all = [second, first];
      expect(hub.received).to.deep.equal(all);
      expect(new Set([pending, ...all, ...hub.transfers].map((each) => each.id)).size).to.equal(3);

      const trail = place.querySelector('photo-trail')!;
      await waitUntil(
        () => trail.shadowRoot!.querySelectorAll('li.item [data-action=save]').length === 2,
        'tiles',
      );
      const tiles = [...trail.shadowRoot!.querySelectorAll<HTMLElement>('li.item')];
      const saved = tiles.map((tile) => tile.querySelector<HTMLAnchorElement>('[data-action=save]')!);
      expect(saved.map(({ download }) => download)).to.deep.equal(['200.jpg', '10.jpg']);
      for (const [at, tile] of tiles.entries()) {
        tile.querySelector<HTMLElement>('.thumb')!.click();
        await trail.updateComplete;
        const viewer = trail.shadowRoot!.querySelector('dialog')!;
        const shown = viewer.querySelector<HTMLAnchorElement>('[data-action=save]')!;
        expect(shown.download).to.equal(all[at]!.file.name);
        viewer.querySelector<HTMLElement>('.bar button')!.click();
        await trail.updateComplete;
      }
      tiles[0]!.querySelector<HTMLElement>('[data-action=remove]')!.click();
      await waitUntil(() => hub.received.length === 1, 'one is removed');
      expect(hub.received).to.deep.equal([first]);
      expect(hub.pending).to.deep.equal([pending]);
    });
});
