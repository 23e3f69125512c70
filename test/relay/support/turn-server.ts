import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createSocket } from 'node:dgram';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { requireCoturn } from '../../../scripts/coturn.mjs';

const USER = { username: 'ada', credential: 'a password' };
const SECRET = 'what the site and the relay know';

/**
 * A coturn on loopback, for one user, or for short-lived credentials that a site makes
 * (draft-uberti-behave-turn-rest-00).
 */
export class TurnServer {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(port: number, process: ChildProcess, folder: string) {
    this.port = port;
    this.#process = process;
    this.#folder = folder;
  }

  static async start(kind: 'one user' | 'REST'): Promise<TurnServer> {
    const [program, port, folder] = await Promise.all([
      requireCoturn(),
      freePort(),
      mkdtemp(join(tmpdir(), 'snaptrail-turn-')),
    ]);
    const credentials =
      kind === 'REST'
        ? ['--use-auth-secret', `--static-auth-secret=${SECRET}`]
        : ['--lt-cred-mech', `--user=${USER.username}:${USER.credential}`];
    const child = spawn(
      program,
      [
        // Reads no system files, reaches nothing outside this machine, and leaves nothing behind.
        ...['-n', '--no-cli', '--no-tls', '--no-dtls', '--no-multicast-peers', '--allow-loopback-peers'],
        ...['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', `--listening-port=${port}`],
        ...['--realm=snaptrail.test', '--log-file=stdout', `--pidfile=${join(folder, 'pid')}`],
        ...[`--userdb=${join(folder, 'users')}`, '--simple-log', ...credentials],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], cwd: folder },
    );
    await listening(child, port);
    return new TurnServer(port, child, folder);
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** `ice-servers` with the right credentials for the one user. */
  forUser(transport: 'udp' | 'tcp' = 'udp', credential = USER.credential): string {
    return iceServers(this.port, transport, { ...USER, credential });
  }

  /** `ice-servers` with credentials that expire in so many seconds. */
  forRest(seconds: number): string {
    const username = `${Math.floor(Date.now() / 1000) + seconds}:ada`;
    const credential = createHmac('sha1', SECRET).update(username).digest('base64');
    return iceServers(this.port, 'udp', { username, credential });
  }
}

/** `ice-servers` with a TURN server at a port on which nothing listens. */
export async function nobodyListening(transport: 'udp' | 'tcp'): Promise<string> {
  return iceServers(await freePort(), transport, USER);
}

function iceServers(
  port: number,
  transport: 'udp' | 'tcp',
  login: { username: string; credential: string },
): string {
  return JSON.stringify([{ urls: `turn:127.0.0.1:${port}?transport=${transport}`, ...login }]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves once it answers by UDP and TCP, which it does not report itself. */
async function listening(child: ChildProcess, port: number): Promise<void> {
  let said = '';
  child.stdout!.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-5_000)));
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`coturn ended with ${code}:\n${said}`);
  });
  ended.catch(() => undefined);
  await Promise.race([Promise.all([answersByUdp(port), acceptsTcp(port)]), ended]);
}

/**
 * A binding request (RFC 8489, section 5): its type, no length, the magic cookie, and a
 * transaction's id.
 */
const BINDING_REQUEST = Buffer.from('000100002112a442736e61707472e1696c310000', 'hex');

async function answersByUdp(port: number): Promise<void> {
  const socket = createSocket('udp4');
  const asking = setInterval(() => socket.send(BINDING_REQUEST, port, '127.0.0.1'), 100);
  await once(socket, 'message');
  clearInterval(asking);
  socket.close();
}

async function acceptsTcp(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const [first] = (await Promise.race([once(socket, 'connect').then(() => []), failed(socket)])) as [
    unknown?,
  ];
  socket.destroy();
  if (first === undefined) return;
  await delay(100);
  await acceptsTcp(port);
}

function failed(socket: Socket): Promise<unknown[]> {
  return new Promise((resolve) => socket.once('error', (error) => resolve([error])));
}
