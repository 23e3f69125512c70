import type { Clock } from './clock.js';
import { isDoorId } from './keys.js';
import type { Link } from './link.js';

/** How long somebody who has broken a rule is left alone, in ms. */
const FIRST = 60_000;
/** Doubling with each offence up to this, in ms. */
const MOST = 600_000;
/** Whom we remember, at most: whoever makes up ids shall not fill our memory. */
const REMEMBERED = 100;

/** Members that broke a rule of the protocol. They are neither dialled nor let in for a while: they would do it again. */
export class Penalties {
  readonly #clock: Clock;
  readonly #offenders = new Map<string, { until: number; offences: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whoever is at the other end of `link` has broken a rule. */
  punish({ hello, connection }: Link): void {
    if (hello) this.#offend(hello.id);
    // Whoever holds a door next is somebody else.
    else if (!isDoorId(connection.remoteId)) this.#offend(connection.remoteId);
  }

  /** `id` is a `tabId` or a PeerJS id. */
  bars(id: string): boolean {
    return this.#clock.now() < (this.#offenders.get(id)?.until ?? -Infinity);
  }

  #offend(id: string): void {
    const offences = (this.#offenders.get(id)?.offences ?? 0) + 1;
    const until = this.#clock.now() + Math.min(FIRST * 2 ** (offences - 1), MOST);
    // The latest goes to the end, so that the one forgotten is the one not heard of for longest.
    this.#offenders.delete(id);
    this.#offenders.set(id, { until, offences });
    if (this.#offenders.size > REMEMBERED) this.#offenders.delete(this.#offenders.keys().next().value!);
  }
}
