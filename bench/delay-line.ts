import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Bottleneck, seeded, STRAIGHT, type Shape, type Tally } from './bottleneck.js';

/** The two ends of a line. */
export type Side = 0 | 1;

/** Browsers can be restricted to this address. */
const LOOPBACK = '127.0.0.1';

/**
 * In ms: packets that are due within this time are sent now. Node's timers have a granularity of 1
 * ms and never fire early, so this centres the error. A busy loop would be more exact, but take a
 * core from the browser under test.
 */
const GRAIN = 0.5;

/**
 * In bytes. Bursts are buffered here while this process is busy; a drop in the kernel would be an
 * unintended loss.
 */
const KERNEL_BUFFER = 4 * 1024 * 1024;

/** A socket that represents another one, on the other side of the line. */
interface StandIn {
  readonly side: Side;
  /** The port of the socket that it represents. */
  readonly port: number;
  readonly socket: Socket;
  readonly standInPort: number;
}

interface QueuedPacket {
  readonly release: number;
  readonly packet: Buffer;
  readonly from: StandIn;
  readonly to: number;
}

/**
 * A link between UDP sockets on 127.0.0.1 with delay, loss, a rate and a queue. Exact, and needs no
 * privileges.
 *
 * ```
 *  socket a ──► stand-in for b ──► bottleneck 0 to 1 ──► stand-in for a ──► socket b
 * ```
 *
 *
 * The way back is the same. Each socket is given the port of the other's stand-in instead of the
 * other's own port. All sockets share one bottleneck in each direction, as all connections of a
 * household share its uplink. Forwards only between ports that were passed to {@link standIn}.
 */
export class DelayLine {
  readonly #ways: readonly [Bottleneck, Bottleneck];
  /** In order of release, which is the order of arrival. */
  readonly #waiting: readonly [QueuedPacket[], QueuedPacket[]] = [[], []];
  readonly #standIns = new Map<number, Promise<StandIn>>();
  readonly #byPort = new Map<number, StandIn>();
  #timer: NodeJS.Timeout | null = null;
  #wakesAt = Infinity;
  #closed = false;

  /**
   * One shape for both directions, or a pair: from side 0 to side 1, and back. `seed` determines
   * which packets are lost.
   */
  constructor(shape: Partial<Shape> | readonly [Partial<Shape>, Partial<Shape>], seed = 1) {
    const [there, back] = isPair(shape) ? shape : [shape, shape];
    this.#ways = [
      new Bottleneck({ ...STRAIGHT, ...there }, seeded(seed)),
      new Bottleneck({ ...STRAIGHT, ...back }, seeded(seed + 1)),
    ];
  }

  /** The counts of packets from `side`. */
  tally(side: Side): Readonly<Tally> {
    return this.#ways[side].tally;
  }

  /** Changes the properties of the link while it is in use. */
  reshape(side: Side, shape: Partial<Shape>): void {
    this.#ways[side].shape = { ...this.#ways[side].shape, ...shape };
  }

  /**
   * Returns the port of the stand-in for the socket at 127.0.0.1:`port` on `side`; give it to the
   * socket on the other side. Repeated calls return the same port. Packets that a socket sends
   * before it has a stand-in of its own are dropped.
   */
  async standIn(side: Side, port: number): Promise<number> {
    let known = this.#standIns.get(port);
    // The operating system may have reused the port for a socket on the other side.
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
      // Avoids a DNS lookup of 127.0.0.1 for every packet.
      lookup: (_host, _options, found) => found(null, LOOPBACK, 4),
    });
    // Browsers close sockets at any time, so packets in flight may be rejected (ICMP). That is
    // expected.
    socket.on('error', () => undefined);
    // The lookup is synchronous, so `listening` fires before bind() returns: subscribe first.
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

  /** The socket at the port `from` sent `packet` to the stand-in `to`. */
  #arrived(packet: Buffer, from: number, to: StandIn): void {
    const sender = this.#byPort.get(from);
    if (!sender || sender.side === to.side) return;
    const now = performance.now();
    const release = this.#ways[sender.side].admit(packet.byteLength, now);
    if (release === null) return;
    this.#waiting[sender.side].push({ release, packet, from: sender, to: to.port });
    this.#run(now);
  }

  /** Sends the packets that are due, and sets a timer for the next one. */
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
