import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import { parse } from 'acorn';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { startPeerServer, type RunningPeerServer } from '../support/peer-server.js';
import { sample } from '../support/form.js';
import { Gathering } from './support/gathering.js';

/**
 * What is newer than the oldest browsers that the README names, or missing on some of their pages.
 * snaptrail works without all of it.
 */
const NEWER = [
  'AbortSignal.any',
  'Array.fromAsync',
  'Array.prototype.findLast',
  'Array.prototype.findLastIndex',
  'Array.prototype.toReversed',
  'Array.prototype.toSorted',
  'Array.prototype.toSpliced',
  'Array.prototype.with',
  'CustomStateSet',
  'ElementInternals.prototype.states',
  'HTMLElement.prototype.showPopover',
  'ImageCapture',
  'Iterator',
  'Map.groupBy',
  'Object.groupBy',
  'OffscreenCanvas',
  'Promise.try',
  'Promise.withResolvers',
  'RTCIceTransport.prototype.getSelectedCandidatePair',
  'Set.prototype.difference',
  'Set.prototype.intersection',
  'Set.prototype.isSubsetOf',
  'Set.prototype.union',
  'String.prototype.isWellFormed',
  'URL.canParse',
  'URL.parse',
  'Uint8Array.fromBase64',
  'Uint8Array.prototype.toHex',
  'crypto.randomUUID',
  'crypto.subtle',
  'document.startViewTransition',
  'navigator.locks',
  'navigator.storage',
  'navigator.wakeLock',
  'scheduler',
  'structuredClone',
] as const;

/** Without any of these a page cannot connect, and says so. */
const NEEDED_TO_CONNECT = [
  ['RTCPeerConnection', 'webrtc-unsupported'],
  ['RTCPeerConnection.prototype.createDataChannel', 'webrtc-unsupported'],
  ['AbortSignal.timeout', 'browser-unsupported'],
  ['AbortSignal.prototype.throwIfAborted', 'browser-unsupported'],
  ['Array.prototype.at', 'browser-unsupported'],
  ['Blob.prototype.arrayBuffer', 'browser-unsupported'],
  ['RTCDataChannel', 'browser-unsupported'],
  ['TextEncoder', 'browser-unsupported'],
  ['WebSocket', 'browser-unsupported'],
  ['crypto.getRandomValues', 'browser-unsupported'],
  ['queueMicrotask', 'browser-unsupported'],
] as const;

/** Without any of these the elements are not defined, and the page's own content stays. */
const NEEDED_TO_BE_DEFINED = [
  'Element.prototype.attachShadow',
  'ElementInternals',
  'HTMLElement.prototype.attachInternals',
  'MessageChannel',
] as const;

/** Runs in a page before its own scripts: removes those from its globals. */
function remove(paths: readonly string[]): void {
  for (const path of paths) {
    const names = path.split('.');
    const last = names.pop()!;
    let place: object | undefined = globalThis;
    for (const name of names) place = (place as Record<string, object> | undefined)?.[name];
    // It may be on a prototype, as with `crypto`.
    while (place && !Object.prototype.hasOwnProperty.call(place, last))
      place = Object.getPrototypeOf(place) as object | undefined;
    if (place) Reflect.deleteProperty(place, last);
  }
}

/** Which of them the page has, by the same names. */
const present = (paths: readonly string[]): string[] =>
  paths.filter((path) => {
    let place: unknown = globalThis;
    for (const name of path.split('.')) place = (place as Record<string, unknown> | undefined)?.[name];
    return place !== undefined;
  });

describe('an older browser', { timeout: 600_000 }, () => {
  let peerServer: RunningPeerServer;
  let gathering: Gathering;
  before(async () => {
    peerServer = await startPeerServer();
    gathering = await Gathering.open(peerServer.url);
  });
  afterEach(() => gathering.clear());
  after(async () => {
    await gathering.close();
    await peerServer.close();
  });

  it('meets another and exchanges files with it, without any of the newer features', async () => {
    const prepare = (page: Page) => page.addInitScript(remove, NEWER);
    const [one, two] = await gathering.meet(2, { prepare });
    const left = await one!.page.evaluate(present, NEWER);
    assert.deepEqual(
      left.filter((path) => !path.startsWith('ElementInternals')),
      [],
    );
    const [state, received] = await Promise.all([
      one!.page.evaluate(async () => {
        const transfer = document
          .querySelector<SnapConnection>('snap-connection')!
          .send(new Blob([new Uint8Array(3_000_000)]), { name: 'bytes' });
        await transfer.finished;
        return transfer.state;
      }),
      two!.page.evaluate(
        () =>
          new Promise<number>((resolve) =>
            document.addEventListener('snap-received', ({ item }) => resolve(item.file.size)),
          ),
      ),
    ]);
    assert.deepEqual([state, received], ['delivered', 3_000_000]);
    assert.deepEqual([...one!.uncaught, ...two!.uncaught], []);
  });

  for (const [path, code] of sample(NEEDED_TO_CONNECT, 3)) {
    it(`fails with ${code} without ${path}`, async () => {
      const guest = await gathering.guest('guest', { prepare: (page) => page.addInitScript(remove, [path]) });
      await guest.told(`error ${code}`);
      const hub = await guest.page.evaluate(() => {
        const { state, error } = document.querySelector<SnapConnection>('snap-connection')!;
        return { state, code: error?.code };
      });
      assert.deepEqual(hub, { state: 'failed', code });
    });
  }

  for (const path of sample(NEEDED_TO_BE_DEFINED, 1)) {
    it(`does not define the elements without ${path}, and says why in the console`, async () => {
      const said: string[] = [];
      const guest = await gathering.guest('guest', {
        prepare: async (page) => {
          page.on('console', (message) => said.push(`${message.type()} ${message.text()}`));
          await page.addInitScript(remove, [path]);
        },
      });
      const defined = await guest.page.evaluate(() => customElements.get('snap-connection') !== undefined);
      assert.equal(defined, false);
      assert.match(
        said.join('\n'),
        new RegExp(`error <snap-connection> is left undefined\\..*${path} is missing`),
      );
      assert.deepEqual(guest.uncaught, []);
    });
  }
});

describe('the published package', () => {
  it('is written in ES2022', async () => {
    const dist = new URL('../../dist/', import.meta.url);
    const files = (await readdir(dist, { recursive: true })).filter(
      (file) => file.endsWith('.js') && !file.startsWith('server'),
    );
    assert.ok(files.includes('snaptrail.min.js') && files.length > 50, `${files.length} files`);
    for (const file of files) {
      const text = await readFile(new URL(file, dist), 'utf8');
      assert.doesNotThrow(() => parse(text, { ecmaVersion: 2022, sourceType: 'module' }), file);
    }
  });
});
