import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { ChildPeerServer } from '../support/child-peer-server.js';
import { onlyLong } from '../support/form.js';
import { slowUpload } from '../support/slow.js';
import { Gathering } from './support/gathering.js';

const MB = 1_000_000;

/**
 * In ms. A shorter pause does not count: on a busy machine, a page may not get to run for a while.
 */
const PAUSE = 1_000;

declare global {
  /** When bytes arrived in the page, in ms since the epoch. */
  var progress: number[];
}

function watchProgress(): void {
  globalThis.progress = [];
  let before = 0;
  document.addEventListener('snap-transfer-change', ({ transfer: { loaded } }) => {
    if (loaded > before) progress.push(Date.now());
    before = loaded;
  });
}

/** The longest time without progress between `from` and `to`, in ms. */
function longestPause(times: readonly number[], from: number, to: number): number {
  const moments = [from, ...times.filter((time) => time > from && time < to), to];
  return Math.max(...moments.slice(1).map((time, at) => time - moments[at]!));
}

const send = (page: Page, size: number): Promise<void> =>
  page.evaluate((bytes) => {
    document.querySelector<SnapConnection>('snap-connection')!.send(new Blob([new Uint8Array(bytes)]));
  }, size);

/** Resolves when a transfer of the page has loaded so many bytes. */
const through = (page: Page, bytes: number): Promise<unknown> =>
  page.waitForFunction(
    (least) =>
      document
        .querySelector<SnapConnection>('snap-connection')!
        .transfers.some(({ loaded }) => loaded >= least),
    bytes,
  );

/**
 * The stock server is what people run without ours. The other tests use ours, which works around
 * some of the stock server's faults.
 */
describe('a room on the stock command line server', { timeout: 600_000 }, () => {
  let peerServer: ChildPeerServer;
  let gathering: Gathering;
  before(async () => {
    peerServer = await ChildPeerServer.start('stock');
    gathering = await Gathering.open(peerServer.url);
  });
  afterEach(() => gathering.clear());
  after(async () => {
    await gathering.close();
    await peerServer.kill();
  });

  // claim: #tab-closed-within-1s
  it('shows within 1 s that a member has closed its tab', async (t) => {
    const [one, two, three] = await gathering.meet(3);
    const closedAt = Date.now();
    await three!.page.close({ runBeforeUnload: true });
    const told = await Promise.all([one!, two!].map((guest) => guest.told('leave guest 2', closedAt)));
    const took = Math.max(...told) - closedAt;
    t.diagnostic(`gone after ${took} ms`);
    assert.ok(took < 1_000, `${took} ms`);
  });

  it(
    'admits a newcomer within 5 s when every door holder crashes at once, and shows within 16 s that they are gone',
    onlyLong,
    async (t) => {
      const guests = await gathering.meet(5);
      const keepers = await gathering.keepers(3);
      const others = guests.filter((guest) => !keepers.includes(guest));
      const crashedAt = Date.now();
      await Promise.all(keepers.map((guest) => guest.crash()));
      const next = await gathering.guest('next');
      const took = (await next.told('state connected')) - (await next.told('state joining'));
      t.diagnostic(`in after ${took} ms`);
      assert.ok(took < 5_000, `in after ${took} ms`);
      await next.sees(others.length);

      const gone = others.flatMap((guest) =>
        keepers.map(({ name }) => guest.told(`leave ${name}`, crashedAt)),
      );
      assert.ok(gone.length > 0);
      const noticed = Math.max(...(await Promise.all(gone))) - crashedAt;
      t.diagnostic(`gone after ${noticed} ms`);
      assert.ok(noticed < 16_000, `gone after ${noticed} ms`);
    },
  );

  it('admits a newcomer within 8 s while the holder of the first door is frozen', async (t) => {
    await gathering.meet(3);
    const keepers = await gathering.keepers(3);
    await keepers.find(({ doors }) => doors.has(0))!.freeze();
    const next = await gathering.guest('next');
    const took = (await next.told('state connected')) - (await next.told('state joining'));
    t.diagnostic(`in after ${took} ms`);
    assert.ok(took < 8_000, `${took} ms`);
    await next.sees(2);
  });

  it('keeps a transfer going while the server is down, and admits a newcomer within 10 s of its return', async (t) => {
    const [sender, receiver] = await gathering.meet(2, { prepare: (page) => slowUpload(page, MB) });
    await receiver!.page.evaluate(watchProgress);
    await send(sender!.page, 5 * MB);
    await through(receiver!.page, MB);
    const killedAt = Date.now();
    await peerServer.kill();
    const late = await gathering.guest('late');
    await late.told('error server-unreachable');
    await through(receiver!.page, 3 * MB);
    await peerServer.start();
    const backAt = Date.now();
    const took = (await late.told('state connected', backAt)) - backAt;
    t.diagnostic(`in ${took} ms after its return`);
    assert.ok(took < 10_000, `${took} ms`);

    await sender!.page.evaluate(
      () => document.querySelector<SnapConnection>('snap-connection')!.transfers[0]!.finished,
    );
    const times = await receiver!.page.evaluate(() => progress);
    const pause = longestPause(times, killedAt, backAt);
    t.diagnostic(`longest pause ${pause} ms in ${backAt - killedAt} ms without a server`);
    assert.ok(pause < PAUSE, `${pause} ms`);
  });
});
