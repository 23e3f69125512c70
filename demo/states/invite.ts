import { failed, peers, press } from './specimen.js';
import type { Specimen } from './specimen.js';

export const inviteStates: readonly Specimen<'snap-invite'>[] = [
  { id: 'ready', title: 'is ready', tag: 'snap-invite', hub: {} },
  { id: 'not-ready', title: 'is not ready', tag: 'snap-invite', hub: { inviteUrl: '' } },
  { id: 'without-hub', title: 'without a hub', tag: 'snap-invite', hub: null },
  { id: 'no-qr', title: 'without a code', tag: 'snap-invite', hub: {}, attributes: { 'no-qr': '' } },
  { id: 'joined', title: 'has somebody in the room', tag: 'snap-invite', hub: { state: 'connected', peers } },
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
