import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How long requests under way get to finish at shutdown. */
const FINISH_WITHIN = 1_000;

export interface Place {
  /** 0 takes any free port. */
  port: number;
  /** Absent: every address of this machine. */
  host?: string | undefined;
}

/**
 * Listens, and returns the URL: `http://localhost:8000/`. Rejects with a sentence that says what to
 * do.
 */
export async function listen(server: Server, { port, host }: Place): Promise<string> {
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

/** Stops listening, lets what is under way finish for a moment, then cuts it. */
export async function stopListening(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const deadline = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN);
  await closed;
  clearTimeout(deadline);
}

/**
 * Runs `stop` on Ctrl-C and on what process supervisors send, and ends the process. A second signal
 * does not wait. The explicit exit is needed: `peer` keeps timers that nobody can clear.
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

/** A port from an option or the environment. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`"${text}" is not a port: a whole number from 0 to 65535`);
  return port;
}
