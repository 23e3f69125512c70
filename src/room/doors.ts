import type { SnapError } from '../errors.js';
import type { Claim, ClaimError, Connection, Signalling } from '../peer/channel.js';
import { backoff } from '../timing/backoff.js';
import { after, pause, type Clock } from '../timing/clock.js';
import { Door } from './door.js';
import { doorId } from './keys.js';
import { DOORS } from './messages.js';
import { KEPT, serverTrouble } from './registration.js';

/**
 * The best placed member takes a vacant door at once, the next one this much later, in ms: time to
 * hear that it is taken.
 */
const RANK_DELAY = 700;
/** At most this much at random on top, in ms, for those who see the ranks differently. */
const RANK_JITTER = 300;
/**
 * How long the news takes that a fellow member was quicker. Before that, a door that is taken is
 * not worth a connection. In ms.
 */
const GOSSIP_DELAY = 300;
/**
 * How long a newcomer waits at one door before it tries the next, too: the holder's tab may sleep.
 * In ms.
 */
const NEXT_DOOR_DELAY = 1_500;
/**
 * Waits before a door is tried again that somebody holds whom we do not reach, asleep or of another
 * part of the room, in ms.
 */
const RETRY = { first: 1_500, most: 10_000, hopeless: 30_000 };
/**
 * Waits before a door is tried again that the server has no place for, though it has one for us, in
 * ms.
 */
const NO_PLACE = { first: 1_000, most: 5_000 };

/** What {@link Doors} asks of its room. */
export interface DoorsHost {
  /** Whether we are in the room already. */
  inside(): boolean;
  /**
   * Whether the server knows us as a member. While it does not, nothing is tried: it is out of
   * reach for doors, too.
   */
  online(): boolean;
  /** How many doors shall be kept, from the first on. */
  duty(): number;
  /** Whether a member that we are connected to holds the door. */
  heldByOther(door: number): boolean;
  /** Our place, from 0, among those who may take a vacant door. */
  rank(): number;
  /** Dials the door. Resolves to whether somebody answered who belongs to the room. */
  knock(doorId: string): Promise<boolean>;
  onconnection(connection: Connection): void;
  /** Somebody has dialled a door of ours in vain. */
  onunreachable(peerId: string, error: SnapError): void;
  /** The server knows us, and does not let us have a door. */
  ontrouble(error: SnapError): void;
  /** We hold a door now. */
  onheld(doorId: string): void;
  /** The held doors have changed. */
  onchange(): void;
}

/**
 * The doors of a room: ids that every member can derive, so that a newcomer knows where to knock.
 * An id at a PeerServer is a lock: who claims it holds the door, who finds it taken has found
 * somebody. A door only introduces: nothing else depends on who holds it.
 *
 * Everybody looks after the first doors, as many as there are members, up to {@link DOORS}: the
 * doors that no member holds are claimed, and where they are taken all the same, whoever holds them
 * is made acquaintance with. That alone heals a room that fell into parts.
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

  /** Numbers of the doors that we hold. */
  get held(): number[] {
    return this.#doors.filter(({ held }) => held).map(({ number }) => number);
  }

  /** Tries the first door now: it is free, or somebody opens; if neither, the next. */
  enter(): void {
    void this.#doors[0]!.visit();
  }

  /**
   * Looks after the doors that should be kept and are not. Call it when members, what they hold, or
   * `online` have changed.
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

  /** Asks whether the server still knows the doors as ours, and tries vacant ones now. */
  checkNow(): void {
    for (const door of this.#doors) {
      door.claim?.check();
      if (door.waits) door.schedule(this.#turn());
    }
  }

  /** Gives all doors back and closes connections that have come through them. Synchronous. */
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
    // The server is out of reach, or full, for the member as well: as soon as it is not, the door
    // is tried again.
    if (!taken && !this.#host.online()) return;
    if (!taken) this.#host.ontrouble(serverTrouble(error.reason, error));
    // A full server has no place for the door, but it lets us knock.
    const worthKnocking = taken || (error.reason === 'server-full' && !this.#host.inside());
    if (worthKnocking) this.#tryNextAfter(door);
    const found = worthKnocking && ((await this.#hearsOf(door)) || (await this.#host.knock(door.id)));
    if (found) door.attempts = 0;
    else door.schedule(backoff(++door.attempts, taken ? RETRY : NO_PLACE, this.#clock.random()));
  }

  /** Whether a door that is taken turns out to be a fellow member's. */
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
   * A door that was lost is as vacant for us as for anybody else. One that was lost as soon as it
   * was held was held in vain.
   */
  #lose(door: Door): void {
    this.#giveBack(door);
    if (this.#clock.now() - door.heldSince >= KEPT) door.attempts = 0;
    else if (this.#isVacant(door)) door.schedule(backoff(++door.attempts, NO_PLACE, this.#clock.random()));
    this.review();
  }

  /**
   * Gives back a door that the room is too small for: we took it on our way in, or others have
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

  /** When it is our turn to try a vacant door, in ms from now. */
  #turn(): number {
    return this.#host.rank() * RANK_DELAY + this.#clock.random() * RANK_JITTER;
  }
}
