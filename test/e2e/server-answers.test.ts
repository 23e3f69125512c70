import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, afterEach, before, describe, it } from 'node:test';
import express from 'express';
import { ExpressPeerServer } from 'peer';
import { listen, stopListening } from '../../server/lifecycle.js';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import type { SnapErrorCode } from '../../src/errors.js';
import { sample } from '../support/form.js';
import { FrontDoor, type Answer } from '../support/front-door.js';
import { join, startPeerServer, type RunningPeerServer } from '../support/peer-server.js';
import { Gathering, type Guest } from './support/gathering.js';

/** In ms, from when the server admits it to when the page has joined. */
const IN_WITHIN = 10_000;

const hubOf = ({ page }: Guest) =>
  page.evaluate(() => {
    const { state, error } = document.querySelector<SnapConnection>('snap-connection')!;
    return { state, code: error?.code ?? null };
  });

const said = (msg: string, closes = 1005): Answer => ({
  says: { type: 'ERROR', payload: { msg } },
  ...(closes === 1005 ? { closes: 1000 } : { closes }),
});

describe('a page whose PeerServer, or a proxy in front of it, answers with', { timeout: 600_000 }, () => {
  let peerServer: RunningPeerServer;
  let door: FrontDoor;
  let gathering: Gathering;
  before(async () => {
    peerServer = await startPeerServer();
    door = await FrontDoor.open(peerServer.url);
    gathering = await Gathering.open(door.url);
  });
  afterEach(() => gathering.clear());
  after(async () => {
    await gathering.close();
    await door.close();
    await peerServer.close();
  });

  const passing: readonly (readonly [string, Answer, SnapErrorCode])[] = [
    ['401 Unauthorized', { status: '401 Unauthorized' }, 'server-unreachable'],
    ['403 Forbidden', { status: '403 Forbidden' }, 'server-unreachable'],
    ['404 Not Found', { status: '404 Not Found' }, 'server-unreachable'],
    ['429 Too Many Requests', { status: '429 Too Many Requests' }, 'server-unreachable'],
    ['500 Internal Server Error', { status: '500 Internal Server Error' }, 'server-unreachable'],
    ['502 Bad Gateway', { status: '502 Bad Gateway', body: '<h1>Bad gateway</h1>' }, 'server-unreachable'],
    ['503 Service Unavailable', { status: '503 Service Unavailable' }, 'server-unreachable'],
    [
      'a page of HTML',
      { status: '200 OK', body: '<!doctype html><title>Log in</title>' },
      'server-unreachable',
    ],
    ['a closed connection', 'nothing', 'server-unreachable'],
    ['a close code for a restart (1012)', { closes: 1012 }, 'server-unreachable'],
    ['a close code for going away (1001)', { closes: 1001 }, 'server-unreachable'],
    ['a close code for trying again later (1013)', { closes: 1013 }, 'server-full'],
    ['a close code for a policy violation (1008)', { closes: 1008 }, 'server-refused'],
    [
      'the stock server’s error for being full',
      said('Server has reached its concurrent user limit'),
      'server-full',
    ],
    [
      'an error for too many connections from one address',
      said('Too many connections from your address'),
      'server-full',
    ],
    ['an error for being full, and the close code 1013', said('The server is full', 1013), 'server-full'],
    ['an unknown error', said('Computer says no'), 'server-refused'],
    ['an error without a message', { says: { type: 'ERROR' }, closes: 1000 }, 'server-refused'],
  ];
  for (const [what, answer, code] of sample(passing, 3)) {
    it(`${what}: emits ${code}, keeps trying, and joins within 10 s of the server’s recovery`, async () => {
      door.answer = answer;
      const guest = await gathering.guest('guest');
      await guest.told(`error ${code}`);
      assert.deepEqual(await hubOf(guest), { state: 'joining', code });
      door.answer = null;
      const since = Date.now();
      assert.ok((await guest.told('state waiting')) - since < IN_WITHIN);
      assert.deepEqual(await hubOf(guest), { state: 'waiting', code: null });
      const errors = (await guest.diary()).filter((told) => told.what.startsWith('error'));
      assert.deepEqual(
        errors.map((told) => told.what),
        [`error ${code}`],
      );
    });
  }

  const lasting: readonly (readonly [string, Answer])[] = [
    ['the stock server’s error for an invalid key', said('Invalid key provided')],
    ['an older server’s error for an invalid key', { says: { type: 'INVALID-KEY' }, closes: 1000 }],
    ['an error for missing parameters', said('No id, token, or key supplied to websocket server')],
  ];
  for (const [what, answer] of sample(lasting, 1)) {
    it(`${what}: fails, and joins once the page names another server`, async () => {
      door.answer = answer;
      const guest = await gathering.guest('guest');
      await guest.told('error server-refused');
      assert.deepEqual(await hubOf(guest), { state: 'failed', code: 'server-refused' });
      await guest.page.evaluate((server) => {
        document.querySelector<SnapConnection>('snap-connection')!.server = server;
      }, `${peerServer.url}peerjs`);
      await guest.told('state waiting');
      assert.deepEqual(await hubOf(guest), { state: 'waiting', code: null });
    });
  }
});

describe('a stock PeerServer that is full', { timeout: 600_000 }, () => {
  /** A room of one takes two of them: the member, and its door. */
  const PLACES = 4;
  let server: Server;
  let url: string;
  let gathering: Gathering;
  before(async () => {
    server = createServer();
    const app = express();
    const stock = ExpressPeerServer(server, { path: '/', concurrent_limit: PLACES });
    stock.on('error', () => undefined);
    app.use('/peerjs', stock);
    server.on('request', app);
    url = await listen(server, { port: 0, host: '127.0.0.1' });
    gathering = await Gathering.open(url);
  });
  after(async () => {
    await gathering.close();
    await stopListening(server);
  });

  it('admits a page within 10 s of others leaving, and then a second page into its room', async () => {
    const others = await Promise.all(
      Array.from({ length: PLACES }, (_, number) => join(url, `other${number}`)),
    );
    const one = await gathering.guest('one');
    await one.told('error server-full');
    assert.deepEqual(await hubOf(one), { state: 'joining', code: 'server-full' });
    let since = Date.now();
    for (const other of others.slice(0, 2)) other.socket.terminate();
    assert.ok((await one.told('state waiting')) - since < IN_WITHIN);

    const two = await gathering.guest('two');
    await two.told('error server-full');
    since = Date.now();
    // One place is enough for the second: it knocks without claiming a door.
    others[2]!.socket.terminate();
    assert.ok((await two.told('state connected')) - since < IN_WITHIN);
    assert.deepEqual(await hubOf(two), { state: 'connected', code: null });
    others[3]!.socket.terminate();
  });
});
