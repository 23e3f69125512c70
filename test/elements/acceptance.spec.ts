import { expect } from '@open-wc/testing';
import type { SnapPeer, SnapReceiveEvent } from '../../src/events.js';
import { isAccepted } from '../../src/elements/acceptance.js';
import { decide } from '../../src/elements/inbox.js';
import type { Transfer } from '../../src/transfer/transfer.js';

const BOB = { id: 'b'.repeat(32), name: 'Bob' } as SnapPeer;

describe('an offer', () => {
  let hub: HTMLElement;
  let asked: SnapReceiveEvent[];

  beforeEach(() => {
    hub = document.createElement('div');
    asked = [];
    hub.addEventListener('snap-receive', (event) => asked.push(event));
  });

  const offered = (name: string, type: string, size: number) =>
    decide(
      hub,
      { accept: 'image/*, .pdf', maxSize: 1000 },
      { id: 'a'.repeat(32), name, type, size, preview: null } as Transfer,
      BOB,
    );

  it('of a kind and size that the page takes is told to the page, with who offers it', async () => {
    expect(await offered('a.png', 'image/png', 1000)).to.be.null;
    expect(asked).to.have.length(1);
    expect(asked[0]!.offer).to.include({ name: 'a.png', type: 'image/png', size: 1000, from: BOB });
  });

  it('that is too large, or of another kind, is refused without asking', async () => {
    expect(await offered('a.png', 'image/png', 1001)).to.equal('transfer-too-large');
    expect(await offered('a.exe', 'application/x-msdownload', 1)).to.equal('transfer-type-refused');
    expect(asked).to.be.empty;
  });

  it('is declined by a listener that cancels it, or that a person answers with no', async () => {
    hub.addEventListener('snap-receive', (event) => event.preventDefault(), { once: true });
    expect(await offered('a.png', 'image/png', 1)).to.equal('transfer-declined');
    hub.addEventListener('snap-receive', (event) => event.respondWith(Promise.resolve(false)), {
      once: true,
    });
    expect(await offered('a.png', 'image/png', 1)).to.equal('transfer-declined');
    hub.addEventListener('snap-receive', (event) => event.respondWith(Promise.resolve(true)), { once: true });
    expect(await offered('a.png', 'image/png', 1)).to.be.null;
  });
});

describe('the kinds in `accept`', () => {
  it('are read as those of an <input>', () => {
    const file = { name: 'Photo.JPG', type: 'image/jpeg; x=1' };
    for (const accept of ['', '*/*', 'image/*', 'image/jpeg', '.jpg', 'text/plain, IMAGE/*'])
      expect(isAccepted(file, accept), accept).to.be.true;
    for (const accept of ['video/*', 'image/png', '.png', 'jpg', 'image'])
      expect(isAccepted(file, accept), accept).to.be.false;
  });
});
