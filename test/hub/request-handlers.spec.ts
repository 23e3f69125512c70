import { expect } from '@open-wc/testing';
import { fakeCamera, fakeItem, fakeTransfer } from '../../demo/fake-hub.js';
import {
  SnapCancelRequestEvent,
  SnapCaptureRequestEvent,
  SnapCapturedEvent,
  SnapChooseRequestEvent,
  SnapOutcomeEvent,
  SnapRemoveRequestEvent,
  SnapRenameRequestEvent,
  SnapRenewRequestEvent,
  SnapRestoreRequestEvent,
  SnapRetryRequestEvent,
  SnapSendRequestEvent,
} from '../../src/events.js';
import type { SnapEventMap } from '../../src/events.js';
import type { CaptureDevice } from '../../src/hub/hub-element.js';
import { firstCamera, haveFileButton, requestHandlers } from '../../src/hub/request-handlers.js';
import type { RequestHandlers } from '../../src/hub/requests.js';

const item = fakeItem(new File(['x'], 'x.txt'));

describe('a hub that serves a request', () => {
  let camera: CaptureDevice | null;
  let calls: unknown[][];
  let handlers: RequestHandlers;
  const serve = <Type extends keyof RequestHandlers>(type: Type, event: SnapEventMap[Type]): void =>
    handlers[type](event, document.body);
  beforeEach(() => {
    calls = [];
    camera = fakeCamera();
    const call =
      (name: string) =>
      (...given: unknown[]): void =>
        void calls.push([name, ...given]);
    handlers = requestHandlers({
      queue: {
        add: call('add'),
        capture: call('capture'),
        send: call('send'),
        restore: call('restore'),
      },
      recordings: {
        captured: ({ kind }) => kind === 'video',
        toggle: call('toggle'),
      },
      get camera() {
        return camera;
      },
      contents: {
        choose: call('choose'),
        remove: call('remove'),
        tell: call('tell'),
        sendAgain: call('sendAgain'),
      },
      reconnect: call('reconnect'),
      rename: call('rename'),
      moveToNewRoom: call('move'),
      report: ({ code }) => call('report')(code),
    });
  });

  it('tells what has become of items', () => {
    serve('snap-outcome', new SnapOutcomeEvent([item], 'opened'));
    expect(calls).to.deep.equal([['tell', [item], 'opened']]);
  });

  it('queues what was captured', () => {
    serve('snap-captured', new SnapCapturedEvent(item));
    expect(calls).to.deep.equal([['add', item]]);
  });

  it('takes a photo with its first camera, and reports when it has none', () => {
    serve('snap-capture-request', new SnapCaptureRequestEvent({ send: true }));
    expect(calls).to.deep.equal([['capture', camera, true]]);
    camera = null;
    serve('snap-capture-request', new SnapCaptureRequestEvent());
    expect(calls[1]).to.deep.equal(['report', 'camera-missing']);
  });

  it('sends what was recorded if that was asked for', () => {
    const clip = fakeItem(new File(['x'], 'x.webm'), { kind: 'video' });
    serve('snap-captured', new SnapCapturedEvent(clip));
    expect(calls).to.deep.equal([
      ['add', clip],
      ['send', [clip]],
    ]);
  });

  for (const phase of ['idle', 'asking', 'starting', 'paused', 'failed'] as const)
    it(`turns on a camera that is ${phase}, and takes no photo that nobody has framed`, () => {
      camera = fakeCamera({ phase });
      camera.start = () => Promise.resolve(void calls.push(['start']));
      serve('snap-capture-request', new SnapCaptureRequestEvent({ send: true }));
      expect(calls).to.deep.equal([['start']]);
    });

  for (const mode of ['video', 'audio'] as const)
    it(`starts a recording with a camera in the mode ${mode}, and ends it even if its picture is paused`, () => {
      camera = fakeCamera({ mode });
      serve('snap-capture-request', new SnapCaptureRequestEvent());
      const recording = fakeCamera({ mode, phase: 'paused', recording: true });
      camera = recording;
      serve('snap-capture-request', new SnapCaptureRequestEvent({ send: true }));
      expect(calls.map(([name, , send]) => [name, send])).to.deep.equal([
        ['toggle', false],
        ['toggle', true],
      ]);
    });

  it('chooses, sends, removes and restores what the request names', () => {
    const files = [new File(['y'], 'y.txt')];
    serve('snap-choose-request', new SnapChooseRequestEvent(files, { send: true }));
    serve('snap-send-request', new SnapSendRequestEvent([item]));
    serve('snap-remove-request', new SnapRemoveRequestEvent(item));
    serve('snap-restore-request', new SnapRestoreRequestEvent(item));
    expect(calls).to.deep.equal([
      ['choose', files, true],
      ['send', [item]],
      ['remove', item],
      ['restore', item],
    ]);
  });

  for (const [state, cancelled, retried] of [
    ['sending', true, false],
    ['failed', false, true],
    ['cancelled', false, true],
    ['delivered', false, false],
  ] as const)
    it(`${cancelled ? 'cancels' : 'does not cancel'} and ${retried ? 'retries' : 'does not retry'} a transfer that is ${state}`, () => {
      const requests: string[] = [];
      const transfer = fakeTransfer(state, {
        error: 'peer-lost',
        onrequest: (_, request) => requests.push(request),
      });
      serve('snap-cancel-request', new SnapCancelRequestEvent(transfer));
      serve('snap-retry-request', new SnapRetryRequestEvent(transfer));
      expect(requests).to.deep.equal([...(cancelled ? ['cancel'] : []), ...(retried ? ['retry'] : [])]);
    });

  it('sends again what was delivered, on a retry request for it', () => {
    const transfer = fakeTransfer('delivered');
    serve('snap-retry-request', new SnapRetryRequestEvent(transfer));
    expect(calls).to.deep.equal([['sendAgain', transfer]]);
  });

  it('reconnects on a retry request without a transfer', () => {
    serve('snap-retry-request', new SnapRetryRequestEvent());
    expect(calls).to.deep.equal([['reconnect']]);
  });

  it('takes the name that a person gives, and leaves for a new room', () => {
    serve('snap-rename-request', new SnapRenameRequestEvent('Anna'));
    serve('snap-renew-request', new SnapRenewRequestEvent());
    expect(calls).to.deep.equal([['rename', 'Anna'], ['move']]);
  });
});

describe('the first camera of a hub', () => {
  it('is the first in tree order of those that can take a photo, in whatever order they came', () => {
    const place = document.createElement('div');
    place.innerHTML = '<p></p><i></i><section><b></b></section>';
    const [other, first, , second] = place.querySelectorAll<HTMLElement>('*');
    for (const each of [first, second]) Object.assign(each!, { snap: () => Promise.resolve(item) });
    expect(firstCamera([second!, other!, first!])).to.equal(first);
    expect(firstCamera([other!])).to.equal(null);
  });

  it('finds the button for files where the browser cannot say what is visible', () => {
    const sender = Object.assign(document.createElement('div'), {
      filesOnly: true,
      checkVisibility: undefined,
    });
    expect(haveFileButton([sender], 'image/jpeg')).to.equal(true);
  });
});
