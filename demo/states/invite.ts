import { press } from './specimen.js';
import type { Specimen } from './specimen.js';

export const inviteStates: readonly Specimen<'snap-invite'>[] = [
  { title: 'is ready', tag: 'snap-invite', hub: {} },
  { title: 'is not ready', tag: 'snap-invite', hub: { inviteUrl: '' } },
  { title: 'without a hub', tag: 'snap-invite', hub: null },
  { title: 'without a code', tag: 'snap-invite', hub: {}, attributes: { 'no-qr': '' } },
  {
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
