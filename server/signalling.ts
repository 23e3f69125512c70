import type { EventEmitter } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Express } from 'express';
import { ExpressPeerServer, type IClient, type IMessage } from 'peer';
import { WebSocketServer } from 'ws';
import { Liveness } from './liveness.js';

/**
 * Offers and answers are about 1 KB; the stock server admits 100 MiB and keeps it for five seconds.
 */
const MAX_PAYLOAD = 16 * 1024;

/** How long clients get to answer the closing handshake at shutdown. */
const CLOSE_WITHIN = 1_000;

/** "Service restart" (RFC 6455 section 7.4.1, IANA's registry): come back, with backoff. */
const SERVICE_RESTART = 1012;

export interface SignallingOptions {
  /**
   * Where the PeerServer is mounted, as in PeerJS's own `path`: `/peerjs` answers `GET
   * /peerjs/peerjs/id`.
   */
  path: string;
  /** The origins whose pages may use this server, as `https://example.org`. Absent: all. */
  allowOrigins?: readonly string[] | undefined;
}

export interface Signalling {
  /**
   * Says goodbye to every client and stops listening. The HTTP server itself is its owner's to
   * close.
   */
  close(): Promise<void>;
}

/**
 * Mounts a PeerServer in `app`, its WebSockets on `server`. It is `peer`'s own, behind what that
 * lacks: limits, an origin check, survival of malformed frames, pings, a clean end. Other
 * WebSockets on the same `server` are left alone.
 */
export function attachSignalling(
  app: Express,
  server: Server,
  { path, allowOrigins }: SignallingOptions,
): Signalling {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD, perMessageDeflate: false });
  const liveness = new Liveness(sockets);
  const peerServer = ExpressPeerServer(server, {
    path: '/',
    corsOptions: { origin: allowOrigins ? [...allowOrigins] : true },
    // The stock server would answer 400 to every WebSocket of this HTTP server that is not its own.
    createWebSocketServer: () => sockets,
  });
  // Typed by `peer` as a list of overloads that hides `emit`'s other half; without this listener
  // one malformed frame ends the process.
  peerServer.on('error', () => undefined);
  tendClients(peerServer, liveness);
  app.use(path, peerServer);

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (request.url?.split('?')[0] !== `${path}/peerjs`) {
      // Somebody else's, if there is somebody: a request that nobody answers would hang.
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

/** Mends what `peer` does with a client after it has let it in. */
function tendClients(peerServer: ReturnType<typeof ExpressPeerServer>, liveness: Liveness): void {
  const current = new WeakMap<IClient, ReturnType<IClient['getSocket']>>();

  peerServer.on('connection', (client) => {
    const socket = client.getSocket();
    if (!socket) return;
    const previous = current.get(client);
    current.set(client, socket);
    liveness.watch(client, socket);
    if (!previous) return;
    // The same page came back before its old connection was missed. Stock PeerServer says nothing
    // then, and PeerJS waits for an OPEN; it also leaves the old socket able to send in this
    // client's name.
    previous.terminate();
    client.setLastPing(Date.now());
    client.send({ type: 'OPEN' });
  });

  peerServer.on('message', (client: IClient, message: IMessage) => {
    if ((message.type as string) === 'HEARTBEAT') liveness.heartbeat(client);
    // Frees the id while the socket stays: its owner could then send in the name of whoever takes
    // the id next, and unregister them by leaving. PeerJS never sends it.
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
