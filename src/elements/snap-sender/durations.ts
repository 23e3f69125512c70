import type { ReactiveControllerHost } from 'lit';
import type { SnapItem } from '../../item.js';
import { holdUrl, releaseUrl } from '../../object-url.js';
import { SerialQueue } from '../../timing/serial.js';
import { withTimeout } from '../../timing/abortable.js';

/** In ms: a player that has said nothing by then says nothing. */
const TIMEOUT = 4000;

/** One player at a time, for all elements: browsers limit their number. */
const players = new SerialQueue();
/** In seconds; null: unknown, or still being found out. */
const known = new WeakMap<File, number | null>();

/** How long clips and sounds are, as their players say. */
export class Durations {
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** In seconds; null while it is unknown. The host is updated once it is known. */
  of({ kind, file }: SnapItem): number | null {
    if (kind !== 'video' && kind !== 'audio') return null;
    const duration = known.get(file);
    if (duration !== undefined) return duration;
    known.set(file, null);
    void players.run(async () => {
      known.set(file, await measure(file, kind));
      this.#host.requestUpdate();
    });
    return null;
  }
}

async function measure(file: File, kind: 'video' | 'audio'): Promise<number | null> {
  const player = document.createElement(kind);
  player.preload = 'metadata';
  const told = new Promise<number | null>((resolve) => {
    player.addEventListener('loadedmetadata', () => resolve(player.duration), { once: true });
    player.addEventListener('error', () => resolve(null), { once: true });
  });
  player.src = holdUrl(file);
  try {
    const duration = await withTimeout(told, TIMEOUT, null);
    // Some recordings do not say how long they are: their length is infinite.
    return duration !== null && Number.isFinite(duration) ? duration : null;
  } finally {
    // Frees the player; without a source it would load the page itself.
    player.removeAttribute('src');
    player.load();
    releaseUrl(file);
  }
}
