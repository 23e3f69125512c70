import type { SnapErrorCode } from '../../src/errors.js';
import type { SnapItem } from '../../src/item.js';
import type { SnapSender } from '../../src/elements/snap-sender/snap-sender.js';
import { fakeItem, fakePhoto, fakeTransfer, landscape } from '../fake-hub.js';
import { anna, dragOver, failed, names, peers } from './specimen.js';
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

const whyNoRoom: readonly SnapErrorCode[] = [
  'room-code-invalid',
  'room-full',
  'room-in-use',
  'server-refused',
  'server-invalid',
  'webrtc-unsupported',
];

const whyNobody: readonly SnapErrorCode[] = [
  'peer-unreachable',
  'relay-refused',
  'relay-unreachable',
  'relay-missing',
  'peer-unverified',
  'peer-version',
];

export const senderStates: readonly Specimen<'snap-sender'>[] = [
  { id: 'without-hub', title: 'without a hub', tag: 'snap-sender', hub: null },
  { id: 'idle', title: 'has not begun to connect', tag: 'snap-sender', hub: { state: 'idle' } },
  { id: 'joining', title: 'is joining', tag: 'snap-sender', hub: { state: 'joining' } },
  { id: 'alone', title: 'is alone', tag: 'snap-sender', hub: { state: 'waiting' } },
  {
    id: 'connected',
    title: 'is connected',
    tag: 'snap-sender',
    hub: { state: 'connected', peers: peers.slice(0, 1) },
  },
  { id: 'closed', title: 'is disconnected', tag: 'snap-sender', hub: { state: 'closed' } },
  {
    id: 'files-only',
    title: 'takes files only',
    tag: 'snap-sender',
    hub: { state: 'waiting' },
    attributes: { 'files-only': '' },
  },
  {
    id: 'reconnecting',
    title: 'has lost the server',
    tag: 'snap-sender',
    hub: { state: 'reconnecting', error: failed('server-unreachable'), peers },
  },
  {
    id: 'reconnecting-sending',
    title: 'has lost the connection while sending',
    tag: 'snap-sender',
    hub: {
      state: 'reconnecting',
      transfers: [fakeTransfer('sending', { name: 'film.mp4', loaded: 630_000, to: ['waiting'] })],
    },
  },
  ...whyNoRoom.map((code): Specimen<'snap-sender'> => ({
    id: code,
    title: `has failed: ${code}`,
    tag: 'snap-sender',
    hub: { state: 'failed', error: failed(code) },
  })),
  ...whyNobody.map((code): Specimen<'snap-sender'> => ({
    id: code,
    title: `is in the room, but: ${code}`,
    tag: 'snap-sender',
    hub: { state: 'waiting', error: failed(code) },
  })),
  {
    id: 'refused-files',
    title: 'has refused three files',
    tag: 'snap-sender',
    hub: { state: 'connected', peers },
    attributes: { accept: 'image/*' },
    act: refuseThree,
  },
  {
    id: 'three-pending',
    title: 'is connected, three wait',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      pending: [await fakePhoto(200, { preview }), await fakePhoto(20), aFile(names.sentence)],
    },
  },
  {
    id: 'twelve-pending',
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
    id: 'sending',
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
    id: 'sending-to-one',
    title: 'is sending to one',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers: peers.slice(0, 1),
      transfers: [
        fakeTransfer('delivered', { name: 'photo-1.jpg', preview, to: ['delivered'] }),
        fakeTransfer('sending', {
          name: 'film.mp4',
          type: 'video/mp4',
          size: 200_000_000,
          loaded: 18_000_000,
          to: ['sending'],
        }),
        fakeTransfer('queued', { name: 'report.pdf', type: 'application/pdf', to: ['waiting'] }),
      ],
    },
  },
  {
    id: 'all-delivered',
    title: 'has delivered everything',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers: peers.slice(0, 1),
      transfers: ['photo-1.jpg', 'photo-2.jpg', 'photo-3.jpg', 'photo-4.jpg'].map((name) =>
        fakeTransfer('delivered', { name, preview, to: ['delivered'] }),
      ),
    },
  },
  {
    id: 'all-submitted',
    title: 'has delivered everything, and the form was sent',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers: peers.slice(0, 1),
      transfers: ['photo-1.jpg', 'photo-2.jpg'].map((name) =>
        fakeTransfer('delivered', { name, preview, to: ['delivered'], outcome: 'submitted' }),
      ),
    },
  },
  {
    id: 'outcomes',
    title: 'tells what became of what it has sent, and what is still taken',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers: [{ ...anna, takes: { accept: 'image/*', max: 4, count: 3, maxSize: null } }],
      transfers: [
        fakeTransfer('delivered', { name: 'photo-1.jpg', preview, to: ['delivered'], outcome: 'opened' }),
        fakeTransfer('delivered', { name: 'photo-2.jpg', preview, to: ['delivered'], outcome: 'removed' }),
        fakeTransfer('delivered', {
          name: 'photo-3.jpg',
          preview,
          to: ['delivered', 'delivered'],
          outcome: 'opened',
        }),
        fakeTransfer('sending', { name: 'photo-4.jpg', preview, loaded: 420_000, to: ['sending'] }),
      ],
    },
  },
  {
    id: 'sending-forty',
    title: 'is sending forty files',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      transfers: Array.from({ length: 40 }, (_, at) =>
        fakeTransfer(at === 0 ? 'sending' : 'queued', {
          name: `IMG_${4711 + at}.jpg`,
          loaded: at === 0 ? 420_000 : 0,
          to: ['sending', 'sending'],
        }),
      ),
    },
  },
  {
    id: 'sending-long-names',
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
    id: 'delivered-long-names',
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
    id: 'failed-long-names',
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
  {
    id: 'dragging',
    title: 'has a file dragged over it',
    tag: 'snap-sender',
    hub: { state: 'connected', peers },
    act: dragOver,
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
