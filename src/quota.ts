import { SnapError } from './errors.js';

/** In bytes: storage left free for the page's own data and for the browser. */
export const MARGIN = 67_108_864;

/**
 * In bytes: reserved by writers of this page but not yet written, so the browser's estimate does
 * not include it.
 */
let reserved = 0;

/**
 * Reserves storage in the origin's quota, so that two writers of this page do not count on the same
 * free bytes.
 */
export class Reservation {
  #left: number;

  private constructor(bytes: number) {
    this.#left = bytes;
    reserved += bytes;
  }

  /**
   * Reserves `bytes` bytes. Rejects with `storage-full` unless the origin's quota has them and
   * {@link MARGIN} free.
   */
  static async of(bytes: number): Promise<Reservation> {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    const free = quota - usage - reserved;
    if (free < bytes + MARGIN)
      throw new SnapError('storage-full', { detail: `${bytes} bytes requested, ${free} bytes free` });
    return new Reservation(bytes);
  }

  /** `bytes` bytes were written: from now on the browser's estimate includes them. */
  use(bytes: number): void {
    const used = Math.min(bytes, this.#left);
    this.#left -= used;
    reserved -= used;
  }

  /** Returns what was not used. Call it when nothing more will be written. */
  end(): void {
    this.use(this.#left);
  }
}
