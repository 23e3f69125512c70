import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { join, SignallingClient, startPeerServer, type RunningPeerServer } from '../support/peer-server.js';

describe('the PeerServer', { timeout: 20_000 }, () => {
  let running: RunningPeerServer;
  let url: string;

  beforeEach(async () => {
    running = await startPeerServer();
    url = running.url;
  });
  afterEach(() => running.close());

  it('hands out ids', async () => {
    const response = await fetch(new URL('peerjs/peerjs/id', url));
    assert.equal(response.status, 200);
    assert.match(await response.text(), /^[0-9a-f-]{36}$/);
  });

  // claim: #signalling-true-sender
  it('forwards an offer with the id of its real sender', async () => {
    const [alice, bob] = await Promise.all([join(url, 'alice'), join(url, 'bob')]);
    alice.send({ type: 'OFFER', src: 'mallory', dst: 'bob', payload: 'sdp' });
    assert.deepEqual(await bob.next(), { type: 'OFFER', src: 'alice', dst: 'bob', payload: 'sdp' });
  });

  it('rejects a second client with the same id', async () => {
    await join(url, 'alice', { token: 'mine' });
    const other = new SignallingClient(url, 'alice', { token: 'other' });
    assert.equal((await other.next()).type, 'ID-TAKEN');
  });

  const malformed = {
    'broken JSON': '{bad',
    null: 'null',
    'a string': '"OFFER"',
    bytes: Buffer.from([0, 255]),
  };
  for (const [what, frame] of Object.entries(malformed)) {
    // claim: #signalling-bad-json
    it(`survives ${what}, and keeps serving its sender`, async () => {
      const alice = await join(url, 'alice');
      alice.send(frame);
      alice.send({ type: 'OFFER', dst: 'alice', payload: 'to myself' });
      assert.equal((await alice.next()).payload, 'to myself');
    });
  }

  // claim: #signalling-bad-frame
  it('survives a WebSocket frame that violates the protocol', async () => {
    const alice = await join(url, 'alice');
    const raw = (alice.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
    // Reserved bits set, and not masked, as a client's frames must be.
    raw.write(Buffer.from([0xf1, 0x01, 0x00]));
    await alice.closed;
    await join(url, 'bob');
  });

  // claim: #signalling-size-limit
  it('disconnects only the client that sends a message of more than 16 KiB', async () => {
    const [alice, bob] = await Promise.all([join(url, 'alice'), join(url, 'bob')]);
    alice.send({ type: 'OFFER', dst: 'bob', payload: 'x'.repeat(17 * 1024) });
    assert.equal(await alice.closed, 1009);
    bob.send({ type: 'OFFER', dst: 'bob', payload: 'x'.repeat(15 * 1024) });
    assert.equal((await bob.next()).type, 'OFFER');
  });

  // claim: #signalling-page-returns
  it('sends OPEN to a page that reconnects, and drops its old connection', async () => {
    const before = await join(url, 'alice');
    const after = await join(url, 'alice');
    await before.closed;
    after.send({ type: 'OFFER', dst: 'alice', payload: 'still here' });
    assert.equal((await after.next()).payload, 'still here');
  });

  // claim: #signalling-next-owner
  it('disconnects a client that returns its id, so that the next owner keeps it', async () => {
    const squatter = await join(url, 'alice');
    squatter.send({ type: 'LEAVE' });
    const owner = await join(url, 'alice', { token: 'other' });
    await squatter.closed;
    const friend = await join(url, 'bob');
    friend.send({ type: 'OFFER', dst: 'alice', payload: 'hello' });
    assert.equal((await owner.next()).payload, 'hello');
  });

  it('ignores other WebSockets of the same HTTP server', async () => {
    const others = new WebSocketServer({ noServer: true });
    running.server.on('upgrade', (request, socket, head) => {
      if (request.url === '/other') others.handleUpgrade(request, socket, head, (other) => other.send('hi'));
    });
    const other = new WebSocket(new URL('other', url.replace('http', 'ws')));
    const [greeting] = (await once(other, 'message')) as [Buffer];
    assert.equal(greeting.toString(), 'hi');
    other.terminate();
    await join(url, 'alice');
  });

  it('rejects a WebSocket that no handler accepts', async () => {
    const lost = new WebSocket(new URL('nowhere', url.replace('http', 'ws')));
    lost.on('error', () => undefined);
    const [, response] = (await once(lost, 'unexpected-response')) as [unknown, { statusCode: number }];
    assert.equal(response.statusCode, 404);
    lost.terminate();
  });

  it('tells its clients on shutdown that it restarts', async () => {
    const clients = await Promise.all([join(url, 'alice'), join(url, 'bob')]);
    await running.close();
    assert.deepEqual(await Promise.all(clients.map(({ closed }) => closed)), [1012, 1012]);
  });

  it('does not wait for ever for a client that ignores the closing handshake', async () => {
    const mute = connect(Number(new URL(url).port), '127.0.0.1');
    mute.write(
      'GET /peerjs/peerjs?key=peerjs&id=mute&token=t HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n' +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await once(mute, 'data');
    const ended = once(mute, 'close');
    mute.resume();
    await running.close();
    await ended;
  });
});

describe('a PeerServer with allowed origins', { timeout: 20_000 }, () => {
  const ours = 'https://ours.example';
  let running: RunningPeerServer;

  beforeEach(async () => {
    running = await startPeerServer({ allowOrigins: [ours] });
  });
  afterEach(() => running.close());

  it('serves pages of an allowed origin', async () => {
    await join(running.url, 'alice', { origin: ours });
    const response = await fetch(new URL('peerjs/peerjs/id', running.url), { headers: { origin: ours } });
    assert.equal(response.headers.get('access-control-allow-origin'), ours);
  });

  for (const origin of ['https://theirs.example', '']) {
    // claim: #signalling-origin
    it(`rejects ${origin || 'a client without an Origin header'}`, async () => {
      assert.equal(await new SignallingClient(running.url, 'bob', { origin }).refusal(), 403);
      const response = await fetch(new URL('peerjs/peerjs/id', running.url), { headers: { origin } });
      assert.equal(response.headers.get('access-control-allow-origin'), null);
    });
  }
});
