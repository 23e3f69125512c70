import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { afterEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { join } from '../support/peer-server.js';

const cli = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

describe('snaptrail-server', { timeout: 20_000 }, () => {
  const started: ChildProcessByStdio<null, Readable, Readable>[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  function run(args: string[], env: NodeJS.ProcessEnv = {}): (typeof started)[number] {
    const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
      env: { ...process.env, PORT: undefined, HOST: undefined, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    return child;
  }

  /** The URL that the server prints when it is ready. */
  async function urlOf(child: (typeof started)[number]): Promise<string> {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return /http:\S+\/(?=peerjs)/.exec(line.toString())![0];
  }

  it('runs a PeerServer that reports that it is healthy', async () => {
    const url = await urlOf(run(['--port', '0', '--host', '127.0.0.1']));
    await join(url, 'alice');
    assert.equal((await fetch(new URL('healthz', url))).status, 200);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`closes its connections on ${signal}, and exits with 0`, async () => {
      const child = run([], { PORT: '0', HOST: '127.0.0.1' });
      const alice = await join(await urlOf(child), 'alice');
      const exit = once(child, 'exit');
      child.kill(signal);
      assert.equal(await alice.closed, 1012);
      assert.deepEqual(await exit, [0, null]);
    });

  it('allows only the origins of --allow-origin', async () => {
    const child = run(['--port', '0', '--host', '127.0.0.1', '--allow-origin', 'https://ours.example']);
    const url = await urlOf(child);
    await join(url, 'alice', { origin: 'https://ours.example' });
    await assert.rejects(fetchFrom('https://theirs.example', url));
  });

  it('explains an invalid port, and exits with 1', async () => {
    const child = run(['--port', 'eighty']);
    const [text] = (await once(child.stderr, 'data')) as [Buffer];
    assert.equal(text.toString(), '"eighty" is not a port: a whole number from 0 to 65535\n');
    assert.deepEqual(await once(child, 'exit'), [1, null]);
  });
});

/** Fetches like a page of `origin`: rejects unless CORS allows it to read the response. */
async function fetchFrom(origin: string, url: string): Promise<void> {
  const response = await fetch(new URL('peerjs/peerjs/id', url), { headers: { origin } });
  assert.equal(response.headers.get('access-control-allow-origin'), origin);
}
