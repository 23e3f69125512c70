import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { deriveKeys } from '../../src/room/keys.js';
import { Stage, cameraLive, items, peers, state } from './support/stage.js';

/** Stands before the server at `url`, and keeps what comes in. */
async function eavesdrop(url: string): Promise<{ url: string; heard: Buffer[]; server: Server }> {
  const { hostname, port } = new URL(url);
  const heard: Buffer[] = [];
  const server = createServer((inward) => {
    const onward = connect(Number(port), hostname);
    inward.on('data', (data) => heard.push(data));
    inward.pipe(onward).pipe(inward);
    for (const socket of [inward, onward]) socket.on('error', () => inward.destroy());
  });
  server.listen(0, hostname);
  await once(server, 'listening');
  return { url: `http://${hostname}:${(server.address() as AddressInfo).port}/`, heard, server };
}

const codeIn = (url: string): string => /[#&]snap=([a-z2-7]{26})$/.exec(url)![1]!;

/** All that the origin has stored on the device, as text; Blobs are left out. */
const stored = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const everything: unknown[] = [
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
    ];
    for (const { name } of await indexedDB.databases()) {
      const opening = indexedDB.open(name!);
      const database = await new Promise<IDBDatabase>((resolve) => {
        opening.onsuccess = () => resolve(opening.result);
      });
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAll();
        everything.push(
          store,
          await new Promise((resolve) => (request.onsuccess = () => resolve(request.result))),
        );
      }
      database.close();
    }
    return JSON.stringify(everything);
  });

describe('the code of a room', { timeout: 600_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  afterEach(() => stage.clear());
  after(() => stage.close());

  // claim: #secret-reaches-no-server
  it('reaches no server in a request, a referrer or over a WebSocket', async () => {
    const { url, heard, server } = await eavesdrop(stage.url);
    const frames: string[] = [];
    const visit = async (address: string): Promise<Page> => {
      const page = await stage.visit('about:blank');
      page.on('websocket', (socket) =>
        socket.on('framesent', ({ payload }) => frames.push(payload.toString())),
      );
      await page.goto(address);
      return page;
    };
    try {
      const one = await visit(`${url}tabs.html`);
      await state(one, 'waiting');
      const two = await visit(one.url());
      await Promise.all([peers(one, 1), peers(two, 1), cameraLive(one)]);
      await one.getByRole('button', { name: 'Snap & Send', exact: true }).click();
      await items(two, 1);
      await one.evaluate(() => fetch('/icon.svg?last', { referrerPolicy: 'unsafe-url' }));
      const code = codeIn(two.url());
      const requests = Buffer.concat(heard).toString('latin1');
      assert.match(requests, new RegExp(`GET /icon.svg.last [^]*Referer: ${url}`, 'i'));
      assert.ok(frames.some((frame) => frame.includes('"OFFER"')));
      for (const told of [requests, ...frames]) assert.ok(!told.includes(code), told.slice(0, 200));
    } finally {
      server.close();
    }
  });

  // claim: #secret-not-on-device
  it('is never stored on the device, except in sessionStorage where the hub must not write the address', async () => {
    const page = await stage.visit();
    await Promise.all([state(page, 'waiting'), cameraLive(page)]);
    await page.getByRole('button', { name: 'Snap', exact: true }).click();
    const code = codeIn(page.url());
    const { tag } = deriveKeys(code);
    let all = await stored(page);
    // It is stored in the background.
    while (!all.includes('"kind":"pending"')) all = await stored(page);
    assert.ok(all.includes(tag));
    assert.ok(!all.includes(code));
    await page.evaluate(() => (document.querySelector<SnapConnection>('snap-connection')!.fragment = ''));
    await page.waitForFunction((kept) => sessionStorage.getItem('snaptrail-room') === kept, code);
    assert.equal((await stored(page)).split(code).length, 2);
  });

  // claim: #secret-not-in-markup
  it('does not show in the markup when a script sets it', async () => {
    const page = await stage.visit();
    await state(page, 'waiting');
    const markup = await page.evaluate(async (code) => {
      const hub = document.querySelector<SnapConnection>('snap-connection')!;
      hub.room = code;
      await hub.updateComplete;
      return document.documentElement.outerHTML;
    }, 'q'.repeat(26));
    assert.match(markup, /<snap-connection [^>]*server="/);
    assert.ok(!markup.includes('q'.repeat(26)));
  });

  // claim: #secret-renewed
  it('is useless after renew(): a holder of the old one meets nobody who has the new one', async () => {
    const [one, two] = await stage.meet(2);
    await one!.evaluate(() => document.querySelector<SnapConnection>('snap-connection')!.renew());
    await Promise.all([state(one!, 'waiting'), state(two!, 'waiting')]);
    assert.notEqual(codeIn(one!.url()), codeIn(two!.url()));
    const [withOld, withNew] = await Promise.all([stage.visit(two!.url()), stage.visit(one!.url())]);
    await Promise.all([one!, two!, withOld, withNew].map((page) => peers(page, 1)));
    const [idOfNew] = await one!.evaluate(() =>
      document.querySelector<SnapConnection>('snap-connection')!.peers.map(({ id }) => id),
    );
    assert.equal(idOfNew, await withNew.evaluate(() => sessionStorage.getItem('snaptrail-tab')));
  });
});
