import type { SnapErrorCode } from '../../src/errors.js';
import type { SnapItem } from '../../src/item.js';
import type { SnapSender } from '../../src/elements/snap-sender/snap-sender.js';
import { fakeItem, fakePhoto, fakeTransfer, landscape } from '../fake-hub.js';
import { failed, names, peers } from './specimen.js';
import type { Specimen } from './specimen.js';

const preview = await landscape(150, 64, 48);

const whatFails: readonly SnapErrorCode[] = [
  'transfer-too-large',
  'transfer-type-refused',
  'transfer-declined',
  'transfer-cancelled-by-peer',
  'transfer-corrupt',
  'transfer-no-recipient',
  'transfer-expired',
  'source-unreadable',
  'storage-failed',
];

export const senderStates: readonly Specimen<'snap-sender'>[] = [
  { title: 'without a hub', tag: 'snap-sender', hub: null },
  { title: 'is joining', tag: 'snap-sender', hub: { state: 'joining' } },
  { title: 'is alone', tag: 'snap-sender', hub: { state: 'waiting' } },
  {
    title: 'takes files only',
    tag: 'snap-sender',
    hub: { state: 'waiting' },
    attributes: { 'files-only': '' },
  },
  {
    title: 'has lost the server',
    tag: 'snap-sender',
    hub: { state: 'reconnecting', error: failed('server-unreachable'), peers },
  },
  ...(['room-code-invalid', 'room-full', 'server-refused', 'peer-unverified'] as const).map(
    (code): Specimen<'snap-sender'> => ({
      title: `has failed: ${code}`,
      tag: 'snap-sender',
      hub: { state: 'failed', error: failed(code) },
    }),
  ),
  {
    title: 'has refused three files',
    tag: 'snap-sender',
    hub: { state: 'connected', peers },
    attributes: { accept: 'image/*' },
    act: refuseThree,
  },
  {
    title: 'is connected, three wait',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      pending: [await fakePhoto(200, { preview }), await fakePhoto(20), aFile(names.sentence)],
    },
  },
  {
    title: 'is connected, twelve wait',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      pending: [
        ...(await Promise.all([0, 30, 60, 90, 120, 150, 180].map((hue) => fakePhoto(hue)))),
        ...[names.sentence, names.unbroken, names.cyrillic, names.emoji, names.spaces].map(aFile),
      ],
    },
  },
  {
    title: 'is sending',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      transfers: [
        ...['photo-1.jpg', 'photo-2.jpg', 'photo-3.jpg', 'photo-4.jpg', 'photo-5.jpg'].map((name) =>
          fakeTransfer('delivered', { name, to: ['delivered', 'delivered'] }),
        ),
        fakeTransfer('failed', { name: 'claim.zip', type: 'application/zip', error: 'transfer-too-large' }),
        fakeTransfer('cancelled', { name: 'voice.m4a', type: 'audio/mp4', error: 'transfer-cancelled' }),
        fakeTransfer('sending', {
          name: 'photo-6.jpg',
          preview,
          loaded: 420_000,
          to: ['delivered', 'sending', 'sending'],
        }),
        fakeTransfer('queued', { name: names.sentence, type: 'application/pdf', to: ['waiting'] }),
        fakeTransfer('queued', { name: 'film.mp4', type: 'video/mp4' }),
      ],
    },
  },
  {
    title: 'is sending what has long names',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      transfers: Object.values(names).map((name) =>
        fakeTransfer('sending', { name, preview, loaded: 420_000, to: ['sending', 'sending'] }),
      ),
    },
  },
  {
    title: 'has delivered what has long names',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      transfers: [names.unbroken, names.cyrillic, names.emoji].map((name) =>
        fakeTransfer('delivered', { name, preview, to: ['delivered', 'delivered'] }),
      ),
    },
  },
  {
    title: 'has failed to send what has long names',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      transfers: whatFails.map((error, index) =>
        fakeTransfer('failed', { name: Object.values(names)[index % 6]!, type: 'application/pdf', error }),
      ),
    },
  },
];

function aFile(name: string): SnapItem {
  return fakeItem(new File(['…'], name, { type: 'application/pdf' }));
}

async function refuseThree(sender: SnapSender): Promise<void> {
  await sender.updateComplete;
  const chosen = new DataTransfer();
  for (const name of ['a.pdf', 'b.pdf', 'c.pdf'])
    chosen.items.add(new File(['…'], name, { type: 'application/pdf' }));
  const input = sender.shadowRoot!.querySelector('input')!;
  input.files = chosen.files;
  input.dispatchEvent(new Event('change'));
}
