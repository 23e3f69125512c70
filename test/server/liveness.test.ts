import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import type { IClient } from 'peer';
import type { WebSocket, WebSocketServer } from 'ws';
import { Liveness } from '../../server/liveness.js';

const minute = 60_000;

describe('Liveness', () => {
  /** The socket of a browser that answers every ping, whatever its page does. */
  const socket = Object.assign(new EventEmitter(), { ping: () => socket.emit('pong') });
  let lastPing: number;
  let liveness: Liveness;
  let client: IClient;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setInterval', 'Date'] });
    mock.method(performance, 'now', () => Date.now());
    lastPing = Date.now();
    client = { setLastPing: (time: number) => void (lastPing = time) } as IClient;
    liveness = new Liveness({ clients: new Set([socket]) } as unknown as WebSocketServer);
    liveness.watch(client, socket as unknown as WebSocket);
  });
  afterEach(() => {
    liveness.stop();
    socket.removeAllListeners();
    mock.timers.reset();
    mock.restoreAll();
  });

  it('keeps a page whose timers are throttled', () => {
    mock.timers.tick(2 * minute);
    assert.ok(Date.now() - lastPing < 30_000);
  });

  it('drops a page that sent nothing itself for three minutes', () => {
    mock.timers.tick(10 * minute);
    assert.ok(Date.now() - lastPing > 6 * minute);
  });

  it('measures from the last heartbeat', () => {
    mock.timers.tick(2 * minute);
    liveness.heartbeat(client);
    mock.timers.tick(2 * minute);
    assert.ok(Date.now() - lastPing < 30_000);
  });

  it('sends no pings once it is stopped', () => {
    liveness.stop();
    mock.timers.tick(minute);
    assert.equal(Date.now() - lastPing, minute);
  });
});
