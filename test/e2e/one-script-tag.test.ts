import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { Stage, cameraLive, items, peers, state } from './support/stage.js';

const SCRIPT = new URL('../../dist/snaptrail.min.js', import.meta.url);

/**
 * Serves somebody else's site: one HTML page with our script. `host`: any name or address of this
 * machine.
 */
async function strangersSite(
  html: string,
  host = '127.0.0.1',
  policy = '',
): Promise<{ url: string; server: Server }> {
  const script = await readFile(SCRIPT);
  const server = createServer((request, response) => {
    const isScript = request.url?.startsWith('/snaptrail.min.js') ?? false;
    if (policy) response.setHeader('Content-Security-Policy', policy);
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? script : html);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return { url: `http://${host}:${(server.address() as AddressInfo).port}/`, server };
}

const page = (
  peerServer: string,
  scripts = '<script type="module" src="/snaptrail.min.js"></script>',
): string => `<!doctype html>
<html lang="en"><head><title>A page</title>${scripts}</head><body>
<snap-connection id="desk" server="${peerServer}" ice-servers="[]"></snap-connection>
<p>Some text</p>
<snap-camera connection="desk"></snap-camera>
<div><snap-sender connection="desk"></snap-sender></div>
<aside><photo-trail connection="desk"></photo-trail></aside>
</body></html>`;

describe('one script tag in somebody else’s page', () => {
  let stage: Stage;
  const servers: Server[] = [];
  const site = async (html: string, host?: string, policy?: string): Promise<string> => {
    const { url, server } = await strangersSite(html, host, policy);
    servers.push(server);
    return url;
  };

  before(async () => {
    // Chromium would ask the user before a page of another address space may reach this machine.
    stage = await Stage.open({ args: ['--disable-features=LocalNetworkAccessChecks'] });
  });
  afterEach(() => stage.clear());
  after(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await stage.close();
  });

  it('works on another origin, with the elements linked by id', async () => {
    const url = await site(page(`${stage.url}peerjs`));
    assert.notEqual(new URL(url).origin, new URL(stage.url).origin);
    const one = await stage.visit(url);
    await state(one, 'waiting');
    const two = await stage.visit(one.url());
    await Promise.all([peers(one, 1), peers(two, 1)]);
    await one.getByRole('button', { name: 'Turn on camera' }).click();
    await cameraLive(one);
    await one.getByRole('button', { name: 'Snap & Send', exact: true }).click();
    await items(two, 1);
  });

  it('may be present twice, in two versions', async () => {
    const scripts = ['', '?again', '?version=2'].map(
      (query) => `<script type="module" src="/snaptrail.min.js${query}"></script>`,
    );
    const one = await stage.visit(await site(page(`${stage.url}peerjs`, scripts.join(''))));
    await state(one, 'waiting');
    assert.deepEqual(stage.seen.get(one)!.errors, []);
  });

  const typed = "require-trusted-types-for 'script'; trusted-types";
  const policies: [policy: string, scripts: string[], words: boolean, defined: boolean][] = [
    [`${typed} lit-html`, [''], false, true],
    [`${typed} somebody-else`, [''], true, false],
    [`${typed} 'none'`, [''], true, false],
    [`${typed} lit-html`, ['', '?version=2'], true, true],
    [`${typed} lit-html 'allow-duplicates'`, ['', '?version=2'], false, true],
  ];
  for (const [policy, queries, words, defined] of policies)
    it(`reports ${words ? 'the missing directive' : 'nothing'} under "${policy}" with ${queries.length} of them`, async () => {
      const scripts = queries.map(
        (query) => `<script type="module" src="/snaptrail.min.js${query}"></script>`,
      );
      const end = '<script type="module">document.title = "The page goes on"</script>';
      const html = page(`${stage.url}peerjs`, [...scripts, end].join(''));
      const one = await stage.visit('about:blank');
      const told: string[] = [];
      const said = new Promise<void>((resolve) => {
        one.on('console', (message) => {
          if (message.type() !== 'error' || !message.text().startsWith('snaptrail:')) return;
          told.push(message.text());
          resolve();
        });
      });
      await one.goto(await site(html, undefined, policy));
      await one.waitForFunction(() => document.title === 'The page goes on');
      if (words) await said;
      assert.equal(told.length, words ? 1 : 0);
      if (words)
        assert.match(told[0]!, /lit-html.*trusted-types.*'allow-duplicates'.*\[trusted-types-refused\]/);
      const found = await one.evaluate(() =>
        ['connection', 'camera', 'sender', 'invite']
          .map((name) => `snap-${name}`)
          .concat('photo-trail')
          .filter((tag) => customElements.get(tag)),
      );
      assert.equal(found.length, defined ? 5 : 0);
      if (defined) await state(one, 'waiting');
    });

  // claim: #script-by-hash
  it('runs by its integrity hash, loads nothing else, and does not run with another hash', async () => {
    const visit = async (script: string | Buffer): Promise<Page> => {
      const hash = createHash('sha384').update(script).digest('base64');
      const tag = `<script type="module" src="/snaptrail.min.js" integrity="sha384-${hash}"></script>`;
      return stage.visit(await site(page(`${stage.url}peerjs`, tag)));
    };
    const one = await visit(await readFile(SCRIPT));
    await state(one, 'waiting');
    const scripts = await one.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
    );
    assert.deepEqual(
      scripts.filter((path) => path.endsWith('.js')),
      ['/snaptrail.min.js'],
    );
    const other = await visit('another script');
    assert.equal(await other.evaluate(() => customElements.get('snap-connection')), undefined);
  });

  it('works on a plain-HTTP page, with a file picker in place of the camera', async () => {
    const host = 'plain.test';
    const plain = await Stage.open({
      args: [`--host-resolver-rules=MAP ${host} 127.0.0.1`, '--disable-features=LocalNetworkAccessChecks'],
    });
    try {
      const server = `http://${host}:${new URL(plain.url).port}/peerjs`;
      const address = (await site(page(server))).replace('127.0.0.1', host);
      const one = await plain.visit(address, { permissions: [] });
      assert.equal(await one.evaluate(() => isSecureContext), false);
      await state(one, 'waiting');
      const two = await plain.visit(one.url(), { permissions: [] });
      await Promise.all([peers(one, 1), peers(two, 1)]);
      const buffer = Buffer.from('a picked file');
      await one
        .locator('snap-sender input[type=file]')
        .setInputFiles({ name: 'picked.txt', mimeType: 'text/plain', buffer });
      await one.getByRole('button', { name: 'Send', exact: true }).click();
      await items(two, 1);
      await one.evaluate(
        () => document.querySelector<SnapConnection>('snap-connection')!.transfers[0]!.finished,
      );
      await one.getByRole('button', { name: 'Turn on camera' }).click();
      await one.getByText('HTTPS').first().waitFor();
    } finally {
      await plain.close();
    }
  });
});
