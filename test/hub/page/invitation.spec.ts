import { expect, fixture } from '@open-wc/testing';
import '../../../src/define/snap-connection.js';
import '../../../src/define/snap-invite.js';
import { enlist, invitation, invitationTo } from '../../../src/hub/page/invitation.js';
import { makeRoomCode } from '../../../src/room/code.js';
import { waitUntil } from '../../support/wait-until.js';

const CAR = makeRoomCode();
const HOUSE = makeRoomCode();
const OWN = makeRoomCode();

/** A hub as the page has it: its key, and its code where the page gives it. */
type Keys = readonly (readonly [fragment: string, room?: string])[];

describe('an invitation', () => {
  let gone: AbortController;
  const { href } = location;

  beforeEach(() => (gone = new AbortController()));
  afterEach(() => {
    gone.abort();
    history.replaceState(null, '', href);
  });

  const at = (fragment: string, hubs: Keys): void => {
    history.replaceState(null, '', `#${fragment}`);
    for (const [key, room = null] of hubs) enlist({ fragment: key, room }, gone.signal);
  };

  describe('by this page has this room’s code and the rest of the fragment, but no other room’s code', () => {
    const car = ['car'] as const;
    const house = ['house'] as const;
    const table: [page: string, hubs: Keys, key: string, expected: string][] = [
      ['', [car], 'car', `car=${OWN}`],
      [`car=${OWN}`, [car], 'car', `car=${OWN}`],
      [`house=${HOUSE}&car=${OWN}`, [car, house], 'car', `car=${OWN}`],
      [`car=${OWN}&house=${HOUSE}`, [car, house], 'car', `car=${OWN}`],
      [`car=${CAR}&house=${OWN}`, [car, house], 'house', `house=${OWN}`],
      [`/claims/4711&house=${HOUSE}&car=${OWN}`, [car, house], 'car', `/claims/4711&car=${OWN}`],
      [
        `/claims/4711&house=${HOUSE}&tab=2&car=${OWN}&x=y`,
        [car, house],
        'car',
        `/claims/4711&tab=2&x=y&car=${OWN}`,
      ],
      // A hub that is not here yet, or not any more; one under the usual key; a former code of this
      // one.
      [`/claims&house=${HOUSE}&car=${OWN}`, [car], 'car', `/claims&car=${OWN}`],
      [`snap=${HOUSE}&car=${OWN}`, [car, ['snap']], 'car', `car=${OWN}`],
      [`car=${HOUSE}`, [car], 'car', `car=${OWN}`],
      [`old=${OWN}&car=${OWN}`, [car], 'car', `car=${OWN}`],
      // Most of a code is nearly as good as all of it.
      [`house=${HOUSE.slice(1)}&car=${OWN}`, [car, house], 'car', `car=${OWN}`],
      // In the query of a router, encoded, alone, or in a route that a page has made its room of.
      [`/claims?house=${HOUSE}&car=${OWN}`, [car, house], 'car', `/claims&car=${OWN}`],
      [`/claims?tab=2;house=${HOUSE}&car=${OWN}`, [car], 'car', `/claims?tab=2&car=${OWN}`],
      [`house%3D${HOUSE}&car=${OWN}`, [car], 'car', `car=${OWN}`],
      [`${HOUSE}&car=${OWN}`, [car], 'car', `car=${OWN}`],
      [`/room/${HOUSE}&car=${OWN}`, [car, ['', HOUSE]], 'car', `car=${OWN}`],
      // What only looks like it stays.
      [`token=${HOUSE}x&mode=house=1&car=${OWN}`, [car], 'car', `token=${HOUSE}x&mode=house=1&car=${OWN}`],
      [`carport=1&houses=2&car=${OWN}`, [car, house], 'car', `carport=1&houses=2&car=${OWN}`],
      [`a=%E0%A4%A&car=${OWN}`, [car], 'car', `a=%E0%A4%A&car=${OWN}`],
      // So does what has the letters in it that an author took for a code.
      [`/claims&car=${OWN}`, [car, ['house', 'a']], 'car', `/claims&car=${OWN}`],
      // The address is left alone: the code stands in the invitation only.
      [`/inbox&car=${CAR}`, [[''], car], '', `/inbox&snap=${OWN}`],
      ['/inbox', [['']], '', `/inbox&snap=${OWN}`],
    ];
    for (const [page, hubs, key, expected] of table) {
      const readable = (text: string): string =>
        text.replaceAll(CAR, 'CAR').replaceAll(HOUSE, 'HOUSE').replaceAll(OWN, 'OWN');
      it(readable(`#${page} with ${JSON.stringify(hubs)}: #${expected}`), () => {
        at(page, hubs);
        expect(new URL(invitation(key, OWN)).hash).to.equal(`#${expected}`);
      });
    }

    const queries: [query: string, hubs: Keys, expected: string][] = [
      ['?tab=2&new', [car], '?tab=2&new'],
      [`?tab=2&house=${HOUSE}&new`, [car], '?tab=2&new'],
      [`?house=${HOUSE}`, [car], ''],
      [`?house=${encodeURIComponent(`${HOUSE}!`)}`, [car, ['', HOUSE]], ''],
      [`?house=${OWN}&tab=2`, [car], `?house=${OWN}&tab=2`],
    ];
    for (const [query, hubs, expected] of queries) {
      it(
        `in its query, ${query} becomes ${expected}`.replaceAll(HOUSE, 'HOUSE').replaceAll(OWN, 'OWN'),
        () => {
          history.replaceState(null, '', query);
          at('/inbox', hubs);
          const { search, hash } = new URL(invitation('car', OWN));
          expect(search + hash).to.equal(`${expected}#/inbox&car=${OWN}`);
        },
      );
    }

    it('and keeps the code of a hub that has left the page', () => {
      at('/inbox&car=1', [['car']]);
      expect(new URL(invitation('snap', OWN)).hash).to.equal(`#/inbox&snap=${OWN}`);
      gone.abort();
      expect(new URL(invitation('snap', OWN)).hash).to.equal(`#/inbox&car=1&snap=${OWN}`);
    });
  });

  describe('by another page has this room’s code and that page’s own fragment, but nothing of this page’s fragment', () => {
    const table: [invite: string, href: string, expected: string][] = [
      [`#snap=${OWN}`, '/camera', `/camera#snap=${OWN}`],
      [`#car=${OWN}`, '/camera', `/camera#snap=${OWN}`],
      [`#/claims/4711&tab=2&car=${OWN}`, '/camera?ui=big#top', `/camera?ui=big#snap=${OWN}`],
      [`#house=${HOUSE}&car=${OWN}`, '/camera', `/camera#snap=${OWN}`],
      [`#car=${OWN}`, '/camera#car=', `/camera#car=${OWN}`],
      [`#car=${OWN}`, '/camera#/take&car=&flash=on', `/camera#/take&flash=on&car=${OWN}`],
      [`#car=${OWN}`, '/camera#/take', `/camera#/take&snap=${OWN}`],
      [`#car=${OWN}`, '/camera#flash=on', `/camera#flash=on&snap=${OWN}`],
      // A value that ends like a place for one.
      [`#car=${OWN}`, '/camera#state=eyJhIjoxfQ==', `/camera#state=eyJhIjoxfQ==&snap=${OWN}`],
      // This page's own fragment, carried over by hand.
      [`#house=${HOUSE}&car=${OWN}`, `/camera#house=${HOUSE}&car=${OWN}`, `/camera#car=${OWN}`],
      [`#car=${OWN}`, `/camera#snap=${HOUSE}`, `/camera#snap=${OWN}`],
      ['#snap=short', '/camera', ''],
    ];
    for (const [index, [invite, to, expected]] of table.entries()) {
      const readable = `${invite} to ${to}`.replaceAll(HOUSE, 'HOUSE').replaceAll(OWN, 'OWN');
      it(`${index + 1}. ${readable}`, () => {
        const url = invitationTo(to, `https://desk.example.org/${invite}`);
        expect(url).to.equal(expected && new URL(expected, document.baseURI).href);
      });
    }
  });

  // claim: #invite-one-room-only
  it('into one of two rooms of a page never holds the code of the other, wherever it is shown or sent', async () => {
    history.replaceState(null, '', '#/claims/4711');
    const markup = ['car', 'house'].map(
      (key) => `<snap-connection server="/peerjs" ice-servers="[]" fragment="${key}">
        <snap-invite id="${key}"></snap-invite> <snap-invite id="${key}-phone" href="/phone.html"></snap-invite>
      </snap-connection>`,
    );
    const page = await fixture<HTMLElement>(`<div>${markup.join('')}</div>`);
    const invite = (id: string): HTMLElementTagNameMap['snap-invite'] =>
      page.querySelector<HTMLElementTagNameMap['snap-invite']>(`#${id}`)!;
    await waitUntil(
      () => ['car', 'house'].every((key) => invite(key).shadowRoot!.querySelector('a')),
      'no address',
    );
    const codeIn = (key: string): string => new RegExp(`${key}=([a-z2-7]{26})`).exec(location.hash)![1]!;
    for (const [mine, other] of [
      ['car', 'house'],
      ['house', 'car'],
    ] as const) {
      expect(new URL(invite(mine).url).hash).to.equal(`#/claims/4711&${mine}=${codeIn(mine)}`);
      expect(new URL(invite(`${mine}-phone`).url).hash).to.equal(`#snap=${codeIn(mine)}`);
      for (const id of [mine, `${mine}-phone`]) {
        const shadow = invite(id).shadowRoot!;
        const everywhere = [shadow.querySelector('input')!.value, shadow.querySelector('a')!.href];
        for (const text of everywhere) {
          expect(text).to.equal(invite(id).url);
          expect(text).not.to.contain(codeIn(other));
        }
      }
    }
  });

  it('into a room that another hub of the page is in shows that error in place of a URL', async () => {
    history.replaceState(null, '', '#');
    const page = await fixture<HTMLElement>(
      '<div>' +
        '<snap-connection server="/peerjs" ice-servers="[]"><snap-invite></snap-invite></snap-connection>'.repeat(
          2,
        ) +
        '</div>',
    );
    const [first, second] = [...page.querySelectorAll('snap-invite')];
    const words = (): string => second!.shadowRoot!.textContent.replace(/\s+/g, ' ');
    await waitUntil(() => words().includes('Another part of this page is already in this room.'), words());
    expect(words()).not.to.contain('The room isn’t ready');
    await waitUntil(() => first!.shadowRoot!.querySelector('a'), 'no address');
    second!.lang = 'ru';
    second!.requestUpdate();
    await second!.updateComplete;
    expect(words()).to.contain('уже в комнате');
    await expect(second!).to.be.accessible();
  });
});
