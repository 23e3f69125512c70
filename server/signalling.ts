import type { EventEmitter } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Express } from 'express';
import { ExpressPeerServer, type IClient, type IMessage } from 'peer';
import { WebSocketServer } from 'ws';
import { Liveness } from './liveness.js';

/**
 * In bytes. Offers and answers are about 1 KB; the stock server accepts messages of 100 MiB and
 * keeps them for five seconds.
 */
const MAX_PAYLOAD = 16 * 1024;

/** In ms: how long clients may take for the closing handshake at shutdown. */
const CLOSE_WITHIN = 1_000;

/**
 * "Service Restart" (IANA's WebSocket close code registry): clients should reconnect with backoff.
 */
const SERVICE_RESTART = 1012;

export interface SignallingOptions {
  /**
   * Where to mount the PeerServer, like the `path` option of PeerJS: with `/peerjs`, it answers
   * `GET /peerjs/peerjs/id`.
   */
  path: string;
  /** The origins whose pages may use this server, such as `https://example.org`; all, if absent. */
  allowOrigins?: readonly string[] | undefined;
}

export interface SignallingServer {
  /**
   * Closes all clients' connections and stops accepting new ones. Does not close the HTTP server.
   */
  close(): Promise<void>;
}

/**
 * Mounts a PeerServer in `app`, with its WebSockets on `server`. It is the one from `peer`, with
 * what that lacks: limits, an origin check, pings, tolerance of malformed frames, and a clean
 * shutdown. Does not touch other WebSockets on the same `server`.
 */
export function attachSignalling(
  app: Express,
  server: Server,
  { path, allowOrigins }: SignallingOptions,
): SignallingServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD, perMessageDeflate: false });
  const liveness = new Liveness(sockets);
  const peerServer = ExpressPeerServer(server, {
    path: '/',
    corsOptions: { origin: allowOrigins ? [...allowOrigins] : true },
    // The stock server would answer 400 to every other WebSocket of this HTTP server.
    createWebSocketServer: () => sockets,
  });
  // Without this listener, one malformed frame would end the process. The types of `peer` do not
  // include this overload for `emit`.
  peerServer.on('error', () => undefined);
  tendClients(peerServer, liveness);
  app.use(path, peerServer);

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (request.url?.split('?')[0] !== `${path}/peerjs`) {
      // Another handler may accept this request. If there is none, it would hang without an answer.
      if (server.listenerCount('upgrade') === 1) refuse(socket, '404 Not Found');
    } else if (allowOrigins && !allowOrigins.includes(request.headers.origin ?? '')) {
      refuse(socket, '403 Forbidden');
    } else {
      sockets.handleUpgrade(request, socket, head, (webSocket) =>
        sockets.emit('connection', webSocket, request),
      );
    }
  };
  server.on('upgrade', upgrade);

  return {
    async close() {
      server.off('upgrade', upgrade);
      liveness.stop();
      await closeAll(sockets);
    },
  };
}

/** Fixes how `peer` treats a client that is already registered. */
function tendClients(peerServer: ReturnType<typeof ExpressPeerServer>, liveness: Liveness): void {
  const current = new WeakMap<IClient, ReturnType<IClient['getSocket']>>();

  peerServer.on('connection', (client) => {
    const socket = client.getSocket();
    if (!socket) return;
    const previous = current.get(client);
    current.set(client, socket);
    liveness.watch(client, socket);
    if (!previous) return;
    // The page reconnected before its old connection timed out. The stock server sends nothing
    // then, while PeerJS waits for OPEN; and the old socket could still send with this client's id.
    previous.terminate();
    client.setLastPing(Date.now());
    client.send({ type: 'OPEN' });
  });

  peerServer.on('message', (client: IClient, message: IMessage) => {
    if ((message.type as string) === 'HEARTBEAT') liveness.heartbeat(client);
    // This frees the id while the socket stays open: the old owner could then send with the id of
    // the next owner, and unregister it by leaving. PeerJS never sends this message.
    if ((message.type as string) === 'LEAVE' && !message.dst) {
      const socket = client.getSocket();
      client.setSocket(null);
      socket?.terminate();
    }
  });
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function closeAll(sockets: WebSocketServer): Promise<void> {
  const closed = [...sockets.clients].map(
    (socket) => new Promise((resolve) => (socket as EventEmitter).once('close', resolve)),
  );
  for (const socket of sockets.clients) socket.close(SERVICE_RESTART, 'The server restarts');
  const deadline = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
  }, CLOSE_WITHIN);
  await Promise.all(closed);
  clearTimeout(deadline);
  sockets.close();
}
