import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isModerate, isSmall, makeLarge, makeTile, tileOf } from '../../capture/image/tile.js';
import type { SnapItem } from '../../item.js';

/** How a picture is made, and what was made. */
interface Making {
  readonly gone: AbortController;
  /** Null until it is there, and for what this browser shows nothing of. */
  picture: Blob | null;
}

/**
 * What a trail shows of its photos: small ones, and some larger ones alone, as they are; of others
 * a smaller picture, which is made when it is wanted and is its turn. What a rendering did not ask
 * for again leaves the line.
 */
export class TrailPictures implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #tiles = new Map<SnapItem, Making>();
  readonly #large = new Map<SnapItem, Making>();
  readonly #asked = new Set<Making>();
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
    return (known === undefined ? this.#made(this.#tiles, item, makeTile) : known) ?? item.preview;
  }

  /**
   * The same as large as the window, or what there is of it until that is made. `alone`: it is
   * looked at now.
   */
  large(item: SnapItem, alone: boolean): Blob | null {
    if (isKnown(item) && (isSmall(item) || (alone && isModerate(item)))) return item.file;
    return (alone ? this.#made(this.#large, item, makeLarge) : null) ?? this.tile(item);
  }

  /** Whether it has shown that this browser shows nothing of `item`. */
  fails({ file }: SnapItem): boolean {
    return tileOf(file) === null;
  }

  hostUpdate(): void {
    this.#asked.clear();
  }

  hostUpdated(): void {
    for (const pictures of [this.#tiles, this.#large])
      for (const [item, making] of pictures) {
        if (this.#asked.has(making)) continue;
        making.gone.abort();
        pictures.delete(item);
      }
  }

  #made(pictures: Map<SnapItem, Making>, item: SnapItem, make: typeof makeTile): Blob | null {
    let making = pictures.get(item);
    if (!making) {
      making = { gone: new AbortController(), picture: null };
      pictures.set(item, making);
      void this.#make(making, item, make);
    }
    this.#asked.add(making);
    return making.picture;
  }

  async #make(making: Making, item: SnapItem, make: typeof makeTile): Promise<void> {
    const { signal } = making.gone;
    try {
      // A queue beside that of what arrives: of one member, too, what is new does not wait for what
      // stands there already.
      making.picture = await make(item.file, { queue: `shown ${item.from?.id ?? ''}`, signal });
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
