import { exponential } from '../timing/backoff.js';
import type { Clock } from '../timing/clock.js';
import { isDoorId } from './keys.js';
import type { PeerSession } from './peer-session.js';

/** How long a peer that broke a rule is barred, in ms; doubles with each offence. */
const BAR = { first: 60_000, most: 600_000 };
/** Whom we remember, at most: whoever makes up ids shall not fill our memory. */
const REMEMBERED = 100;
/** Members that are not newcomers any more, at most: more than ever come to one room. */
const WELCOMED = 1_000;
/**
 * So many offences within {@link WINDOW} are too many, whoever they were: somebody comes again and
 * again under new ids.
 */
const TOO_MANY = 20;
/** In ms. */
const WINDOW = 300_000;

/**
 * Members that broke a rule of the protocol. They are neither dialled nor let in for a while: they
 * would do it again.
 *
 * A penalty falls on what somebody has proven: its `tabId`, by its signature, or before that the
 * PeerJS id that the server has let it in with. Both are quickly made anew, so there is a bound
 * over all as well: it keeps newcomers out for a while, and nobody who has been here and has broken
 * no rule.
 */
export class Penalties {
  readonly #clock: Clock;
  readonly #offenders = new Map<string, { until: number; offences: number }>();
  readonly #welcomed = new Set<string>();
  /** When the latest offences were, by the clock. */
  readonly #times: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whoever is at the other end of `session` has broken a rule. */
  punish({ hello, connection }: PeerSession): void {
    this.#times.push(this.#clock.now());
    if (this.#times.length > TOO_MANY) this.#times.shift();
    if (hello) this.#offend(hello.id);
    // Whoever holds a door next is somebody else.
    else if (!isDoorId(connection.remoteId)) this.#offend(connection.remoteId);
  }

  /** The member `id` has been let in. */
  welcome(id: string): void {
    remember(this.#welcomed, id, WELCOMED);
  }

  /** `id` is a `tabId` that was proven, or a PeerJS id. */
  bars(id: string): boolean {
    return this.#clock.now() < (this.#offenders.get(id)?.until ?? -Infinity);
  }

  /**
   * Whether the member `id` has to wait because it is new here, and too many of those have broken
   * rules.
   */
  barsNewcomer(id: string): boolean {
    const isTooMany = this.#times.length >= TOO_MANY && this.#clock.now() - this.#times[0]! < WINDOW;
    return isTooMany && !this.#welcomed.has(id);
  }

  #offend(id: string): void {
    const offences = (this.#offenders.get(id)?.offences ?? 0) + 1;
    const until = this.#clock.now() + exponential(offences, BAR);
    this.#welcomed.delete(id);
    // The latest goes to the end, so that the one forgotten is the one not heard of for longest.
    this.#offenders.delete(id);
    this.#offenders.set(id, { until, offences });
    if (this.#offenders.size > REMEMBERED) this.#offenders.delete(this.#offenders.keys().next().value!);
  }
}

/** The latest goes to the end, and the first is forgotten. */
function remember(ids: Set<string>, id: string, most: number): void {
  ids.delete(id);
  ids.add(id);
  if (ids.size > most) ids.delete(ids.values().next().value!);
}
