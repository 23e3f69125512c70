import type { Event, SimulatedLink, Simulation } from './link.js';

/** As dcsctp, Chromium's SCTP, has them (net/dcsctp/public/dcsctp_options.h). Bytes and ms. */
const SCTP = {
  mtu: 1191,
  initialWindow: 10,
  smallestWindow: 4,
  /** Packets that one event sets free. */
  burst: 4,
  initialTimeout: 500,
  shortestTimeout: 400,
  longestTimeout: 60_000,
  smallestVariance: 220,
  delayedAck: 200,
  /** Reports of a gap until a packet counts as lost (RFC 4960, section 7.2.4). */
  gapReports: 3,
} as const;

/** Common header and DATA chunk header; and below them DTLS, UDP and IP. */
const CHUNK_HEADER = 28;
const WIRE_HEADER = 57;
/** Payload of a packet. */
const FRAGMENT = SCTP.mtu - CHUNK_HEADER;

/** Bytes on the wire for each byte of payload. */
export const OVERHEAD = (SCTP.mtu + WIRE_HEADER) / FRAGMENT;

interface Message {
  readonly content: Uint8Array;
  readonly number: number;
  arrived: number;
}

interface Chunk {
  readonly tsn: number;
  readonly bytes: number;
  readonly message: Message;
  sentAt: number;
  /** In flight, waiting to be sent again, or confirmed. */
  state: 'flying' | 'lost' | 'acked';
  missed: number;
  resent: boolean;
}

interface Packet {
  readonly chunk: Chunk | null;
  readonly sack: { cumulative: number; beyond: ReadonlySet<number>; highest: number } | null;
}

/**
 * One end of an SCTP association over a pair of links: slow start, congestion avoidance, fast
 * retransmit and timeouts as dcsctp has them.
 */
export class SctpEnd {
  other!: SctpEnd;
  onmessage: (content: Uint8Array) => void = () => undefined;
  window: number = SCTP.initialWindow * SCTP.mtu;
  readonly #simulation: Simulation;
  readonly #link: SimulatedLink;
  readonly #ordered: boolean;

  /** What waits to be cut into packets. */
  readonly #messages: { message: Message; offset: number }[] = [];
  readonly #chunks: Chunk[] = [];
  #flying = 0;
  #sent = 0;
  #messageNumber = 0;
  #threshold = Infinity;
  #partial = 0;
  /** Fast recovery ends when this one is confirmed. */
  #recovery = -1;
  #roundTrip = 0;
  #variance = 0;
  #timeout: number = SCTP.initialTimeout;
  #timer: Event | null = null;

  #cumulative = -1;
  #highest = -1;
  readonly #beyond = new Set<number>();
  #unreported = 0;
  #reportTimer: Event | null = null;
  #reportDue = false;
  #nextNumber = 0;
  readonly #whole = new Map<number, Message>();

  constructor(simulation: Simulation, link: SimulatedLink, ordered: boolean) {
    this.#simulation = simulation;
    this.#link = link;
    this.#ordered = ordered;
  }

  /** In bytes: what waits to be cut into packets, as `RTCDataChannel.bufferedAmount` has it. */
  get buffered(): number {
    return this.#messages.reduce((sum, { message, offset }) => sum + message.content.byteLength - offset, 0);
  }

  send(content: Uint8Array): void {
    const message = { content, number: this.#messageNumber++, arrived: 0 };
    this.#messages.push({ message, offset: 0 });
    this.#sendSome();
  }

  #sendSome(): void {
    for (let packets = 0; packets < SCTP.burst; packets++) {
      if (this.#flying + FRAGMENT > this.window && this.#flying > 0) break;
      const chunk = this.#chunks.find(({ state }) => state === 'lost') ?? this.#nextChunk();
      if (!chunk) break;
      this.#transmit(chunk);
    }
    if (this.#reportDue) this.#put({ chunk: null, sack: this.#report() });
  }

  #nextChunk(): Chunk | null {
    const head = this.#messages[0];
    if (!head) return null;
    const bytes = Math.min(FRAGMENT, head.message.content.byteLength - head.offset);
    head.offset += bytes;
    if (head.offset === head.message.content.byteLength) this.#messages.shift();
    const chunk: Chunk = {
      tsn: this.#sent++,
      bytes,
      message: head.message,
      sentAt: 0,
      state: 'lost',
      missed: 0,
      resent: false,
    };
    this.#chunks.push(chunk);
    return chunk;
  }

  #transmit(chunk: Chunk): void {
    if (chunk.sentAt > 0) chunk.resent = true;
    chunk.state = 'flying';
    chunk.missed = 0;
    chunk.sentAt = this.#simulation.now + 1e-9;
    this.#flying += chunk.bytes;
    this.#timer ??= this.#simulation.after(this.#timeout, () => this.#expired());
    this.#put({ chunk, sack: this.#unreported > 0 || this.#reportDue ? this.#report() : null });
  }

  #put(packet: Packet): void {
    const bytes = (packet.chunk?.bytes ?? 0) + CHUNK_HEADER + (packet.sack ? 16 : 0) + WIRE_HEADER;
    this.#link.send(bytes, () => this.other.#take(packet));
  }

  #take({ chunk, sack }: Packet): void {
    if (sack) this.#confirmed(sack);
    if (chunk) this.#arrived(chunk);
    this.#sendSome();
  }

  // The receiving half.

  #arrived(chunk: Chunk): void {
    const { tsn, message } = chunk;
    const known = tsn <= this.#cumulative || this.#beyond.has(tsn);
    this.#beyond.add(tsn);
    this.#highest = Math.max(this.#highest, tsn);
    while (this.#beyond.delete(this.#cumulative + 1)) this.#cumulative++;
    this.#unreported++;
    // Every second packet, every packet beside a gap, and what comes twice is confirmed at once.
    if (known || this.#beyond.size > 0 || this.#unreported >= 2) this.#reportDue = true;
    else this.#reportTimer ??= this.#simulation.after(SCTP.delayedAck, () => this.#reportLate());
    if (known) return;
    message.arrived += chunk.bytes;
    if (message.arrived === message.content.byteLength) this.#deliver(message);
  }

  #deliver(message: Message): void {
    if (!this.#ordered) {
      this.onmessage(message.content);
      return;
    }
    this.#whole.set(message.number, message);
    for (let next = this.#whole.get(this.#nextNumber); next; next = this.#whole.get(this.#nextNumber)) {
      this.#whole.delete(this.#nextNumber++);
      this.onmessage(next.content);
    }
  }

  #reportLate(): void {
    this.#reportDue = true;
    this.#sendSome();
  }

  #report(): Packet['sack'] {
    this.#unreported = 0;
    this.#reportDue = false;
    if (this.#reportTimer) this.#reportTimer.cancelled = true;
    this.#reportTimer = null;
    return { cumulative: this.#cumulative, beyond: new Set(this.#beyond), highest: this.#highest };
  }

  // The sending half.

  #confirmed({ cumulative, beyond, highest }: NonNullable<Packet['sack']>): void {
    const before = this.#flying;
    let bytes = 0;
    let newest: Chunk | null = null;
    let advanced = false;
    for (const chunk of this.#chunks) {
      if (chunk.tsn > highest) break;
      if (chunk.state === 'acked' || (chunk.tsn > cumulative && !beyond.has(chunk.tsn))) continue;
      if (chunk.state === 'flying') this.#flying -= chunk.bytes;
      chunk.state = 'acked';
      bytes += chunk.bytes;
      advanced ||= chunk.tsn <= cumulative;
      newest = chunk;
    }
    while (this.#chunks[0] && this.#chunks[0].tsn <= cumulative) {
      advanced = true;
      this.#chunks.shift();
    }
    if (newest && !newest.resent) this.#measured(this.#simulation.now - newest.sentAt);
    if (this.#recovery >= 0 && cumulative >= this.#recovery) this.#recovery = -1;
    if (newest) this.#missed(newest.tsn);
    if (advanced && this.#recovery < 0) this.#grow(bytes, before);
    if (advanced || this.#flying === 0) this.#restartTimer();
  }

  /** What is missing below the newest confirmed one has been reported missing once more. */
  #missed(newest: number): void {
    for (const chunk of this.#chunks) {
      if (chunk.tsn >= newest) break;
      if (chunk.state !== 'flying' || chunk.resent || ++chunk.missed < SCTP.gapReports) continue;
      chunk.state = 'lost';
      this.#flying -= chunk.bytes;
      if (this.#recovery >= 0) continue;
      this.#recovery = this.#sent - 1;
      this.#threshold = Math.max(this.window / 2, SCTP.smallestWindow * SCTP.mtu);
      this.window = this.#threshold;
      this.#partial = 0;
    }
  }

  #grow(bytes: number, flyingBefore: number): void {
    const used = flyingBefore + FRAGMENT > this.window;
    if (this.window <= this.#threshold) {
      if (used) this.window += Math.min(bytes, SCTP.mtu);
      return;
    }
    this.#partial += bytes;
    if (this.#partial < this.window || !used) return;
    this.#partial -= this.window;
    this.window += SCTP.mtu;
  }

  #measured(roundTrip: number): void {
    if (this.#roundTrip === 0) {
      this.#roundTrip = roundTrip;
      this.#variance = roundTrip / 2;
    } else {
      this.#variance += (Math.abs(this.#roundTrip - roundTrip) - this.#variance) / 4;
      this.#roundTrip += (roundTrip - this.#roundTrip) / 8;
    }
    const wanted = this.#roundTrip + Math.max(SCTP.smallestVariance, 4 * this.#variance);
    this.#timeout = Math.min(Math.max(wanted, SCTP.shortestTimeout), SCTP.longestTimeout);
  }

  #restartTimer(): void {
    if (this.#timer) this.#timer.cancelled = true;
    this.#timer = null;
    if (this.#chunks.some(({ state }) => state === 'flying')) {
      this.#timer = this.#simulation.after(this.#timeout, () => this.#expired());
    }
  }

  #expired(): void {
    this.#timer = null;
    this.#timeout = Math.min(this.#timeout * 2, SCTP.longestTimeout);
    this.#threshold = Math.max(this.window / 2, SCTP.smallestWindow * SCTP.mtu);
    this.window = SCTP.mtu;
    this.#partial = 0;
    this.#recovery = -1;
    for (const chunk of this.#chunks) {
      if (chunk.state !== 'flying') continue;
      chunk.state = 'lost';
      this.#flying -= chunk.bytes;
    }
    this.#sendSome();
  }
}
