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

/** In ms: from when there is room to when the page is in. */
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

describe('a page whose PeerServer, or a proxy before it, says', { timeout: 300_000 }, () => {
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
    ['nothing', 'nothing', 'server-unreachable'],
    ['that it restarts (1012)', { closes: 1012 }, 'server-unreachable'],
    ['that it goes away (1001)', { closes: 1001 }, 'server-unreachable'],
    ['to try again later (1013)', { closes: 1013 }, 'server-full'],
    ['that a policy forbids it (1008)', { closes: 1008 }, 'server-refused'],
    ['that it is full, as stock does', said('Server has reached its concurrent user limit'), 'server-full'],
    [
      'that there are too many from this address',
      said('Too many connections from your address'),
      'server-full',
    ],
    ['that it is full, and to try again later', said('The server is full', 1013), 'server-full'],
    ['what nobody knows', said('Computer says no'), 'server-refused'],
    ['an error without a word', { says: { type: 'ERROR' }, closes: 1000 }, 'server-refused'],
  ];
  for (const [what, answer, code] of sample(passing, 3)) {
    it(`${what}: is told ${code}, goes on, and is in within 10 s once it says so no longer`, async () => {
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
    ['that the key is invalid, as stock does', said('Invalid key provided')],
    ['that the key is invalid, as older ones do', { says: { type: 'INVALID-KEY' }, closes: 1000 }],
    ['that something is missing', said('No id, token, or key supplied to websocket server')],
  ];
  for (const [what, answer] of sample(lasting, 1)) {
    it(`${what}: fails, and goes on once it is given another server`, async () => {
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

describe('a stock PeerServer that is full', { timeout: 120_000 }, () => {
  /** A room of one needs two: the member, and its door. */
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

  it('lets a page in within 10 s after others have left, and then another into the room that is there', async () => {
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
    // One place is enough: it knocks without claiming a door.
    others[2]!.socket.terminate();
    assert.ok((await two.told('state connected')) - since < IN_WITHIN);
    assert.deepEqual(await hubOf(two), { state: 'connected', code: null });
    others[3]!.socket.terminate();
  });
});
