import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import type { Transfer } from '../../src/transfer/transfer.js';
import { ChildPeerServer } from '../support/child-peer-server.js';
import { LONG } from '../support/form.js';
import { Gathering, type Guest } from './support/gathering.js';

/** In the long form as many as `max-peers` lets in by default. */
const MEMBERS = LONG ? 12 : 5;
const PHOTOS = MEMBERS * (MEMBERS - 1);

declare global {
  /** The photo to be sent. */
  var photo: File;
  /** Names and digests of the files that have arrived. */
  var arrived: [name: string, digest: string][];
}

/** Makes the page's photo, of noise that does not compress. Returns its size and digest. */
const takePhoto = ({ page, name }: Guest): Promise<{ size: number; digest: string }> =>
  page.evaluate(async (called) => {
    const picture = new ImageData(400, 300);
    for (let at = 0; at < picture.data.length; at += 65_536)
      crypto.getRandomValues(picture.data.subarray(at, at + 65_536));
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext('2d')!.putImageData(picture, 0, 0);
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg' });
    globalThis.photo = new File([jpeg], `${called}.jpg`, { type: jpeg.type });
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await jpeg.arrayBuffer()));
    return { size: jpeg.size, digest: digest.toString() };
  }, name);

/** Runs in a page before its own scripts: digests what arrives. */
function readArrivals(): void {
  globalThis.arrived = [];
  document.addEventListener('snap-received', ({ item: { file } }) => {
    void file
      .arrayBuffer()
      .then((content) => crypto.subtle.digest('SHA-256', content))
      .then((digest) => arrived.push([file.name, new Uint8Array(digest).toString()]));
  });
}

/** Sends the page's photo. Resolves, when it is delivered, to the number of its recipients. */
const send = ({ page }: Guest): Promise<number> =>
  page.evaluate(async () => {
    const hub = document.querySelector<SnapConnection>('snap-connection')!;
    const { recipients }: Transfer = await hub.send(photo).finished;
    return recipients.filter(({ state }) => state === 'delivered').length;
  });

describe(`a room of ${MEMBERS} on the stock command line server`, { timeout: 600_000 }, () => {
  let peerServer: ChildPeerServer;
  let gathering: Gathering;
  before(async () => {
    peerServer = await ChildPeerServer.start('stock');
    gathering = await Gathering.open(peerServer.url);
  });
  after(async () => {
    await gathering.close();
    await peerServer.kill();
  });

  it(`delivers a photo from each member to each other, all ${PHOTOS} intact, when all send at once`, async (t) => {
    const guests = await gathering.meet(MEMBERS, { prepare: (page) => page.addInitScript(readArrivals) });
    const photos = await Promise.all(guests.map(takePhoto));
    const sentAt = performance.now();
    const delivered = await Promise.all(guests.map(send));
    const took = performance.now() - sentAt;
    const size = photos.reduce((sum, photo) => sum + photo.size, 0) / MEMBERS;
    t.diagnostic(`${MEMBERS} photos of ${(size / 1e6).toFixed(2)} MB, ${(took / 1000).toFixed(1)} s`);
    assert.deepEqual(delivered, Array<number>(MEMBERS).fill(MEMBERS - 1));

    let whole = 0;
    for (const guest of guests) {
      await guest.page.waitForFunction((count) => arrived.length === count, MEMBERS - 1);
      const got = new Map(await guest.page.evaluate(() => arrived));
      for (const [at, sender] of guests.entries()) {
        if (sender === guest) continue;
        assert.equal(got.get(`${sender.name}.jpg`), photos[at]!.digest, `${sender.name} to ${guest.name}`);
        whole += 1;
      }
      assert.deepEqual(guest.uncaught, []);
    }
    assert.equal(whole, PHOTOS);
  });
});
