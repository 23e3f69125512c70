import type { PhotoTrail } from '../../src/elements/photo-trail/photo-trail.js';
import { fakeItem, fakePeer, fakePhoto, fakeTransfer, landscape } from '../fake-hub.js';
import { anna, boris, names, peers, press } from './specimen.js';
import type { Specimen } from './specimen.js';

const preview = await landscape(150, 64, 48);
const stranger = fakePeer('Kraftfahrzeughaftpflichtversicherungsangestellte'.repeat(2));

const received = [
  await fakePhoto(210, { from: anna }),
  fakeItem(new File(['x'.repeat(1_234_567)], names.sentence, { type: 'application/pdf' }), { from: boris }),
  await fakePhoto(30, { from: boris, width: 480, height: 640 }),
  fakeItem(silence('Voice 1.wav'), { kind: 'audio', from: anna }),
  await fakePhoto(120, { takenAt: Date.now() - 3 * 86_400_000 }),
  // Files that this browser cannot play or decode.
  fakeItem(new File(['x'.repeat(734_567)], 'clip.mov', { type: 'video/quicktime' }), { from: anna }),
  fakeItem(new File(['x'.repeat(734_567)], 'IMG_4.HEIC', { type: 'image/heic' }), { from: anna, preview }),
  await fakePhoto(280, { from: anna }),
];
const arriving = [
  fakeTransfer('receiving', { direction: 'receive', from: anna.id, preview, loaded: 640_000 }),
  fakeTransfer('queued', {
    direction: 'receive',
    name: 'report.pdf',
    type: 'application/pdf',
    from: boris.id,
  }),
];

export const trailStates: readonly Specimen<'photo-trail'>[] = [
  { id: 'empty', title: 'is empty', tag: 'photo-trail', hub: {} },
  { id: 'without-hub', title: 'without a hub', tag: 'photo-trail', hub: null },
  {
    id: 'required',
    title: 'is required and empty',
    tag: 'photo-trail',
    hub: {},
    attributes: { required: '' },
  },
  {
    id: 'everything',
    title: 'with everything',
    tag: 'photo-trail',
    hub: { state: 'connected', peers, received, transfers: arriving },
    wide: true,
  },
  {
    id: 'one',
    title: 'with one',
    tag: 'photo-trail',
    hub: { state: 'connected', peers, received: received.slice(0, 1) },
  },
  {
    id: 'two',
    title: 'with two',
    tag: 'photo-trail',
    hub: { state: 'connected', peers, received: received.slice(0, 2) },
  },
  {
    id: 'arriving',
    title: 'has only what is on its way',
    tag: 'photo-trail',
    hub: { state: 'connected', peers, transfers: arriving },
  },
  {
    id: 'long-names',
    title: 'with long names',
    tag: 'photo-trail',
    hub: {
      state: 'connected',
      peers: [stranger],
      received: Object.values(names).map((name) =>
        fakeItem(new File(['x'.repeat(34_567)], name, { type: 'application/pdf' }), { from: stranger }),
      ),
      transfers: [
        fakeTransfer('receiving', {
          direction: 'receive',
          name: names.unbroken,
          type: '',
          from: stranger.id,
        }),
      ],
    },
  },
  {
    id: 'copy-failed',
    title: 'could not copy',
    tag: 'photo-trail',
    hub: { state: 'connected', peers, received: received.slice(0, 2) },
    act: failToCopy,
  },
  {
    id: 'disabled',
    title: 'is disabled',
    tag: 'photo-trail',
    hub: { state: 'connected', peers, received: received.slice(0, 2) },
    attributes: { disabled: '' },
  },
  {
    id: 'sixty',
    title: 'with sixty',
    tag: 'photo-trail',
    hub: {
      state: 'connected',
      peers,
      received: await Promise.all(
        Array.from({ length: 60 }, (_, at) =>
          fakePhoto(at * 6, { from: peers[at % 2]!, width: 160, height: 120 }),
        ),
      ),
    },
    wide: true,
  },
];

/** The viewer, which covers the page. */
export const viewerStates: readonly Specimen<'photo-trail'>[] = (
  [
    ['viewer', 'shows a photo large', [received[0]!, received[2]!, received[7]!]],
    ['viewer-portrait', 'shows an upright photo large', [received[2]!, received[0]!]],
    ['viewer-one', 'shows its only photo large', [received[0]!]],
  ] as const
).map(([id, title, items]) => ({
  id,
  title,
  tag: 'photo-trail',
  hub: { state: 'connected', peers, received: items },
  covers: true,
  act: (trail) => press(trail, '.thumb'),
}));

/**
 * Presses *Copy* while the clipboard rejects. An insecure page has no clipboard, and no such
 * button.
 */
async function failToCopy(trail: PhotoTrail): Promise<void> {
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
  if (!clipboard) return;
  const write = (): Promise<void> => Promise.reject(new DOMException('', 'NotAllowedError'));
  Object.defineProperty(clipboard, 'write', { value: write, configurable: true });
  const told = new Promise((resolve) => trail.addEventListener('snap-error', resolve, { once: true }));
  await press(trail, '[data-action=copy]');
  await told;
  Reflect.deleteProperty(clipboard, 'write');
}

/** A second of silence as a WAV file, which every browser plays. */
function silence(name: string): File {
  const data = new Uint8Array(44 + 8000).fill(128);
  const head =
    'RIFF\x64\x1f\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x40\x1f\0\0';
  data.set(Array.from(head, (letter) => letter.charCodeAt(0)));
  return new File([data], name, { type: 'audio/wav' });
}
