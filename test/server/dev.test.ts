import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { basename } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { startDemo, type Demo } from '../../server/dev.js';
import { join } from '../support/peer-server.js';

describe('npm start', { timeout: 20_000 }, () => {
  let demo: Demo;

  before(async () => {
    demo = await startDemo({ port: 0, host: '127.0.0.1' }, { watch: true });
  });
  after(() => demo.close());

  // claim: #demo-policy
  it('serves the demo at the root, with a policy that restricts it to its own origin', async () => {
    const response = await fetch(demo.url);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'self'/);
  });

  it('serves the PeerServer on the same port', async () => {
    const response = await fetch(new URL('peerjs/peerjs/id', demo.url));
    assert.equal(response.status, 200);
    await join(demo.url, 'alice');
  });

  it('serves the WebSocket that reloads pages', async () => {
    const reloads = new WebSocket(new URL('wds', demo.url.replace('http', 'ws')));
    await once(reloads, 'open');
    reloads.terminate();
  });

  it('serves the sources compiled to JavaScript', async () => {
    const response = await fetch(new URL('src/errors.ts', demo.url));
    assert.match(response.headers.get('content-type') ?? '', /javascript/);
    assert.doesNotMatch(await response.text(), /^export (type|interface)/m);
  });

  it('tells its pages under which addresses a phone finds it: none, if it listens to this computer only', async () => {
    assert.deepEqual(await (await fetch(new URL('addresses.json', demo.url))).json(), { urls: [] });
    const open = await startDemo({ port: 0 });
    const { port } = new URL(open.url);
    const { urls } = (await (await fetch(new URL('addresses.json', open.url))).json()) as { urls: string[] };
    for (const url of urls) assert.match(url, new RegExp(`^http://(?!127\\.)[\\d.]+:${port}/$`));
    await open.close();
  });

  const outside = `/__wds-outside-root__/1/${basename(process.cwd())}/package.json`;
  for (const path of ['/package.json', '/package-lock.json', '/server/dev.ts', outside])
    it(`does not serve ${path}`, async () => {
      assert.equal(await statusOf(path), 404);
    });

  it('releases its port when it is closed', async () => {
    const other = await startDemo({ port: 0, host: '127.0.0.1' });
    const port = Number(new URL(other.url).port);
    await other.close();
    await (await startDemo({ port, host: '127.0.0.1' })).close();
  });

  it('rejects with a plain sentence if the port is in use', async () => {
    const port = Number(new URL(demo.url).port);
    await assert.rejects(startDemo({ port, host: '127.0.0.1' }), /Port \d+ is in use/);
  });

  /** Sends the path unchanged; `fetch` would normalize it. */
  async function statusOf(path: string): Promise<number | undefined> {
    const { port } = new URL(demo.url);
    const sent = request({ host: '127.0.0.1', port, path }).end();
    const [response] = (await once(sent, 'response')) as [{ statusCode?: number; resume(): void }];
    response.resume();
    return response.statusCode;
  }
});
