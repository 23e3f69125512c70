import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import type * as PeerJs from '../../src/peer/peerjs/vendor/peerjs.js';
import type { InPageServer, Message } from '../peer/support/in-page-server.js';
import type * as ManInTheMiddle from '../peer/support/man-in-the-middle.js';
import { startPeerServer, type RunningPeerServer } from '../support/peer-server.js';
import { SignallingProxy } from '../support/signalling-proxy.js';
import { Gathering } from './support/gathering.js';

declare global {
  var peerjs: typeof PeerJs;
  var man: typeof ManInTheMiddle;
  var listener: ReturnType<typeof ManInTheMiddle.listenIn>;
  /** As much of a server as the listener takes over. */
  var server: Pick<InPageServer, 'deliver' | 'relay'>;
}

/** Gives the page what a module of ours exports, as the global variable `name`. */
async function load(page: Page, module: string, name: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(module, import.meta.url))],
    ...{ bundle: true, write: false, format: 'iife', globalName: name, target: 'es2022', tsconfigRaw: '{}' },
  });
  await page.addScriptTag({ content: outputFiles[0]!.text });
}

describe('a PeerServer that swaps certificates to listen in', { timeout: 600_000 }, () => {
  let peerServer: RunningPeerServer;
  let proxy: SignallingProxy;
  let gathering: Gathering;
  /** Where the listener answers every offer with connections of its own. */
  let middle: Page;
  before(async () => {
    peerServer = await startPeerServer();
    proxy = await SignallingProxy.start(peerServer.url);
    gathering = await Gathering.open(proxy.url);
    middle = await gathering.outsider();
    await load(middle, '../peer/support/man-in-the-middle.ts', 'man');
    await middle.exposeFunction('deliver', (message: Message) => proxy.deliver(message));
    await middle.evaluate(() => {
      const { deliver } = globalThis as unknown as Pick<InPageServer, 'deliver'>;
      globalThis.server = { deliver } as InPageServer;
      globalThis.listener = man.listenIn(server as InPageServer);
    });
    proxy.relay = (message, pass) => {
      // What the server itself says, it says honestly.
      if (message.src === undefined) return pass(message);
      const taken = middle.evaluate((relayed) => {
        let passes = false;
        server.relay(relayed, () => (passes = true));
        return passes;
      }, message as Message);
      void taken.then((passes) => passes && pass(message));
    };
  });
  after(async () => {
    await gathering.close();
    await proxy.close();
    await peerServer.close();
  });

  const overheard = (): Promise<unknown[]> => middle.evaluate(() => listener.overheard.splice(0));

  it('hears everything that plain PeerJS pages say', async () => {
    const plain = await gathering.outsider();
    await load(plain, '../../src/peer/peerjs/vendor/peerjs.js', 'peerjs');
    const heard = await plain.evaluate(
      async (port) => {
        const place = { host: '127.0.0.1', port, path: '/peerjs', config: {} };
        const [alice, bob] = ['alice', 'bob'].map((id) => new peerjs.Peer(id, place));
        await Promise.all([alice!, bob!].map((peer) => new Promise((resolve) => peer.on('open', resolve))));
        const said = new Promise((resolve) => {
          bob!.on('connection', (connection) => connection.on('data', resolve));
        });
        const connection = alice!.connect('bob', { serialization: 'raw', reliable: true });
        connection.on('open', () => connection.send('a secret') as undefined);
        return said;
      },
      Number(new URL(proxy.url).port),
    );
    assert.equal(heard, 'a secret');
    assert.deepEqual(await overheard(), ['a secret']);
  });

  it('is refused by both sides as `peer-unverified`, and hears no name, no roster and no byte of what waits to be sent', async () => {
    const guests = await Promise.all(['Ada', 'Bob'].map((name) => gathering.guest(`${name} the secret`)));
    for (const { page } of guests) {
      await page.evaluate(() => {
        document.querySelector<SnapConnection>('snap-connection')!.send(new Blob(['the secret photo']));
      });
    }
    await Promise.all(guests.map((guest) => guest.told('error peer-unverified')));
    for (const guest of guests) {
      const told = (await guest.diary()).map(({ what }) => what);
      assert.ok(!told.some((what) => /^join|connected/.test(what)), told.join());
    }
    const all = await overheard();
    assert.ok(all.length > 0);
    for (const text of all)
      assert.match(String(text), /^room \{"type":"(nonce|proof)","(nonce|proof)":"[0-9a-f]{64}"\}$/);
  });
});
