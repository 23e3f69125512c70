/**
 * A PeerServer inside the page, in the place of `WebSocket`: it speaks PeerServer's protocol to
 * real PeerJS clients, and does to them whatever a test wants a server, or the network before it,
 * to do.
 */

/** What goes over the sockets. */
export interface Message {
  readonly type: string;
  src?: string;
  readonly dst?: string;
  readonly payload?: Record<string, unknown>;
}

/** How long the stock server keeps what is for an absent id, in ms. */
const EXPIRE_TIMEOUT = 5_000;

export class InPageServer {
  /**
   * Sees each message that is relayed; calls `pass` with what shall come of it, when, and as often
   * as it likes.
   */
  relay: (message: Message, pass: (message: Message) => void) => void = (message, pass) => pass(message);
  /** Whether a new client is told that it is known now. */
  greets = true;
  /** What a new socket is told instead of OPEN. */
  greeting: Message | null = null;
  /**
   * With which code a new socket is closed, after the greeting if there is one; null: it stays
   * open.
   */
  closeCode: number | null = null;
  /** Whether sockets connect at all; false: they fail; null: they hang. */
  reachable: boolean | null = true;
  /** Hears each sign of life. */
  onheartbeat: ((id: string) => void) | null = null;
  /** Who is registered, by id. */
  readonly sockets = new Map<string, InPageSocket>();
  readonly #genuine = globalThis.WebSocket;

  constructor() {
    const connect = (socket: InPageSocket) => this.connect(socket);
    const say = (socket: InPageSocket, message: Message) => this.say(socket, message);
    const close = (socket: InPageSocket) => this.#gone(socket);
    globalThis.WebSocket = class extends InPageSocket {
      constructor(url: string) {
        super(new URL(url), { connect, say, close });
      }
    } as unknown as typeof WebSocket;
  }

  /** Puts the genuine `WebSocket` back, and closes every socket. */
  close(): void {
    globalThis.WebSocket = this.#genuine;
    this.drop();
  }

  /** Every client loses its socket. */
  drop(): void {
    for (const socket of [...this.sockets.values()]) socket.fail();
  }

  /** Forgets an id, and does not say so: its socket stays open and reaches nobody. */
  forget(id: string): void {
    this.sockets.get(id)!.deaf = true;
    this.sockets.delete(id);
  }

  connect(socket: InPageSocket): void {
    if (this.reachable === null) return;
    if (!this.reachable) return socket.fail();
    socket.open();
    const holder = this.sockets.get(socket.id);
    if (this.greeting || this.closeCode !== null) {
      if (this.greeting) socket.hear(this.greeting);
      socket.fail(this.closeCode ?? undefined);
    } else if (holder && holder.token !== socket.token) {
      socket.hear({ type: 'ID-TAKEN', payload: { msg: 'ID is taken' } });
      socket.fail();
    } else {
      this.sockets.set(socket.id, socket);
      // The stock server says nothing to a client that it believes to be here already
      // (peerjs#1289).
      if (!holder && this.greets) socket.hear({ type: 'OPEN' });
    }
  }

  say(from: InPageSocket, message: Message): void {
    if (message.type === 'HEARTBEAT') this.onheartbeat?.(from.id);
    else if (!from.deaf) this.relay({ ...message, src: from.id }, (passed) => this.deliver(passed));
  }

  deliver(message: Message): void {
    const socket = this.sockets.get(message.dst!);
    if (socket) socket.hear(message);
    else setTimeout(() => this.#expire(message), EXPIRE_TIMEOUT);
  }

  #gone(socket: InPageSocket): void {
    if (this.sockets.get(socket.id) === socket) this.sockets.delete(socket.id);
  }

  #expire({ src, dst }: Message): void {
    this.sockets.get(src!)?.hear({ type: 'EXPIRE', src: dst!, dst: src! });
  }
}

interface SocketHost {
  connect(socket: InPageSocket): void;
  say(from: InPageSocket, message: Message): void;
  close(socket: InPageSocket): void;
}

/** As much of a WebSocket as PeerJS uses. */
class InPageSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: object) => void) | null = null;
  readyState = 0;
  deaf = false;
  readonly id: string;
  readonly token: string;
  readonly #server: SocketHost;

  constructor(url: URL, server: SocketHost) {
    this.#server = server;
    this.id = url.searchParams.get('id')!;
    this.token = url.searchParams.get('token')!;
    queueMicrotask(() => server.connect(this));
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  hear(message: unknown): void {
    const data = typeof message === 'string' ? message : JSON.stringify(message);
    // Its own task, as the network has it.
    setTimeout(() => this.readyState === 1 && this.onmessage?.({ data }));
  }

  send(data: string): void {
    if (this.readyState === 1) this.#server.say(this, JSON.parse(data) as Message);
  }

  /** PeerJS has it closed. */
  close(): void {
    this.readyState = 3;
    this.#server.close(this);
  }

  /** The network, or the server, has it closed. What was said before still arrives. */
  fail(code = 1006): void {
    this.#server.close(this);
    setTimeout(() => {
      this.readyState = 3;
      this.onclose?.({ code });
    });
  }
}
