import '../src/define/photo-trail.js';
import '../src/define/snap-camera.js';
import '../src/define/snap-invite.js';
import '../src/define/snap-sender.js';
import type { Hub } from '../src/elements/hub.js';
import { SnapError } from '../src/errors.js';
import type { SnapErrorCode } from '../src/errors.js';
import { FakeHub, fakeItem, fakePeer, fakePhoto, fakeTransfer, landscape } from './fake-hub.js';

FakeHub.define();

const query = new URLSearchParams(location.search);
document.documentElement.lang = query.get('lang') ?? 'en';
document.documentElement.dir = query.get('dir') ?? 'ltr';

const gallery = document.querySelector('main')!;

/** One card: `markup` on a hub in `state`. */
function show(title: string, tag: string, state: Partial<Hub> | null, more: { wide?: boolean } = {}): void {
  const specimen = document.createElement('section');
  specimen.className = more.wide ? 'specimen wide' : 'specimen';
  const heading = document.createElement('h2');
  heading.textContent = `<${tag}> ${title}`;
  const card = document.createElement('div');
  card.className = 'card';
  const element = document.createElement(tag);
  if (state) {
    const hub = new FakeHub();
    hub.change(state);
    hub.append(element);
    card.append(hub);
  } else {
    card.append(element);
  }
  specimen.append(heading, card);
  gallery.append(specimen);
}

const failed = (code: SnapErrorCode): SnapError => new SnapError(code);
const peers = [fakePeer('Anna’s phone'), fakePeer('Борис')];
const [anna, boris] = peers as [(typeof peers)[0], (typeof peers)[0]];
const preview = await landscape(150, 64, 48);
const long = 'Протокол осмотра автомобиля после дорожно-транспортного происшествия, лист 12.pdf';

show('without a hub', 'snap-sender', null);
show('is joining', 'snap-sender', { state: 'joining' });
show('is alone', 'snap-sender', { state: 'waiting' });
show('has lost the server', 'snap-sender', {
  state: 'reconnecting',
  error: failed('server-unreachable'),
  peers,
});
show('has failed', 'snap-sender', { state: 'failed', error: failed('room-code-invalid') });
show('is connected, three wait', 'snap-sender', {
  state: 'connected',
  peers,
  pending: [
    await fakePhoto(200, { preview }),
    await fakePhoto(20),
    fakeItem(new File(['…'], long, { type: 'application/pdf' })),
  ],
});
show('is sending', 'snap-sender', {
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
    fakeTransfer('queued', { name: long, type: 'application/pdf', to: ['waiting'] }),
    fakeTransfer('queued', { name: 'film.mp4', type: 'video/mp4' }),
  ],
});

show('is ready', 'snap-invite', {});
show('is not ready', 'snap-invite', { inviteUrl: '' });

show('is empty', 'photo-trail', {});
const received = [
  await fakePhoto(210, { from: anna }),
  fakeItem(new File(['x'.repeat(1_234_567)], long, { type: 'application/pdf' }), { from: boris }),
  await fakePhoto(30, { from: boris, width: 480, height: 640 }),
  fakeItem(new File(['x'.repeat(34_567)], 'Voice 1.webm', { type: 'audio/webm' }), {
    kind: 'audio',
    from: anna,
  }),
  await fakePhoto(120, { takenAt: Date.now() - 3 * 86_400_000 }),
  fakeItem(new File(['x'.repeat(734_567)], 'clip.webm', { type: 'video/webm' }), {
    kind: 'video',
    from: anna,
  }),
  await fakePhoto(280, { from: anna }),
];
const transfers = [
  fakeTransfer('receiving', { direction: 'receive', from: anna.id, preview, loaded: 640_000 }),
  fakeTransfer('queued', {
    direction: 'receive',
    name: 'report.pdf',
    type: 'application/pdf',
    from: boris.id,
  }),
];
show('with everything', 'photo-trail', { state: 'connected', peers, received, transfers }, { wide: true });
show('with two', 'photo-trail', { state: 'connected', peers, received: received.slice(0, 2) });
show('without a hub', 'snap-camera', null);
