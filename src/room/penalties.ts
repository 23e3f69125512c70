import { exponential } from '../timing/backoff.js';
import type { Clock } from '../timing/clock.js';
import { isDoorId } from './keys.js';
import type { PeerSession } from './peer-session.js';

/** How long a peer is barred after it broke a rule, in ms; doubles with each offence. */
const BAR = { first: 60_000, most: 600_000 };
/** The most offenders that we remember, so that made-up ids cannot fill our memory. */
const REMEMBERED = 100;
/** The most ids that we remember as admitted before: more than will ever join one room. */
const WELCOMED = 1_000;
/**
 * After this many offences within {@link WINDOW}, whoever committed them, somebody seems to return
 * under new ids.
 */
const TOO_MANY = 20;
/** In ms. */
const WINDOW = 300_000;

/**
 * Bars peers that broke a rule of the protocol: for a while we neither dial nor admit them, since
 * they would do it again.
 *
 * A penalty applies to what the peer has proven: its `tabId`, by its signature; or, before that,
 * the PeerJS id that the server let it have. Both are easy to replace, so there is also a limit on
 * all offences together. Once it is exceeded, newcomers are barred for a while, but no member that
 * has been here and broken no rule.
 */
export class Penalties {
  readonly #clock: Clock;
  readonly #offenders = new Map<string, { until: number; offences: number }>();
  readonly #welcomed = new Set<string>();
  /** When the latest offences happened, by the clock. */
  readonly #times: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The peer at the other end has broken a rule. */
  punish({ hello, connection }: PeerSession): void {
    this.#times.push(this.#clock.now());
    if (this.#times.length > TOO_MANY) this.#times.shift();
    if (hello) this.#offend(hello.id);
    // The next holder of a door is somebody else.
    else if (!isDoorId(connection.remoteId)) this.#offend(connection.remoteId);
  }

  /** The member `id` has been admitted. */
  welcome(id: string): void {
    remember(this.#welcomed, id, WELCOMED);
  }

  /** Whether the peer is barred. `id` is a proven `tabId` or a PeerJS id. */
  bars(id: string): boolean {
    return this.#clock.now() < (this.#offenders.get(id)?.until ?? -Infinity);
  }

  /**
   * Whether the member `id` is barred as a newcomer, because too many rules were broken recently.
   */
  barsNewcomer(id: string): boolean {
    const isTooMany = this.#times.length >= TOO_MANY && this.#clock.now() - this.#times[0]! < WINDOW;
    return isTooMany && !this.#welcomed.has(id);
  }

  #offend(id: string): void {
    const offences = (this.#offenders.get(id)?.offences ?? 0) + 1;
    const until = this.#clock.now() + exponential(offences, BAR);
    this.#welcomed.delete(id);
    // Moves it to the end, so that the entry forgotten first is the oldest.
    this.#offenders.delete(id);
    this.#offenders.set(id, { until, offences });
    if (this.#offenders.size > REMEMBERED) this.#offenders.delete(this.#offenders.keys().next().value!);
  }
}

/** Adds `id` as the newest, and drops the oldest if there are too many. */
function remember(ids: Set<string>, id: string, most: number): void {
  ids.delete(id);
  ids.add(id);
  if (ids.size > most) ids.delete(ids.values().next().value!);
}
