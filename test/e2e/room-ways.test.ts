import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { startPeerServer, type RunningPeerServer } from '../support/peer-server.js';
import { slowUpload } from '../support/slow.js';
import { Gathering, type Guest } from './support/gathering.js';

/**
 * To be run in a page before its own scripts: tells when the screen is kept on, and when no longer.
 */
function watchScreen(): void {
  const request = navigator.wakeLock.request.bind(navigator.wakeLock);
  navigator.wakeLock.request = async (type) => {
    const lock = await request(type);
    diary.push({ what: 'screen kept on', at: Date.now() });
    lock.addEventListener('release', () => diary.push({ what: 'screen let off', at: Date.now() }));
    return lock;
  };
}

const send = ({ page }: Guest, size: number): Promise<void> =>
  page.evaluate((bytes) => {
    document.querySelector<SnapConnection>('snap-connection')!.send(new Blob([new Uint8Array(bytes)]));
  }, size);

describe('a room', { timeout: 600_000 }, () => {
  let peerServer: RunningPeerServer;
  let gathering: Gathering;
  before(async () => {
    peerServer = await startPeerServer();
    gathering = await Gathering.open(peerServer.url, { backForwardCache: true });
  });
  afterEach(() => gathering.clear());
  after(async () => {
    await gathering.close();
    await peerServer.close();
  });

  it('refuses a member while it is full, and admits it once another has left', async () => {
    const attributes = { 'max-peers': '2' };
    const [one, two] = await gathering.meet(2, { attributes });
    const late = await gathering.guest('late', { attributes });
    await late.told('error room-full');
    const state = await late.page.evaluate(() => {
      const hub = document.querySelector<SnapConnection>('snap-connection')!;
      return [hub.state, hub.error?.code];
    });
    assert.deepEqual(state, ['failed', 'room-full']);
    await Promise.all([one!.sees(1), two!.sees(1)]);
    await two!.page.close();
    await one!.sees(0);
    await late.page.evaluate(() => {
      const hub = document.querySelector<SnapConnection>('snap-connection')!;
      hub.disconnect();
      return hub.connect();
    });
    await Promise.all([one!.sees(1), late.sees(1)]);
  });

  it('is left for a new one by renew(), which takes along what waits to be sent', async () => {
    const one = await gathering.guest('one');
    await one.told('state waiting');
    await send(one, 1_000);
    const former = one.page.url();
    const invitation = await one.page.evaluate(async () => {
      const hub = document.querySelector<SnapConnection>('snap-connection')!;
      await hub.renew();
      return hub.inviteUrl;
    });
    assert.notEqual(invitation, former);
    const stranger = await gathering.guest('has the old code');
    await stranger.told('state waiting');
    const two = await gathering.guest('two', { url: invitation });
    await one.page.evaluate(
      () => document.querySelector<SnapConnection>('snap-connection')!.transfers[0]!.finished,
    );
    await Promise.all([one.sees(1), two.sees(1)]);
    assert.deepEqual(
      (await stranger.diary()).map(({ what }) => what),
      ['state joining', 'state waiting'],
    );
  });

  it('is left by renew() while the page still loads, which takes along what waited before a reload', async () => {
    const one = await gathering.guest('one');
    await one.told('state waiting');
    await send(one, 1_000);
    await one.page.addInitScript(() => {
      void customElements
        .whenDefined('snap-connection')
        .then(() => document.querySelector<SnapConnection>('snap-connection')!.renew());
    });
    const former = one.page.url();
    await one.page.reload();
    await one.page.waitForURL((url) => url.href !== former);
    const two = await gathering.guest('two', { url: one.page.url() });
    await two.page.waitForFunction(
      () => document.querySelector<SnapConnection>('snap-connection')?.transfers[0]?.state === 'delivered',
    );
  });

  it('is left with the page, and entered again when the back/forward cache restores it', async () => {
    const one = await gathering.guest('one');
    await one.told('state waiting');
    const leftAt = Date.now();
    await one.page.goto('about:blank');
    // A page that is taken out of the cache loads nothing.
    await one.page.goBack({ waitUntil: 'commit' });
    assert.ok((await one.diary())[0]!.at < leftAt);
    await one.told('state waiting', leftAt);
    const two = await gathering.guest('two');
    await Promise.all([one.sees(1), two.sees(1)]);
  });

  it('keeps the screens of both sides on only during a transfer', async () => {
    const [one, two] = await gathering.meet(2, {
      prepare: async (page) => {
        await slowUpload(page, 1_000_000);
        await page.addInitScript(watchScreen);
      },
    });
    await send(one!, 1_000_000);
    const told = await Promise.all([
      ...[one!, two!].map((guest) => guest.told('screen kept on')),
      ...[one!, two!].map((guest) => guest.told('screen let off')),
    ]);
    const state = await one!.page.evaluate(
      () => document.querySelector<SnapConnection>('snap-connection')!.transfers[0]!.state,
    );
    assert.equal(state, 'delivered');
    assert.ok(Math.max(told[0]!, told[1]!) < Math.min(told[2]!, told[3]!), told.join());
  });
});
