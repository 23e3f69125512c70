import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** In ms: how long pending requests may take to finish at shutdown. */
const FINISH_WITHIN = 1_000;

export interface ListenOptions {
  /** 0 picks any free port. */
  port: number;
  /** All addresses of this machine, if absent. */
  host?: string | undefined;
}

/**
 * Starts listening, and resolves with the URL: `http://localhost:8000/`. Rejects with a message
 * that says what to do.
 */
export async function listen(server: Server, { port, host }: ListenOptions): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is in use. Choose another: PORT=${port + 1} …`) : error);
    });
    server.listen(port, host, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return `http://${host?.includes(':') ? `[${host}]` : (host ?? 'localhost')}:${actual}/`;
}

/** Stops listening. Gives pending requests a moment to finish, then closes their connections. */
export async function stopListening(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const deadline = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN);
  await closed;
  clearTimeout(deadline);
}

/**
 * Runs `stop` on Ctrl-C (SIGINT) and SIGTERM, then exits. A second signal exits at once. The
 * explicit exit is needed because `peer` keeps timers that cannot be cleared.
 */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

/**
 * Parses a port from an option or the environment. Throws if it is not a whole number from 0 to
 * 65535.
 */
export function parsePort(text: string): number {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`"${text}" is not a port: a whole number from 0 to 65535`);
  return port;
}
