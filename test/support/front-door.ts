import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { listen, stopListening } from '../../server/lifecycle.js';

/** What a proxy or server may answer to a request for a WebSocket. */
export type Answer =
  /** An HTTP response: the WebSocket does not open. */
  | { readonly status: string; readonly body?: string }
  /** The WebSocket opens, sends `says`, if any, and closes with that code. */
  | { readonly says?: object; readonly closes: number }
  /** The connection closes without a response. */
  | 'nothing';

/** A proxy in front of a PeerServer that passes clients on, or answers in its place. */
export class FrontDoor {
  answer: Answer | null = null;
  url = '';
  readonly #behind: URL;
  readonly #server: Server = createServer();
  readonly #sockets = new WebSocketServer({ noServer: true });

  private constructor(behind: string) {
    this.#behind = new URL(behind);
    this.#server.on('upgrade', (incoming, socket, head) => this.#came(incoming, socket, head));
  }

  static async open(behind: string): Promise<FrontDoor> {
    const door = new FrontDoor(behind);
    door.url = await listen(door.#server, { port: 0, host: '127.0.0.1' });
    return door;
  }

  async close(): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate();
    await stopListening(this.#server);
  }

  #came(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { answer } = this;
    socket.on('error', () => undefined);
    if (answer === null) this.#pass(incoming, socket);
    else if (answer === 'nothing') socket.destroy();
    else if ('status' in answer) {
      const body = answer.body ?? '';
      const type = body ? 'Content-Type: text/html\r\n' : '';
      socket.end(
        `HTTP/1.1 ${answer.status}\r\n${type}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
    } else {
      this.#sockets.handleUpgrade(incoming, socket, head, (client) => {
        if (answer.says) client.send(JSON.stringify(answer.says));
        client.close(answer.closes);
      });
    }
  }

  #pass({ url, headers }: IncomingMessage, socket: Duplex): void {
    const { hostname, port } = this.#behind;
    const outgoing = request({ hostname, port, path: url, headers });
    outgoing.on('error', () => socket.destroy());
    outgoing.on('upgrade', ({ rawHeaders }, server: Duplex) => {
      const lines = rawHeaders.map((text, index) => (index % 2 ? `${text}\r\n` : `${text}: `));
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
      server.on('error', () => socket.destroy());
      server.pipe(socket).pipe(server);
    });
    outgoing.end();
  }
}
