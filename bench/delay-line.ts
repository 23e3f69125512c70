import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Bottleneck, seeded, STRAIGHT, type Shape, type Tally } from './bottleneck.js';

/** The two ends of a line. */
export type Side = 0 | 1;

/** Everything happens here: a browser can be told to use nothing but this address. */
const LOOPBACK = '127.0.0.1';

/**
 * In ms. A packet that is due as soon as this goes now: Node's timers have a grain of 1 ms and are
 * never early, so this puts the error in the middle. Waiting busily would be more exact, and take
 * one of the cores from the browser that is measured.
 */
const GRAIN = 0.5;

/**
 * In bytes. Bursts wait here while this process is busy; a packet that the kernel dropped would be
 * a loss that nobody asked for.
 */
const KERNEL_BUFFER = 4 * 1024 * 1024;

/** A socket that stands for another, which is behind the line. */
interface StandIn {
  readonly side: Side;
  /** The port of the socket that it stands for. */
  readonly port: number;
  readonly socket: Socket;
  readonly standInPort: number;
}

interface Waiting {
  readonly release: number;
  readonly packet: Buffer;
  readonly from: StandIn;
  readonly to: number;
}

/**
 * A link between UDP sockets on 127.0.0.1, with delay, loss, a rate and a queue: exact, and without
 * privileges.
 *
 * ```
 *  socket a ──► stand-in for b ──► bottleneck 0 to 1 ──► stand-in for a ──► socket b      (and back in the same way)
 * ```
 *
 * Each socket is told the port of the other's stand-in instead of the other's own. All of them
 * together share one bottleneck in each direction, as all connections of a household share its
 * uplink. Nothing is forwarded but between ports that {@link standIn} was told of.
 */
export class DelayLine {
  readonly #ways: readonly [Bottleneck, Bottleneck];
  /** In the order of their release, which is the order of their arrival. */
  readonly #waiting: readonly [Waiting[], Waiting[]] = [[], []];
  readonly #standIns = new Map<number, Promise<StandIn>>();
  readonly #byPort = new Map<number, StandIn>();
  #timer: NodeJS.Timeout | null = null;
  #wakesAt = Infinity;
  #closed = false;

  /**
   * The same shape in both directions, or one for each: from side 0 to side 1, and back. `seed`
   * decides which packets are lost.
   */
  constructor(shape: Partial<Shape> | readonly [Partial<Shape>, Partial<Shape>], seed = 1) {
    const [there, back] = isPair(shape) ? shape : [shape, shape];
    this.#ways = [
      new Bottleneck({ ...STRAIGHT, ...there }, seeded(seed)),
      new Bottleneck({ ...STRAIGHT, ...back }, seeded(seed + 1)),
    ];
  }

  /** What has become of the packets that left `side`. */
  tally(side: Side): Readonly<Tally> {
    return this.#ways[side].tally;
  }

  /** Changes the link while it is in use. */
  reshape(side: Side, shape: Partial<Shape>): void {
    this.#ways[side].shape = { ...this.#ways[side].shape, ...shape };
  }

  /**
   * The port that stands for the socket at 127.0.0.1:`port`, which is on `side`: to be given to its
   * partner on the other side. The same socket has the same stand-in each time. What a socket sends
   * before its partner has been told of it is dropped.
   */
  async standIn(side: Side, port: number): Promise<number> {
    let known = this.#standIns.get(port);
    // The operating system gives a free port to whoever comes next, and that may be the other side.
    if (!known || (await known).side !== side) {
      known = this.#open(side, port);
      this.#standIns.set(port, known);
    }
    return (await known).standInPort;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    const standIns = await Promise.all(this.#standIns.values());
    for (const { socket } of standIns) socket.close();
  }

  async #open(side: Side, port: number): Promise<StandIn> {
    const socket = createSocket({
      type: 'udp4',
      recvBufferSize: KERNEL_BUFFER,
      sendBufferSize: KERNEL_BUFFER,
      // Node would ask for the address of 127.0.0.1 with every packet.
      lookup: (_host, _options, found) => found(null, LOOPBACK, 4),
    });
    // A browser closes its sockets whenever it likes; what is still on its way to them is refused
    // (ICMP), and that is all right.
    socket.on('error', () => undefined);
    // With a lookup that answers at once, it is listening before bind() returns.
    const listening = once(socket, 'listening');
    socket.bind(0, LOOPBACK);
    await listening;
    const standIn = { side, port, socket, standInPort: socket.address().port };
    socket.on('message', (packet, { address, port: from }) => {
      if (address === LOOPBACK) this.#arrived(packet, from, standIn);
    });
    this.#byPort.set(port, standIn);
    return standIn;
  }

  /** `packet` was sent by the socket at the port `from` to the partner that `to` stands for. */
  #arrived(packet: Buffer, from: number, to: StandIn): void {
    const sender = this.#byPort.get(from);
    if (!sender || sender.side === to.side) return;
    const now = performance.now();
    const release = this.#ways[sender.side].admit(packet.byteLength, now);
    if (release === null) return;
    this.#waiting[sender.side].push({ release, packet, from: sender, to: to.port });
    this.#run(now);
  }

  /** Lets out what is due, and comes back for the rest. */
  #run(now: number): void {
    if (this.#closed) return;
    let next = Infinity;
    for (const waiting of this.#waiting) {
      const due = waiting.findIndex(({ release }) => release > now + GRAIN);
      for (const { packet, from, to } of waiting.splice(0, due < 0 ? waiting.length : due)) {
        from.socket.send(packet, to, LOOPBACK);
      }
      next = Math.min(next, waiting[0]?.release ?? Infinity);
    }
    if (next === Infinity || next >= this.#wakesAt) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#wakesAt = next;
    this.#timer = setTimeout(
      () => {
        this.#wakesAt = Infinity;
        this.#run(performance.now());
      },
      Math.max(0, next - now - GRAIN),
    );
  }
}

function isPair<T extends object>(value: T | readonly [T, T]): value is readonly [T, T] {
  return Array.isArray(value);
}
