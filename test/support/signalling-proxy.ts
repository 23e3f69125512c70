import { createServer, type Server } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { listen, stopListening } from '../../server/lifecycle.js';
import type { Message } from './mischief.js';

/** A proxy between the pages and a PeerServer that may change what the server says. */
export class SignallingProxy {
  /** Called with each message to a client; calls `pass` with what the client receives. */
  relay: (message: Message, pass: (message: Message) => void) => void = (message, pass) => pass(message);
  url = '';
  readonly #server: Server = createServer();
  readonly #sockets = new WebSocketServer({ noServer: true });
  /** The clients by their ids, which the server has confirmed. */
  readonly #holders = new Map<string, WebSocket>();

  /** `target`: the URL of the PeerServer, without `peerjs`, with a slash at its end. */
  static async start(target: string): Promise<SignallingProxy> {
    const proxy = new SignallingProxy();
    proxy.#server.on('upgrade', (request, socket, head) => {
      proxy.#sockets.handleUpgrade(request, socket, head, (client) => {
        const url = new URL(request.url!, target.replace('http', 'ws'));
        proxy.#connect(client, url);
      });
    });
    proxy.url = await listen(proxy.#server, { port: 0, host: '127.0.0.1' });
    return proxy;
  }

  /** The clients that are connected. */
  get clients(): readonly WebSocket[] {
    return [...this.#sockets.clients];
  }

  /** Sends a message that is not the server's to the client with the id `dst`. */
  deliver(message: Message): void {
    const holder = this.#holders.get(message.dst ?? '');
    if (holder) tell(holder, message);
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.terminate();
    await stopListening(this.#server);
  }

  #connect(client: WebSocket, url: URL): void {
    const server = new WebSocket(url);
    const waiting: string[] = [];
    client.on('message', (data: Buffer) => {
      if (server.readyState === WebSocket.OPEN) server.send(data.toString());
      else waiting.push(data.toString());
    });
    server.on('open', () => {
      for (const text of waiting.splice(0)) server.send(text);
    });
    server.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      if (message.type === 'OPEN') this.#holders.set(url.searchParams.get('id')!, client);
      this.relay(message, (passed) => tell(client, passed));
    });
    client.on('close', () => server.terminate());
    server.on('close', () => client.close());
    // `close` follows.
    for (const socket of [client, server]) socket.on('error', () => undefined);
  }
}

function tell(client: WebSocket, message: Message): void {
  if (client.readyState === WebSocket.OPEN) client.send(JSON.stringify(message));
}
