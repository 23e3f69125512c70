import { expect } from '@open-wc/testing';
import { fakePeer, fakeTransfer } from '../../../demo/fake-hub.js';
import type { FakeHub } from '../../../demo/fake-hub.js';
import '../../../src/define/snap-invite.js';
import type { SnapInvite } from '../../../src/elements/snap-invite/snap-invite.js';
import { SnapError } from '../../../src/errors.js';
import { SnapRenameRequestEvent, SnapRenewRequestEvent, SnapRetryRequestEvent } from '../../../src/events.js';
import { asked, button, page } from '../support/fixture.js';

const anna = fakePeer('Anna’s phone', { roundTrip: 3.6 });
const self = { id: 'f'.repeat(32), name: '', named: false };

const open = (
  markup = '<snap-invite></snap-invite>',
): Promise<{ hub: FakeHub; element: SnapInvite; shadow: ShadowRoot }> =>
  page(`<snap-connection>${markup}</snap-connection>`, 'snap-invite');

/** The same once somebody has joined. */
async function joined(markup?: string): ReturnType<typeof open> {
  const opened = await open(markup);
  opened.hub.change({ state: 'connected', peers: [anna] });
  await opened.element.updateComplete;
  return opened;
}

const hasCode = (shadow: ShadowRoot): boolean => shadow.querySelector('[part=address]') !== null;
const toggle = (shadow: ShadowRoot): HTMLElement => shadow.querySelector('[part=toggle]')!;
const people = (shadow: ShadowRoot): string[] =>
  [...shadow.querySelectorAll<HTMLElement>('[part=person]')].map((each) =>
    [...each.querySelectorAll('.name, .facts > span')].map((text) => text.textContent.trim()).join(', '),
  );
const states = (element: SnapInvite): string[] =>
  ['ready', 'joined', 'collapsed'].filter((state) => element.matches(`:state(${state})`));

describe('<snap-invite> and people', () => {
  describe('once somebody has joined', () => {
    it('folds into who is here and how they are connected', async () => {
      const { element, shadow } = await joined();
      expect(people(shadow)).to.deep.equal(['Anna’s phone, Connected directly, 4 ms, encrypted']);
      expect(shadow.querySelector('[part=face]')!.textContent).to.equal('AP');
      expect(hasCode(shadow)).to.be.false;
      expect(states(element)).to.deep.equal(['ready', 'joined', 'collapsed']);
      await expect(element).to.be.accessible();
    });

    it('shows the code again on request, and hides it again', async () => {
      const { element, shadow } = await joined();
      button(shadow, 'Show code again').click();
      await element.updateComplete;
      expect(hasCode(shadow) && shadow.querySelector('[part=qr]') !== null).to.be.true;
      expect(toggle(shadow).ariaExpanded).to.equal('true');
      expect(states(element)).to.deep.equal(['ready', 'joined']);
      await expect(element).to.be.accessible();
      button(shadow, 'Hide code').click();
      await element.updateComplete;
      expect(hasCode(shadow)).to.be.false;
      expect(toggle(shadow).ariaExpanded).to.equal('false');
    });

    it('speaks of the link where there is no code', async () => {
      const { shadow } = await joined('<snap-invite no-qr></snap-invite>');
      expect(button(shadow, 'Show link again')).to.exist;
    });

    it('keeps the code in view with `stay-open`, beside who is here', async () => {
      const { element, shadow } = await joined('<snap-invite stay-open></snap-invite>');
      expect([hasCode(shadow), people(shadow).length]).to.deep.equal([true, 1]);
      expect(states(element)).to.deep.equal(['ready', 'joined']);
    });

    it('moves the focus from what it folds to the button that brings it back', async () => {
      const { hub, element, shadow } = await open();
      button(shadow, 'Copy link').focus();
      hub.change({ state: 'connected', peers: [anna] });
      await element.updateComplete;
      expect(shadow.activeElement?.getAttribute('part')).to.equal('toggle');
    });

    it('does not unfold when the last one leaves, so that nothing jumps when a phone reloads', async () => {
      const { hub, element, shadow } = await joined();
      hub.change({ state: 'waiting', peers: [] });
      await element.updateComplete;
      expect(hasCode(shadow)).to.be.false;
      expect(states(element)).to.deep.equal(['ready', 'collapsed']);
      expect(shadow.querySelector('[part=status]')!.textContent.trim()).to.equal(
        'Nobody else is here just now',
      );
    });

    it('unfolds in another room', async () => {
      const { hub, element, shadow } = await joined();
      hub.change({
        state: 'waiting',
        peers: [],
        inviteUrl: `https://photos.example.org/#snap=${'z'.repeat(26)}`,
      });
      await element.updateComplete;
      expect(hasCode(shadow)).to.be.true;
    });

    it('says that the room is full in place of a code that leads nobody in', async () => {
      const { hub, element, shadow } = await joined();
      hub.change({ full: true });
      await element.updateComplete;
      expect(shadow.querySelector('[part=full]')!.textContent).to.contain('nobody else can join');
      expect([hasCode(shadow), toggle(shadow)]).to.deep.equal([false, null]);
    });
  });

  it('keeps the code in view until somebody joins, and folds it from the start for a guest', async () => {
    const { hub, element, shadow } = await open();
    expect([hasCode(shadow), states(element)]).to.deep.equal([true, ['ready']]);
    hub.change({ guarded: true });
    await element.updateComplete;
    expect([hasCode(shadow), states(element)]).to.deep.equal([false, ['ready', 'collapsed']]);
    expect(button(shadow, 'Show code again')).to.exist;
  });

  it('tells of each member what is known of it', async () => {
    const { hub, element, shadow } = await open();
    const peers = [
      fakePeer('Direct', { id: '1', roundTrip: 0.2 }),
      fakePeer('Relayed', { id: '2', relayed: true, roundTrip: 0 }),
      fakePeer('New', { id: '3', relayed: null, roundTrip: 0 }),
      fakePeer('Camera', { id: '4', sendOnly: true, roundTrip: 12 }),
      fakePeer('Sender', { id: '5', roundTrip: 7 }),
    ];
    const lostPeers = [fakePeer('Lost', { id: '6' })];
    const transfers = [fakeTransfer('receiving', { direction: 'receive', from: '5' })];
    hub.change({ state: 'connected', peers, lostPeers, transfers });
    await element.updateComplete;
    expect(people(shadow)).to.deep.equal([
      'Direct, Connected directly, 1 ms, encrypted',
      'Relayed, Connected through a relay, encrypted',
      'New',
      'Camera, Connected directly, 12 ms, encrypted, only sends',
      'Sender, Sending…, 7 ms, encrypted',
      'Lost, Connection lost. Reconnecting…',
    ]);
    expect(shadow.querySelectorAll('.face.busy')).to.have.lengthOf(1);
    // Who has just come is pale for a moment.
    const ending = shadow
      .getAnimations()
      .filter((each) => each.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.all(ending.map(({ finished }) => finished));
    await expect(element).to.be.accessible();
  });

  describe('lets a person give a name', () => {
    it('which is proposed, and asked of the hub when it is saved', async () => {
      const { hub, element, shadow } = await open();
      hub.change({ self });
      await element.updateComplete;
      expect(shadow.querySelector('[part=self]')!.textContent).to.match(
        /You are here as\s+[A-Z]\w+ [A-Z]\w+/,
      );
      button(shadow, 'Change name').click();
      await element.updateComplete;
      const field = shadow.querySelector<HTMLInputElement>('[part=name-field]')!;
      expect(shadow.activeElement === field).to.be.true;
      expect(field.value).to.equal('');
      expect(field.placeholder).to.match(/^[A-Z]\w+ [A-Z]\w+$/);
      await expect(element).to.be.accessible();
      field.value = ' Anna ';
      button(shadow, 'Save').click();
      const [request] = await asked(hub, SnapRenameRequestEvent);
      expect(request!.name).to.equal('Anna');
      await element.updateComplete;
      expect(shadow.querySelector('.visually-hidden[role=status]')!.textContent).to.contain(
        'see you as Anna now',
      );
      expect(shadow.activeElement?.getAttribute('part')).to.equal('rename');
    });

    for (const [how, leave] of [
      ['Cancel', (shadow: ShadowRoot) => button(shadow, 'Cancel').click()],
      [
        'Escape',
        (shadow: ShadowRoot) =>
          shadow
            .querySelector('[part=name-field]')!
            .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })),
      ],
    ] as const)
      it(`and think better of it by ${how}`, async () => {
        const { hub, element, shadow } = await open();
        hub.change({ self });
        await element.updateComplete;
        button(shadow, 'Change name').click();
        await element.updateComplete;
        leave(shadow);
        await element.updateComplete;
        expect(shadow.querySelector('[part=name-field]')).to.be.null;
        expect(await asked(hub, SnapRenameRequestEvent)).to.be.empty;
      });

    it('unless the page has given one', async () => {
      const { hub, element, shadow } = await open();
      hub.change({ self: { ...self, name: 'Desk 4', named: true } });
      await element.updateComplete;
      expect(shadow.querySelector('[part=self]')).to.be.null;
    });
  });

  const ways: [code: ConstructorParameters<typeof SnapError>[0], offered: string[]][] = [
    ['room-code-invalid', ['Start a new room']],
    ['room-in-use', ['Start a new room']],
    ['room-full', ['Try again', 'Start a new room']],
    ['server-refused', ['Try again']],
    ['server-invalid', []],
  ];
  for (const [code, offered] of ways)
    it(`offers ${offered.join(' and ') || 'nothing that cannot help'} for ${code}`, async () => {
      const { hub, element, shadow } = await open();
      hub.change({ state: 'failed', error: new SnapError(code) });
      await element.updateComplete;
      const buttons = [...shadow.querySelectorAll('button')];
      expect(buttons.map((each) => each.textContent.trim())).to.deep.equal(offered);
      for (const each of buttons) each.click();
      const requests = [
        ...(await asked(hub, SnapRetryRequestEvent)),
        ...(await asked(hub, SnapRenewRequestEvent)),
      ];
      expect(requests).to.have.lengthOf(offered.length);
      await expect(element).to.be.accessible();
    });

  it('says that it is disconnected when the page has left the room', async () => {
    const { hub, element, shadow } = await open();
    hub.change({ state: 'closed', inviteUrl: '' });
    await element.updateComplete;
    expect(shadow.querySelector('[part=empty]')!.textContent.trim()).to.equal('Disconnected');
  });

  for (const [host, local] of [
    ['localhost:8000', true],
    ['127.0.0.1', true],
    ['127.8.0.1:80', true],
    ['[::1]:8000', true],
    ['demo.localhost', true],
    ['192.168.1.5:8000', false],
    ['localhost.example.org', false],
    ['127.0.0.1.example.org', false],
  ] as const)
    it(`${local ? 'says that no phone can open' : 'shows the code of'} an address at ${host}`, async () => {
      const { hub, element, shadow } = await open();
      hub.change({ inviteUrl: `http://${host}/#snap=abcdefghijklmnopqrstuvwxyz` });
      await element.updateComplete;
      expect(shadow.querySelector('[part=qr]') === null).to.equal(local);
      expect(shadow.querySelector('slot')!.textContent.includes('on this computer only')).to.equal(local);
    });

  it('keeps the focus when Start a new room has helped, and is gone', async () => {
    const { hub, element, shadow } = await open();
    hub.change({ state: 'failed', error: new SnapError('room-full') });
    await element.updateComplete;
    button(shadow, 'Start a new room').focus();
    hub.change({ state: 'waiting', error: null });
    await element.updateComplete;
    expect(shadow.activeElement?.getAttribute('part')).to.equal('copy');
  });
});
