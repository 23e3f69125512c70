import type { IClient } from 'peer';
import type { WebSocket, WebSocketServer } from 'ws';

/** Under the 60 s after which proxies (nginx among them) cut a connection that nobody talks on. */
const PING_EVERY = 25_000;

/**
 * How long pongs alone keep an id. A browser answers pings even for a page it has frozen; such a
 * page hears nothing and must not hold its room's door for ever. Hidden pages send a heartbeat a
 * minute at worst.
 */
const TRUST_PONGS_FOR = 3 * 60_000;

/**
 * Tells throttled pages from dead connections. PeerServer forgets who sent no heartbeat for 90 s,
 * but browsers slow the timers of hidden pages down to one a minute, and later stop them; a pong
 * says that at least the line is alive.
 */
export class Liveness {
  readonly #lastHeartbeat = new WeakMap<IClient, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(sockets: WebSocketServer) {
    this.#timer = setInterval(() => {
      for (const socket of sockets.clients) socket.ping();
    }, PING_EVERY).unref();
  }

  /** To be called for each socket that `client` arrives with. */
  watch(client: IClient, socket: WebSocket): void {
    this.heartbeat(client);
    socket.on('pong', () => this.#pong(client));
  }

  /** To be called when the page itself spoke. */
  heartbeat(client: IClient): void {
    this.#lastHeartbeat.set(client, performance.now());
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #pong(client: IClient): void {
    const spoke = this.#lastHeartbeat.get(client) ?? -Infinity;
    // `peer` goes by the time of day.
    if (performance.now() - spoke < TRUST_PONGS_FOR) client.setLastPing(Date.now());
  }
}
