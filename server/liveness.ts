import type { IClient } from 'peer';
import type { WebSocket, WebSocketServer } from 'ws';

/** In ms: below the 60 s after which proxies, such as nginx, close an idle connection. */
const PING_EVERY = 25_000;

/**
 * In ms: how long pongs alone keep a client registered. A browser answers pings even for a frozen
 * page, which cannot respond to anything and must not keep its room's id for ever. Hidden pages
 * send at least one heartbeat a minute.
 */
const TRUST_PONGS_FOR = 3 * 60_000;

/**
 * Tells throttled pages from dead connections. PeerServer drops a client that sent no heartbeat for
 * 90 s, but browsers throttle the timers of hidden pages to one a minute, and later suspend them. A
 * pong shows that the connection is still alive.
 */
export class Liveness {
  readonly #lastHeartbeat = new WeakMap<IClient, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(sockets: WebSocketServer) {
    this.#timer = setInterval(() => {
      for (const socket of sockets.clients) socket.ping();
    }, PING_EVERY).unref();
  }

  /** Call this for each socket that `client` connects with. */
  watch(client: IClient, socket: WebSocket): void {
    this.heartbeat(client);
    socket.on('pong', () => this.#pong(client));
  }

  /** Call this when the page itself sent a message. */
  heartbeat(client: IClient): void {
    this.#lastHeartbeat.set(client, performance.now());
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #pong(client: IClient): void {
    const spoke = this.#lastHeartbeat.get(client) ?? -Infinity;
    // `peer` uses the wall clock.
    if (performance.now() - spoke < TRUST_PONGS_FOR) client.setLastPing(Date.now());
  }
}
