import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isModerate, isSmall, makeLarge, makeTile, tileOf } from '../../capture/image/tile.js';
import type { SnapItem } from '../../item.js';

/** A scaled-down picture, or the work on it. */
interface Rendition {
  readonly controller: AbortController;
  /** Null until it is ready, and for images that this browser cannot decode. */
  blob: Blob | null;
}

/**
 * Provides the pictures that a trail shows of its photos. Small photos are shown as they are,
 * moderate ones only alone in the viewer; others are scaled down when their turn comes. Work that
 * the latest rendering did not ask for is aborted.
 */
export class TrailTiles implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #tiles = new Map<SnapItem, Rendition>();
  readonly #large = new Map<SnapItem, Rendition>();
  readonly #asked = new Set<Rendition>();
  readonly #turned: (item: SnapItem) => void;

  /** `turned` is called when an item turns out to be undecodable. */
  constructor(host: ReactiveControllerHost, turned: (item: SnapItem) => void = () => undefined) {
    this.#host = host;
    this.#turned = turned;
    host.addController(this);
  }

  /** The picture for a photo's tile; null if there is none, or none yet. */
  tile(item: SnapItem): Blob | null {
    if (isKnown(item) && isSmall(item)) return item.file;
    const known = tileOf(item.file);
    return (known === undefined ? this.#rendered(this.#tiles, item, makeTile) : known) ?? item.preview;
  }

  /**
   * The picture for the viewer, or the tile until that is ready. `alone`: it is the slide in view.
   */
  large(item: SnapItem, alone: boolean): Blob | null {
    if (isKnown(item) && (isSmall(item) || (alone && isModerate(item)))) return item.file;
    return (alone ? this.#rendered(this.#large, item, makeLarge) : null) ?? this.tile(item);
  }

  /** Whether `item` has turned out to be undecodable. */
  fails({ file }: SnapItem): boolean {
    return tileOf(file) === null;
  }

  hostUpdate(): void {
    this.#asked.clear();
  }

  hostUpdated(): void {
    for (const renditions of [this.#tiles, this.#large])
      for (const [item, rendition] of renditions) {
        if (this.#asked.has(rendition)) continue;
        rendition.controller.abort();
        renditions.delete(item);
      }
  }

  #rendered(renditions: Map<SnapItem, Rendition>, item: SnapItem, make: typeof makeTile): Blob | null {
    let rendition = renditions.get(item);
    if (!rendition) {
      rendition = { controller: new AbortController(), blob: null };
      renditions.set(item, rendition);
      void this.#make(rendition, item, make);
    }
    this.#asked.add(rendition);
    return rendition.blob;
  }

  async #make(rendition: Rendition, item: SnapItem, make: typeof makeTile): Promise<void> {
    const { signal } = rendition.controller;
    try {
      // Not the queue that scales down arrivals: new photos of a member do not wait for old ones.
      rendition.blob = await make(item.file, { queue: `shown ${item.from?.id ?? ''}`, signal });
    } catch {
      // Aborted, or timed out; the tile stays as it is.
      return;
    }
    if (signal.aborted) return;
    if (this.fails(item)) this.#turned(item);
    this.#host.requestUpdate();
  }
}

/** An item that is only presumed to be a photo has no size. */
function isKnown({ width, height }: SnapItem): boolean {
  return width * height > 0;
}
