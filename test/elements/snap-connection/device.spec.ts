import { expect, fixture } from '@open-wc/testing';
import '../../../src/define/snap-connection.js';
import '../../../src/define/snap-camera.js';
import '../../../src/define/snap-sender.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { fakeCamera } from '../../../demo/fake-hub.js';

/** Subscribes to `hub`; each call of the result resolves when it has told of a change since. */
function changesOf(hub: SnapConnection, signal: AbortSignal): () => Promise<void> {
  let told = (): void => undefined;
  hub.subscribe(() => told(), { signal });
  return () => new Promise((resolve) => (told = resolve));
}

describe('the camera of a <snap-connection>', () => {
  let hub: SnapConnection;
  let listening: AbortController;
  let change: () => Promise<void>;

  beforeEach(async () => {
    hub = await fixture<SnapConnection>('<snap-connection manual></snap-connection>');
    listening = new AbortController();
    change = changesOf(hub, listening.signal);
  });

  afterEach(() => listening.abort());

  it('is the first that belongs to it, of which its listeners are told as it comes and goes', async () => {
    expect(hub.camera).to.equal(null);
    const presence = new AbortController();
    const camera = fakeCamera();
    const came = change();
    hub.attach(camera, { signal: presence.signal });
    await came;
    expect(hub.camera).to.equal(camera);
    const left = change();
    presence.abort();
    await left;
    expect(hub.camera).to.equal(null);
  });

  it('tells of its mode and of its phases', async () => {
    const markup = document.createElement('snap-camera');
    const came = change();
    hub.append(markup);
    await came;
    await markup.updateComplete;
    expect([hub.camera?.mode, hub.camera?.phase, hub.camera?.recording]).to.eql(['photo', 'idle', false]);

    const turned = change();
    markup.mode = 'audio';
    await turned;
    expect(hub.camera?.mode).to.equal('audio');

    const starting = change();
    markup.start().catch(() => undefined);
    await starting;
    expect(hub.camera?.phase).not.to.equal('idle');
    const off = change();
    markup.stop();
    await off;
    expect(hub.camera?.phase).to.equal('idle');
  });
});

describe('the buttons of a <snap-connection>', () => {
  it('choose files where a sender shows one and takes the type', async () => {
    const hub = await fixture<SnapConnection>('<snap-connection manual></snap-connection>');
    expect(hub.choosesFiles('image/jpeg')).to.be.false;
    const sender = document.createElement('snap-sender');
    hub.append(sender);
    await sender.updateComplete;
    expect(hub.choosesFiles('image/jpeg')).to.be.true;

    sender.accept = '.pdf,video/*';
    expect(['image/jpeg', 'video/mp4'].map((type) => hub.choosesFiles(type))).to.eql([false, true]);
    sender.accept = '.jpg';
    expect(hub.choosesFiles('image/jpeg')).to.be.true;

    sender.hidden = true;
    expect(hub.choosesFiles('image/jpeg')).to.be.false;
    sender.hidden = false;
    const dialog = document.createElement('dialog');
    hub.append(dialog);
    dialog.append(sender);
    expect(hub.choosesFiles('image/jpeg')).to.be.false;
    dialog.showModal();
    expect(hub.choosesFiles('image/jpeg')).to.be.true;
    sender.remove();
    expect(hub.choosesFiles('image/jpeg')).to.be.false;
  });
});
