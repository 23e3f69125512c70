import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isModerate, isSmall, makeLarge, makeTile, tileOf } from '../../capture/image/tile.js';
import type { SnapItem } from '../../item.js';

/** How a picture is made, and what was made. */
interface Rendition {
  readonly controller: AbortController;
  /** Null until it is there, and for what this browser shows nothing of. */
  blob: Blob | null;
}

/**
 * What a trail shows of its photos: small ones, and some larger ones alone, as they are; of others
 * a smaller picture, which is made when it is wanted and is its turn. What a rendering did not ask
 * for again leaves the line.
 */
export class TrailTiles implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #tiles = new Map<SnapItem, Rendition>();
  readonly #large = new Map<SnapItem, Rendition>();
  readonly #asked = new Set<Rendition>();
  readonly #turned: (item: SnapItem) => void;

  /** `turned` is called when it shows that nothing can be shown of an item. */
  constructor(host: ReactiveControllerHost, turned: (item: SnapItem) => void = () => undefined) {
    this.#host = host;
    this.#turned = turned;
    host.addController(this);
  }

  /** Of `item`, a photo, as a tile. Null where there is nothing to show, or not yet. */
  tile(item: SnapItem): Blob | null {
    if (isKnown(item) && isSmall(item)) return item.file;
    const known = tileOf(item.file);
    return (known === undefined ? this.#rendered(this.#tiles, item, makeTile) : known) ?? item.preview;
  }

  /**
   * The same as large as the window, or what there is of it until that is made. `alone`: it is
   * looked at now.
   */
  large(item: SnapItem, alone: boolean): Blob | null {
    if (isKnown(item) && (isSmall(item) || (alone && isModerate(item)))) return item.file;
    return (alone ? this.#rendered(this.#large, item, makeLarge) : null) ?? this.tile(item);
  }

  /** Whether it has shown that this browser shows nothing of `item`. */
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
      // A queue beside that of what arrives: of one member, too, what is new does not wait for what
      // stands there already.
      rendition.blob = await make(item.file, { queue: `shown ${item.from?.id ?? ''}`, signal });
    } catch {
      // Nobody wants it any more; or it takes too long, and what there is of it stays.
      return;
    }
    if (signal.aborted) return;
    if (this.fails(item)) this.#turned(item);
    this.#host.requestUpdate();
  }
}

/** What is believed to be a photo has no size. */
function isKnown({ width, height }: SnapItem): boolean {
  return width * height > 0;
}
