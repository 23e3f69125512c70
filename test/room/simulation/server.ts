import { SnapError, type SnapErrorCode } from '../../../src/errors.js';
import type {
  Channel,
  Claim,
  ClaimError,
  ClaimFailure,
  Connection,
  Fingerprints,
  Signalling,
  Topic,
} from '../../../src/peer/channel.js';
import { Topics } from '../../../src/peer/topics.js';
import { PageClock, SimulatedClock } from './clock.js';

/** One way to the server, in ms. */
const LATENCY = 15;
/** From the offer to the open data channel, in round trips: DTLS and SCTP. */
const NEGOTIATION = 4;
/**
 * How long the adapter waits for a sign of somebody, and for an answer to an offer, in ms:
 * peerjs-claim.ts.
 */
const PROBE_TIMEOUT = 3_000;
const ANSWER_TIMEOUT = 5_000;
/** How long it looks for a path, in ms: opening.ts. */
const PATH_TIMEOUT = 10_000;
/**
 * After this long without a heartbeat the server forgets an id, in ms: the stock command line's
 * alive_timeout.
 */
const ALIVE_TIMEOUT = 60_000;

class SimulatedClaimError extends Error implements ClaimError {
  readonly reason: ClaimFailure;
  readonly final: boolean;

  constructor(reason: ClaimFailure, final = false) {
    super(reason);
    this.reason = reason;
    this.final = final;
  }
}

/**
 * A PeerServer and the network around it, with a clock of its own. Ids are locks; a page that
 * freezes, or whose network is cut, keeps its ids until they expire; a page that dies loses them at
 * once; connections survive the server.
 */
export class SimulatedServer {
  readonly clock: SimulatedClock;
  readonly pages: SimulatedPage[] = [];
  /** RTCPeerConnections that have been built so far, on all pages. */
  built = 0;
  /** Claims that have been asked for so far. */
  claims = 0;
  /** The same, and attempts to get back to the server with them. */
  attempts = 0;
  /** How long it keeps an id that it has let in, in ms: any, or only the doors'. */
  keeps = { any: Infinity, door: Infinity };
  /** From one page to another and back, in ms. */
  roundTrip = 30;
  /** Whether it relays anything. */
  relays = true;
  /** What a server in the middle makes of the fingerprints that a page sees. */
  tamper: ((fingerprints: Fingerprints) => Fingerprints) | null = null;
  /** Whether two pages can reach each other, apart from the server. */
  reachable: (one: SimulatedPage, other: SimulatedPage) => boolean = () => true;
  /** What the server does to a claim or a dial that it does not like; for the hostile one. */
  refuses: ClaimFailure | null = null;
  /** Whether it will go on refusing, and says so. */
  refusesForGood = false;
  /** How many ids it takes; one more is too many. */
  capacity = Infinity;
  /** Why two pages do not reach each other, as each of them sees it. */
  noPath: (page: SimulatedPage) => SnapErrorCode = () => 'peer-unreachable';
  readonly #sessions = new Map<string, SimulatedClaim>();
  #up = true;

  constructor(seed = 1) {
    this.clock = new SimulatedClock(seed);
    this.#sweep();
  }

  get up(): boolean {
    return this.#up;
  }

  get ids(): string[] {
    return [...this.#sessions.keys()];
  }

  page(): SimulatedPage {
    const page = new SimulatedPage(this);
    this.pages.push(page);
    return page;
  }

  /** Every page loses the server; their connections live on. */
  stop(): void {
    this.#up = false;
    for (const session of this.#sessions.values()) session.drop();
    this.#sessions.clear();
  }

  start(): void {
    this.#up = true;
  }

  holder(id: string): SimulatedClaim | undefined {
    return this.#sessions.get(id);
  }

  /** Why `page` cannot have any id now. */
  refusal(page: SimulatedPage): ClaimFailure | null {
    if (!this.#up || !page.online) return 'server-unreachable';
    return this.refuses ?? (this.#sessions.size >= this.capacity ? 'server-full' : null);
  }

  register(claim: SimulatedClaim): boolean {
    const session = this.#sessions.get(claim.id);
    if (session && session !== claim) return false;
    this.#sessions.set(claim.id, claim);
    const kept = claim.id.includes('-d-') ? Math.min(this.keeps.door, this.keeps.any) : this.keeps.any;
    if (kept < Infinity)
      this.clock.schedule(2 * LATENCY + kept, () => {
        if (this.#sessions.get(claim.id) !== claim) return;
        this.forget(claim);
        claim.drop();
      });
    return true;
  }

  forget(claim: SimulatedClaim): void {
    if (this.#sessions.get(claim.id) === claim) this.#sessions.delete(claim.id);
  }

  /** Drops who has not been heard of for too long. */
  #sweep(): void {
    this.clock.schedule(1_000, () => {
      for (const session of [...this.#sessions.values()]) {
        if (session.page.online && session.page.clock.running) session.heardAt = this.clock.now;
        else if (this.clock.now - session.heardAt > ALIVE_TIMEOUT) {
          this.forget(session);
          session.evicted = true;
        }
      }
      this.#sweep();
    });
  }
}

/** A tab. */
export class SimulatedPage {
  readonly clock: PageClock;
  readonly server: SimulatedServer;
  readonly claims = new Set<SimulatedClaim>();
  readonly connections = new Set<SimulatedConnection>();
  /** Whether its machine has a network. */
  online = true;

  constructor(server: SimulatedServer) {
    this.server = server;
    this.clock = new PageClock(server.clock);
  }

  get signalling(): Signalling {
    return { claim: (id) => this.claim(id) };
  }

  claim(id: string): Promise<SimulatedClaim> {
    const { server } = this;
    server.claims += 1;
    server.attempts += 1;
    return new Promise((resolve, reject) => {
      const claim = new SimulatedClaim(this, id);
      server.clock.schedule(LATENCY, () => {
        const failure = server.refusal(this);
        const final = server.refusesForGood && failure === server.refuses;
        const done = failure === null && !this.clock.dead && server.register(claim);
        server.clock.schedule(LATENCY, () => {
          this.run(() =>
            done ? resolve(claim) : reject(new SimulatedClaimError(failure ?? 'id-taken', final)),
          );
        });
      });
      this.claims.add(claim);
    });
  }

  /** Runs `work` in the page: now, when it thaws, or never. */
  run(work: () => void): void {
    this.clock.run(work, work);
  }

  freeze(): void {
    this.clock.freeze();
  }

  thaw(): void {
    this.clock.thaw();
    this.#wake();
  }

  /** Its renderer crashes: the server sees sockets close, other pages see nothing. */
  crash(): void {
    this.clock.kill();
    for (const claim of this.claims) this.server.forget(claim);
  }

  /** Its network goes away without a word. */
  cut(): void {
    this.online = false;
  }

  mend(): void {
    this.online = true;
    this.#wake();
    for (const { connections } of this.server.pages) for (const connection of connections) connection.pump();
  }

  reaches(other: SimulatedPage): boolean {
    return this.online && other.online && this.server.reachable(this, other);
  }

  #wake(): void {
    for (const claim of this.claims) if (claim.evicted) claim.drop();
    for (const connection of this.connections) connection.pump();
  }
}

export class SimulatedClaim implements Claim {
  readonly page: SimulatedPage;
  readonly id: string;
  online = true;
  /** The server has forgotten it, and the page does not know yet. */
  evicted = false;
  heardAt: number;
  ononline: Claim['ononline'] = null;
  onlost: Claim['onlost'] = null;
  onconnection: Claim['onconnection'] = null;
  onunreachable: Claim['onunreachable'] = null;
  failure: ClaimFailure = 'server-unreachable';
  readonly #server: SimulatedServer;
  #over = false;

  constructor(page: SimulatedPage, id: string) {
    this.page = page;
    this.id = id;
    this.#server = page.server;
    this.heardAt = page.server.clock.now;
  }

  /** Whether somebody who asks here is answered. */
  get answers(): boolean {
    return (
      this.#server.relays &&
      this.#server.holder(this.id) === this &&
      this.page.online &&
      this.page.clock.running
    );
  }

  dial(id: string, { timeout, signal }: { timeout: number; signal?: AbortSignal }): Promise<Connection> {
    const { clock } = this.#server;
    return new Promise((resolve, reject) => {
      const fail = (delay: number, code: SnapErrorCode = 'peer-lost') =>
        void clock.schedule(delay, () => this.page.run(() => reject(new SnapError(code))));
      signal?.addEventListener('abort', () => fail(0));
      if (!this.online) return fail(0);
      clock.schedule(2 * LATENCY, () => {
        const target = this.#server.holder(id);
        if (!this.answers || !target?.answers) return fail(Math.min(PROBE_TIMEOUT, timeout));
        this.#server.built += 2;
        if (!this.page.reaches(target.page)) return this.#miss(target, fail);
        clock.schedule(NEGOTIATION * this.#server.roundTrip, () => {
          if (!target.answers || this.page.clock.dead || signal?.aborted) return fail(ANSWER_TIMEOUT);
          const [here, there] = connect(this, target);
          target.page.run(() => (target.onconnection ? target.onconnection(there) : there.close()));
          this.page.run(() => resolve(here));
        });
      });
    });
  }

  /** Both sides look for a path for a while, and then whether the other is still there. */
  #miss(target: SimulatedClaim, fail: (delay: number, code?: SnapErrorCode) => void): void {
    const { clock, noPath } = this.#server;
    clock.schedule(PATH_TIMEOUT, () => {
      const bothThere = this.answers && target.answers;
      if (!bothThere) return fail(PROBE_TIMEOUT);
      fail(0, noPath(this.page));
      target.page.run(() => target.onunreachable?.(this.id, new SnapError(noPath(target.page))));
    });
  }

  check(): void {
    this.#server.clock.schedule(PROBE_TIMEOUT, () => {
      if (this.online && !this.#over && !this.answers) this.drop();
    });
  }

  reconnect(): void {
    if (this.online || this.#over) return;
    this.#server.attempts += 1;
    this.#server.clock.schedule(2 * LATENCY, () => {
      this.page.run(() => {
        if (this.#over) return;
        const failure = this.#server.refusal(this.page);
        if (failure && !(failure === 'server-full' && this.#server.holder(this.id) === this)) {
          this.failure = failure;
          this.ononline?.(false);
        } else if (this.#server.register(this)) {
          this.evicted = false;
          this.online = true;
          this.ononline?.(true);
        } else {
          this.#over = true;
          this.onlost?.();
        }
      });
    });
  }

  release(): void {
    this.#over = true;
    this.online = false;
    // Without a network the server does not hear of it.
    if (this.page.online) this.#server.forget(this);
  }

  close(): void {
    this.release();
    for (const connection of [...this.page.connections]) {
      if (connection.localId === this.id) connection.close();
    }
  }

  /** The server is gone, for this claim. */
  drop(): void {
    this.page.run(() => {
      this.online = false;
      if (!this.#over) this.ononline?.(false);
    });
  }
}

let serial = 0;

function connect(from: SimulatedClaim, to: SimulatedClaim): [SimulatedConnection, SimulatedConnection] {
  const id = `connection${++serial}`;
  const certificates = { from: certificate(), to: certificate() };
  const tamper = from.page.server.tamper ?? ((fingerprints) => fingerprints);
  const here = new SimulatedConnection(
    from,
    to.id,
    id,
    'initiator',
    tamper({ local: certificates.from, remote: certificates.to }),
  );
  const there = new SimulatedConnection(
    to,
    from.id,
    id,
    'responder',
    tamper({ local: certificates.to, remote: certificates.from }),
  );
  here.other = there;
  there.other = here;
  return [here, there];
}

function certificate(): string {
  serial += 1;
  return `sha-256 ${serial.toString(16).padStart(64, '0').toUpperCase().match(/../g)!.join(':')}`;
}

export class SimulatedConnection implements Connection {
  readonly id: string;
  readonly role: Connection['role'];
  readonly localId: string;
  readonly remoteId: string;
  readonly closed: AbortSignal;
  readonly page: SimulatedPage;
  other!: SimulatedConnection;
  trusted = false;
  /** Everything that has come, for the tests that look for leaks. */
  readonly heard: unknown[] = [];
  readonly #closing = new AbortController();
  readonly #topics: Topics;
  readonly #fingerprints: Fingerprints;
  /** On its way to us. */
  readonly #incoming: (() => void)[] = [];

  constructor(
    claim: SimulatedClaim,
    remoteId: string,
    id: string,
    role: Connection['role'],
    fingerprints: Fingerprints,
  ) {
    this.page = claim.page;
    this.localId = claim.id;
    this.remoteId = remoteId;
    this.id = id;
    this.role = role;
    this.#fingerprints = fingerprints;
    this.closed = this.#closing.signal;
    this.page.connections.add(this);
    this.#topics = new Topics(
      {
        closed: this.closed,
        maxMessageSize: 256 * 1024,
        bufferedAmount: 0,
        send: (data) => this.other.deliver(() => this.other.take(data)),
        close: (reason) => this.close(reason),
      },
      () => this.page.clock.now(),
    );
  }

  get heardAt(): number {
    return this.#topics.heardAt;
  }

  fingerprints(): Fingerprints {
    return this.#fingerprints;
  }

  trust(): void {
    this.trusted = true;
    this.#topics.trust();
  }

  channel(topic: Topic): Channel {
    return this.#topics.channel(topic);
  }

  relayed(): Promise<boolean | null> {
    return Promise.resolve(false);
  }

  close(reason: Error = new SnapError('peer-lost', { detail: 'closed here' })): void {
    if (this.closed.aborted) return;
    this.page.connections.delete(this);
    this.#closing.abort(reason);
    this.other.deliver(() => this.other.close(new SnapError('peer-lost', { detail: 'closed there' })));
  }

  take(data: string | Uint8Array): void {
    this.heard.push(data);
    this.#topics.receive(typeof data === 'string' ? data : data.slice().buffer);
  }

  /** In order, after a while, when there is a way and somebody to read. */
  deliver(arrive: () => void): void {
    const { server } = this.page;
    server.clock.schedule(server.roundTrip / 2, () => {
      this.#incoming.push(arrive);
      this.pump();
    });
  }

  pump(): void {
    if (!this.page.reaches(this.other.page)) return;
    for (const arrive of this.#incoming.splice(0)) this.page.run(() => this.closed.aborted || arrive());
  }
}
