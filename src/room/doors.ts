import type { SnapError } from '../errors.js';
import type { Claim, ClaimError, Connection, Signalling } from '../peer/channel.js';
import { backoff } from '../timing/backoff.js';
import { after, pause, type Clock } from '../timing/clock.js';
import { Door } from './door.js';
import { doorId } from './keys.js';
import { DOORS } from './messages.js';
import { KEPT, serverTrouble } from './registration.js';

/**
 * The first member in rank claims a vacant door at once, each further one this much later, in ms:
 * enough time to hear that the door is taken.
 */
const RANK_DELAY = 700;
/** Random extra delay, in ms at most, for members that compute different ranks. */
const RANK_JITTER = 300;
/**
 * How long it takes to hear that another member claimed the door first, in ms. Until then a taken
 * door is not worth a connection.
 */
const GOSSIP_DELAY = 300;
/**
 * How long a newcomer waits at one door before it also tries the next, in ms: the holder's tab may
 * be asleep.
 */
const NEXT_DOOR_DELAY = 1_500;
/**
 * Waits before we revisit a door whose holder we cannot reach, in ms: the holder is asleep, or in
 * another part of a room that has split.
 */
const RETRY = { first: 1_500, most: 10_000, hopeless: 30_000 };
/**
 * Waits before we revisit a door for which the server has no place, though it has one for us. In
 * ms.
 */
const NO_PLACE = { first: 1_000, most: 5_000 };

/** What {@link Doors} needs from its room. */
export interface DoorsHost {
  /** Whether we have entered the room. */
  inside(): boolean;
  /**
   * Whether the server knows us as a member. Until it does, we visit no doors: the server is out of
   * reach for those, too.
   */
  online(): boolean;
  /** How many doors should be held, counted from the first. */
  duty(): number;
  /** Whether a member that we are connected to holds the door. */
  heldByOther(door: number): boolean;
  /** Our position, from 0, among the members that may claim a vacant door. */
  rank(): number;
  /** Dials the door. Resolves to whether a member of the room answered. */
  knock(doorId: string): Promise<boolean>;
  onconnection(connection: Connection): void;
  /** A peer dialled one of our doors, and no path was found. */
  onunreachable(peerId: string, error: SnapError): void;
  /** The server knows us, but does not let us claim a door. */
  ontrouble(error: SnapError): void;
  /** We hold a door now. */
  onheld(doorId: string): void;
  /** The set of doors that we hold has changed. */
  onchange(): void;
}

/**
 * The doors of a room: PeerJS ids that every member can derive from the code, so that a newcomer
 * knows where to knock. An id at a PeerServer works as a lock: whoever claims it holds the door,
 * and whoever finds it taken has found somebody. A door only introduces; nothing else depends on
 * who holds it.
 *
 * All members look after the first doors, as many as there are members, up to {@link DOORS}. They
 * claim the doors that no member holds. If such a door turns out to be taken, they knock and get to
 * know its holder. That alone heals a room that has split.
 */
export class Doors {
  readonly #doors: readonly Door[];
  readonly #host: DoorsHost;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #signalling: Signalling;

  constructor(
    context: { signalling: Signalling; tag: string; clock: Clock; signal: AbortSignal },
    host: DoorsHost,
  ) {
    this.#signalling = context.signalling;
    this.#clock = context.clock;
    this.#signal = context.signal;
    this.#host = host;
    this.#doors = Array.from({ length: DOORS }, (_, number) => {
      const identity = { number, id: doorId(context.tag, number) };
      return new Door(identity, context, {
        onvisit: (door) => this.#visit(door),
        onvisited: () => this.review(),
      });
    });
  }

  /** The numbers of the doors that we hold. */
  get held(): number[] {
    return this.#doors.filter(({ held }) => held).map(({ number }) => number);
  }

  /**
   * Visits the first door now: we claim it, or its holder lets us in. If neither happens soon, the
   * next door follows.
   */
  enter(): void {
    void this.#doors[0]!.visit();
  }

  /**
   * Visits doors that should be held and are not, and gives up surplus ones. Call it when the
   * members, their doors, or `online` have changed.
   */
  review(): void {
    if (this.#signal.aborted) return;
    for (const door of this.#doors) {
      if (door.held) continue;
      if (!this.#isVacant(door)) door.forget();
      else if (!door.visiting && !door.waits) door.schedule(this.#turn());
    }
    this.#shed();
  }

  /** Asks the server whether it still knows our doors as ours, and visits vacant doors now. */
  checkNow(): void {
    for (const door of this.#doors) {
      door.claim?.check();
      if (door.waits) door.schedule(this.#turn());
    }
  }

  /** Releases all doors and closes the connections that came through them. Synchronous. */
  close(): void {
    for (const door of this.#doors) door.claim?.close();
  }

  async #visit(door: Door): Promise<void> {
    try {
      this.#hold(door, await this.#signalling.claim(door.id, { signal: this.#signal }));
    } catch (error) {
      if (!this.#signal.aborted) await this.#notHad(door, error as ClaimError);
    }
  }

  async #notHad(door: Door, error: ClaimError): Promise<void> {
    const taken = error.reason === 'id-taken';
    // When the server is out of reach or full for the member as well, `review` runs again as soon
    // as that changes.
    if (!taken && !this.#host.online()) return;
    if (!taken) this.#host.ontrouble(serverTrouble(error.reason, error));
    // A full server has no place for the door, but it lets us knock.
    const worthKnocking = taken || (error.reason === 'server-full' && !this.#host.inside());
    if (worthKnocking) this.#tryNextAfter(door);
    const found = worthKnocking && ((await this.#hearsOf(door)) || (await this.#host.knock(door.id)));
    if (found) door.attempts = 0;
    else door.schedule(backoff(++door.attempts, taken ? RETRY : NO_PLACE, this.#clock.random()));
  }

  /** Whether we hear that a member of our room holds the taken door. */
  async #hearsOf(door: Door): Promise<boolean> {
    if (!this.#host.inside()) return false;
    await pause(this.#clock, GOSSIP_DELAY, this.#signal);
    return !this.#isVacant(door);
  }

  #tryNextAfter({ number }: Door): void {
    const next = this.#doors[number + 1];
    if (!next || this.#host.inside()) return;
    after(this.#clock, NEXT_DOOR_DELAY, this.#signal, () => {
      if (!this.#host.inside()) void next.visit();
    });
  }

  #hold(door: Door, claim: Claim): void {
    if (this.#signal.aborted) {
      claim.close();
      return;
    }
    door.claim = claim;
    door.heldSince = this.#clock.now();
    claim.onconnection = (connection) => this.#host.onconnection(connection);
    claim.onunreachable = (id, error) => this.#host.onunreachable(id, error);
    claim.onlost = () => this.#lose(door);
    claim.ononline = (online) => online || this.#lose(door);
    this.#host.onheld(door.id);
    this.#host.onchange();
  }

  /**
   * A door that we lost is as vacant for us as for anybody else. If we lost it right after we
   * claimed it, the claim counts as failed.
   */
  #lose(door: Door): void {
    this.#giveBack(door);
    if (this.#clock.now() - door.heldSince >= KEPT) door.attempts = 0;
    else if (this.#isVacant(door)) door.schedule(backoff(++door.attempts, NO_PLACE, this.#clock.random()));
    this.review();
  }

  /**
   * Releases doors that the room is too small for: we claimed them on our way in, or members have
   * left.
   */
  #shed(): void {
    const duty = this.#host.duty();
    const onDuty = this.#doors.slice(0, duty);
    if (!onDuty.every((door) => door.held || this.#host.heldByOther(door.number))) return;
    for (const door of this.#doors.slice(duty)) {
      if (door.held) this.#giveBack(door);
    }
  }

  #giveBack(door: Door): void {
    door.claim?.release();
    door.claim = null;
    this.#host.onchange();
  }

  #isVacant({ number, held }: Door): boolean {
    const host = this.#host;
    return host.online() && number < host.duty() && !held && !host.heldByOther(number);
  }

  /** How long until it is our turn to visit a vacant door, in ms. */
  #turn(): number {
    return this.#host.rank() * RANK_DELAY + this.#clock.random() * RANK_JITTER;
  }
}
