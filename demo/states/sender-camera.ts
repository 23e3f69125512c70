import type { SnapSender } from '../../src/elements/snap-sender/snap-sender.js';
import { SnapErrorEvent } from '../../src/events.js';
import type { CaptureDevice } from '../../src/hub/hub-element.js';
import { fakeCamera, fakeItem, fakePeer, fakePhoto, fakeTransfer, landscape } from '../fake-hub.js';
import type { FakeHub } from '../fake-hub.js';
import { failed, names, peers, press } from './specimen.js';
import type { Specimen } from './specimen.js';

type Facts = Partial<Pick<CaptureDevice, 'mode' | 'phase' | 'recording'>>;

const preview = await landscape(250, 64, 48);
const alone = fakePeer('Anna’s phone', { sendOnly: true });

/** A sender that follows its camera, and what a person can take back. */
export const senderCameraStates: readonly Specimen<'snap-sender'>[] = [
  ...(
    [
      ['camera-video', 'follows a camera that records video', { mode: 'video' }],
      ['camera-audio', 'follows a microphone', { mode: 'audio' }],
      ['camera-recording', 'follows a camera that is recording', { mode: 'video', recording: true }],
      ['camera-failed', 'follows a camera that has failed', { phase: 'failed' }],
    ] as const satisfies readonly (readonly [string, string, Facts])[]
  ).map(([id, title, facts]): Specimen<'snap-sender'> => ({
    id,
    title,
    tag: 'snap-sender',
    hub: { state: 'connected', peers, camera: fakeCamera(facts) },
  })),
  ...(['asking', 'live'] as const).map((phase): Specimen<'snap-sender'> => ({
    id: `camera-first-press-${phase}`,
    title: `has had a first press, the camera is ${phase}`,
    tag: 'snap-sender',
    hub: { state: 'connected', peers, camera: fakeCamera({ phase: 'idle' }) },
    act: async (sender) => {
      await press(sender, '[part=snap-send]');
      hubOf(sender).change({ camera: fakeCamera({ phase }) });
    },
  })),
  {
    id: 'drop-anywhere',
    title: 'takes files from anywhere in the page',
    tag: 'snap-sender',
    hub: { state: 'connected', peers },
    attributes: { drop: 'page' },
  },
  {
    id: 'clips-pending',
    title: 'is connected, a photo, a clip and a sound wait',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      pending: [
        await fakePhoto(310),
        fakeItem(new File(['…'], 'film.mp4', { type: 'video/mp4' }), { kind: 'video', preview }),
        fakeItem(new File(['…'], names.unbroken, { type: 'video/mp4' }), { kind: 'video' }),
        fakeItem(new File(['…'], 'voice.m4a', { type: 'audio/mp4' }), { kind: 'audio' }),
      ],
    },
  },
  {
    id: 'removed',
    title: 'has removed one of three',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      pending: [await fakePhoto(100), await fakePhoto(140), await fakePhoto(180)],
    },
    act: async (sender) => {
      await press(sender, '.remove');
      hubOf(sender).change({ pending: hubOf(sender).pending.slice(1) });
      await sender.updateComplete;
      // As long as a pointer is on it, the offer stays.
      sender.shadowRoot!.querySelector('[part=undo]')!.dispatchEvent(new PointerEvent('pointerenter'));
    },
  },
  {
    id: 'paused',
    title: 'has lost the connection in the middle of a film',
    tag: 'snap-sender',
    hub: {
      state: 'reconnecting',
      transfers: [
        fakeTransfer('queued', {
          name: 'film.mp4',
          type: 'video/mp4',
          size: 200_000_000,
          loaded: 18_000_000,
          to: ['waiting'],
          preview,
        }),
        fakeTransfer('queued', { name: 'report.pdf', type: 'application/pdf' }),
      ],
    },
  },
  {
    id: 'only-senders',
    title: 'is connected to someone who only sends',
    tag: 'snap-sender',
    hub: { state: 'connected', peers: [alone], transfers: [fakeTransfer('queued')] },
  },
  {
    id: 'delivered-and-received',
    title: 'has delivered everything, and received something',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      received: [await fakePhoto(60)],
      transfers: [
        'photo-2026-11-26-06-14-18-761.jpg',
        'photo-2026-11-26-06-14-21-003.jpg',
        'video-2026-11-26-06-15-07-120.webm',
        'report.pdf',
      ].map((name) =>
        fakeTransfer('delivered', { name, type: typeOf(name), to: ['delivered', 'delivered'] }),
      ),
    },
  },
  {
    id: 'other-device-full',
    title: 'has failed to send, the other device being full',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      transfers: (['storage-full', 'storage-failed'] as const).map((error) =>
        fakeTransfer('failed', { name: 'film.mp4', type: 'video/mp4', error }),
      ),
    },
  },
  {
    id: 'not-kept',
    title: 'is on a device that is low on space',
    tag: 'snap-sender',
    hub: {
      state: 'connected',
      peers,
      transfers: [fakeTransfer('sending', { loaded: 300_000, to: ['sending'] })],
    },
    act: (sender) => hubOf(sender).dispatchEvent(new SnapErrorEvent(failed('storage-full'))),
  },
];

function hubOf(sender: SnapSender): FakeHub {
  return sender.connection as FakeHub;
}

function typeOf(name: string): string {
  if (name.endsWith('.jpg')) return 'image/jpeg';
  return name.endsWith('.webm') ? 'video/webm' : 'application/pdf';
}
