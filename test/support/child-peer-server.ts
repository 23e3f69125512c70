import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The command lines. Each server prints a line when it is ready. */
const commands = {
  stock: [path('../../node_modules/peer/dist/bin/peerjs.js'), '--path', '/peerjs'],
  ours: ['--import', 'tsx', path('../../server/cli.ts')],
} as const;

/** The command line server of the package `peer`, or our own. */
export type Make = keyof typeof commands;

/**
 * A PeerServer in a process of its own, at `/peerjs`, that can be killed and restarted at the same
 * address.
 */
export class ChildPeerServer {
  readonly url: string;
  readonly #command: readonly string[];
  #child: ChildProcess | null = null;

  private constructor(make: Make, port: number) {
    this.url = `http://127.0.0.1:${port}/`;
    this.#command = [...commands[make], '--host', '127.0.0.1', '--port', String(port)];
  }

  static async start(make: Make): Promise<ChildPeerServer> {
    const server = new ChildPeerServer(make, await freePort());
    await server.start();
    return server;
  }

  /** Resolves when it listens. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, this.#command, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    await once(child.stdout, 'data');
    // The stock server logs every client: a full pipe would block it.
    child.stdout.resume();
  }

  /** Kills it, so that no client is notified. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = null;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}

/** The stock server does not take 0 for a port. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
