import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { WebSocket } from 'ws';
import { createApp, type AppOptions } from '../../server/app.js';
import { listen, stopListening } from '../../server/lifecycle.js';

export interface RunningPeerServer {
  server: Server;
  /** `http://127.0.0.1:1234/` */
  url: string;
  close(): Promise<void>;
}

/** Starts the published server app on a free port. */
export async function startPeerServer(options?: AppOptions): Promise<RunningPeerServer> {
  const server = createServer();
  const app = createApp(server, options);
  server.on('request', app.handler);
  const url = await listen(server, { port: 0, host: '127.0.0.1' });
  return {
    server,
    url,
    async close() {
      await Promise.all([app.close(), stopListening(server)]);
    },
  };
}

/** A message between PeerServer and a client. */
export interface Message {
  type: string;
  src?: string;
  dst?: string;
  payload?: unknown;
}

/** A client of PeerServer without PeerJS, whose messages the test chooses. */
export class SignallingClient {
  readonly socket: WebSocket;
  /** Resolves to the code with which the connection closes. */
  readonly closed: Promise<number>;
  readonly #arrived: Message[] = [];
  readonly #waiting: ((message: Message) => void)[] = [];

  constructor(url: string, id: string, { token = 'token', origin = '' } = {}) {
    const target = new URL(`peerjs/peerjs?key=peerjs&id=${id}&token=${token}`, url.replace('http', 'ws'));
    this.socket = new WebSocket(target, origin ? { origin } : {});
    this.socket.on('message', (data: Buffer) => this.#arrive(JSON.parse(data.toString()) as Message));
    this.closed = new Promise((resolve) => this.socket.once('close', resolve));
    // `closed` and `refusal` report it.
    this.socket.on('error', () => undefined);
  }

  /** Resolves to the next message that was not returned before. */
  next(): Promise<Message> {
    const message = this.#arrived.shift();
    return message ? Promise.resolve(message) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Sends text or bytes as they are, anything else as JSON. */
  send(message: Message | string | Buffer): void {
    this.socket.send(
      typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message),
    );
  }

  /** Resolves to the HTTP status with which the server refuses the WebSocket. */
  async refusal(): Promise<number | undefined> {
    const [, response] = (await once(this.socket, 'unexpected-response')) as [
      unknown,
      { statusCode?: number },
    ];
    this.socket.terminate();
    return response.statusCode;
  }

  #arrive(message: Message): void {
    const taker = this.#waiting.shift();
    if (taker) taker(message);
    else this.#arrived.push(message);
  }
}

/** Resolves to a client that the server has accepted. */
export async function join(
  url: string,
  id: string,
  options?: { token?: string; origin?: string },
): Promise<SignallingClient> {
  const client = new SignallingClient(url, id, options);
  const { type } = await client.next();
  if (type !== 'OPEN') throw new Error(`PeerServer answered ${type}`);
  return client;
}
