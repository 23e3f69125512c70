import { SnapError } from './errors.js';

/** In bytes: left to the page and to the browser beside what is received. */
export const MARGIN = 67_108_864;

/**
 * In bytes: promised to this page's writers, and not yet written. The browser's estimate does not
 * know of it.
 */
let promised = 0;

/**
 * Room in the origin's storage, which nobody else in this page is promised until it is used or
 * given back.
 */
export class Reservation {
  #left: number;

  private constructor(bytes: number) {
    this.#left = bytes;
    promised += bytes;
  }

  /**
   * For so many bytes. Rejects with `storage-full` when the origin's quota does not leave room for
   * them and {@link MARGIN}.
   */
  static async of(bytes: number): Promise<Reservation> {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    const free = quota - usage - promised;
    if (free < bytes + MARGIN)
      throw new SnapError('storage-full', { detail: `${bytes} bytes are missing, ${free} are free` });
    return new Reservation(bytes);
  }

  /** So many bytes are written: from now on the browser counts them. */
  use(bytes: number): void {
    const used = Math.min(bytes, this.#left);
    this.#left -= used;
    promised -= used;
  }

  /** No more will be written. */
  end(): void {
    this.use(this.#left);
  }
}
