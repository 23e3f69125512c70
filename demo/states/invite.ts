import { fakePeer, fakeTransfer } from '../fake-hub.js';
import type { FakeHub } from '../fake-hub.js';
import { anna, failed, peers, press } from './specimen.js';
import type { Specimen } from './specimen.js';

const self = { id: '0123456789abcdef'.repeat(2), name: '', named: false };

export const inviteStates: readonly Specimen<'snap-invite'>[] = [
  { id: 'ready', title: 'is ready', tag: 'snap-invite', hub: {} },
  { id: 'not-ready', title: 'is not ready', tag: 'snap-invite', hub: { inviteUrl: '' } },
  { id: 'without-hub', title: 'without a hub', tag: 'snap-invite', hub: null },
  { id: 'no-qr', title: 'without a code', tag: 'snap-invite', hub: {}, attributes: { 'no-qr': '' } },
  { id: 'joined', title: 'has somebody in the room', tag: 'snap-invite', hub: { state: 'connected', peers } },
  {
    id: 'joined-many',
    title: 'has a room of people',
    tag: 'snap-invite',
    hub: {
      state: 'connected',
      self,
      peers: [
        ...peers,
        fakePeer('', { relayed: true, roundTrip: 31 }),
        fakePeer('', { sendOnly: true, roundTrip: 12 }),
        fakePeer('Свидетельствоорегистрациитранспортногосредстваибольшеничего12345'),
        fakePeer('', { relayed: null, roundTrip: 0 }),
      ],
      lostPeers: [fakePeer('Clara')],
      transfers: [fakeTransfer('receiving', { direction: 'receive', from: anna.id })],
    },
  },
  {
    id: 'shown-again',
    title: 'shows its code again',
    tag: 'snap-invite',
    hub: { state: 'connected', self, peers: [anna] },
    act: (invite) => press(invite, '[part=toggle]'),
  },
  {
    id: 'renaming',
    title: 'asks for a name',
    tag: 'snap-invite',
    hub: { state: 'connected', self, peers: [anna] },
    act: (invite) => press(invite, '[part=rename]'),
  },
  {
    id: 'guest',
    title: 'on a page that was opened by an invitation',
    tag: 'snap-invite',
    hub: { state: 'connected', self, guarded: true, peers: [fakePeer('Desk 4')] },
  },
  {
    id: 'nobody-left',
    title: 'was left by everybody',
    tag: 'snap-invite',
    hub: { state: 'connected', self, peers: [anna] },
    act: async (invite) => {
      await invite.updateComplete;
      (invite.connection as FakeHub).change({ state: 'waiting', peers: [] });
    },
  },
  {
    id: 'full',
    title: 'in a full room',
    tag: 'snap-invite',
    hub: { state: 'connected', self, full: true, peers },
  },
  {
    id: 'unreachable',
    title: 'has somebody who cannot be reached',
    tag: 'snap-invite',
    hub: { state: 'waiting', error: failed('peer-unreachable') },
  },
  {
    id: 'room-code-invalid',
    title: 'has no valid code',
    tag: 'snap-invite',
    hub: { state: 'failed', error: failed('room-code-invalid'), inviteUrl: '' },
  },
  {
    id: 'room-full',
    title: 'is for a full room',
    tag: 'snap-invite',
    hub: { state: 'failed', error: failed('room-full') },
  },
  {
    id: 'local',
    title: 'is for this computer only',
    tag: 'snap-invite',
    hub: { inviteUrl: 'http://localhost:8000/#snap=abcdefghijklmnopqrstuvwxyz' },
  },
  {
    id: 'copied',
    title: 'has been copied',
    tag: 'snap-invite',
    hub: {},
    act: (invite) =>
      withClipboard(
        () => Promise.resolve(),
        () => press(invite, '[part=copy]'),
      ),
  },
  {
    id: 'selected',
    title: 'could not be copied, so it is selected',
    tag: 'snap-invite',
    hub: {},
    act: (invite) =>
      withClipboard(
        () => Promise.reject(new DOMException('', 'NotAllowedError')),
        () => press(invite, '[part=copy]'),
      ),
  },
  {
    id: 'href',
    title: 'to a page with a long address',
    tag: 'snap-invite',
    hub: {},
    attributes: {
      href: `https://portal.example.org/claims/${'motor-vehicle-damage-'.repeat(6)}4711/camera?tenant=example`,
    },
  },
];

/** Replaces `writeText()` of the clipboard while `run` runs. An insecure page has no clipboard. */
async function withClipboard(writeText: () => Promise<void>, run: () => Promise<void>): Promise<void> {
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
  if (clipboard) Object.defineProperty(clipboard, 'writeText', { value: writeText, configurable: true });
  await run();
  if (clipboard) Reflect.deleteProperty(clipboard, 'writeText');
}
