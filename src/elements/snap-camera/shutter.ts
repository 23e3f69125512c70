import { itemFromFile } from '../../capture/item-from-file.js';
import { countDown } from '../../capture/camera/countdown.js';
import { takePhoto } from '../../capture/camera/photo.js';
import type { PhotoOptions } from '../../capture/camera/photo.js';
import { startRecording } from '../../capture/camera/recorder.js';
import type { Recording } from '../../capture/camera/recorder.js';
import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';
import type { SnapItem } from '../../item.js';
import { SerialQueue } from '../../timing/serial.js';

/** How an item came about. */
export type CaptureSource = 'photo' | 'recording' | 'file';

/** What a shutter tells its element. */
export interface ShutterHost {
  /** Seconds left. */
  counted(left: number): void;
  /** The frame has been taken; the photo is still being made. */
  exposed(): void;
  /** In the order in which it was asked for. */
  taken(item: SnapItem, source: CaptureSource): void;
  failed(error: SnapError): void;
  /** `count` or `recorded` has changed. */
  changed(): void;
}

/**
 * Takes photos, clips, sounds and chosen files, however many at once, and hands them over in order.
 */
export class Shutter {
  readonly #host: ShutterHost;
  readonly #queue = new SerialQueue();
  #count = 0;
  #counting: Promise<void> | null = null;
  #cancelled = new AbortController();
  #recording: Recording | null = null;
  #recorded: Promise<SnapItem> | null = null;
  /** By `performance.now()`; in the future until it has begun. */
  #recordingSince = 0;

  constructor(host: ShutterHost) {
    this.#host = host;
  }

  /** Seconds left of a countdown; 0 for none. */
  get count(): number {
    return this.#count;
  }

  /** Seconds recorded so far; null while nothing is recorded. */
  get recorded(): number | null {
    return this.#recording && Math.max(0, performance.now() - this.#recordingSince) / 1000;
  }

  /** Takes a photo as soon as the camera is `ready` and `countdown` seconds are over. */
  photo(ready: Promise<HTMLVideoElement>, countdown: number, options: PhotoOptions): Promise<SnapItem> {
    return this.#enqueue('photo', this.#photo(ready, countdown, options));
  }

  /** Takes a file that was chosen in place of a photo. */
  file(file: File): Promise<SnapItem> {
    return this.#enqueue('file', this.#reported(itemFromFile(file), 'source-unreadable'));
  }

  /** Begins to record, unless it does already; resolves once it does. */
  async record(video: HTMLVideoElement, kind: 'video' | 'audio', maxDuration: number): Promise<void> {
    if (this.#recording) return;
    try {
      this.#recording = startRecording(video, kind, maxDuration);
    } catch (thrown) {
      this.#host.failed(SnapError.from(thrown, 'recording-failed'));
      throw thrown;
    }
    const { started, finished, broken } = this.#recording;
    this.#recordingSince = Infinity;
    const ticking = setInterval(() => this.#host.changed(), 1000);
    const over = finished.finally(() => {
      clearInterval(ticking);
      this.#recording = null;
      this.#host.changed();
    });
    // In line from its end on: photos taken meanwhile do not wait for it.
    this.#recorded = this.#reported(over, 'recording-failed').then(async (item) => {
      const handed = await this.#enqueue('recording', Promise.resolve(item));
      // What there is of it is here; that it is not all of it is said as well.
      const error = await broken;
      if (error) this.#host.failed(error);
      return handed;
    });
    this.#recorded.catch(() => undefined);
    this.#host.changed();
    await started;
    this.#recordingSince = performance.now();
  }

  /**
   * Resolves with what was recorded, once it has been handed over; with null when nothing is being
   * recorded.
   */
  async stopRecording(): Promise<SnapItem | null> {
    if (!this.#recording) return null;
    this.#recording.stop();
    return this.#recorded;
  }

  /** Ends a countdown. The photos that waited for it reject with `camera-not-ready`. */
  cancel(): void {
    this.#cancelled.abort(new SnapError('camera-not-ready', { detail: 'the countdown was cancelled' }));
    this.#cancelled = new AbortController();
  }

  async #photo(
    ready: Promise<HTMLVideoElement>,
    countdown: number,
    options: PhotoOptions,
  ): Promise<SnapItem> {
    const video = await ready;
    if (countdown > 0) await (this.#counting ??= this.#countDown(countdown));
    const photo = takePhoto(video, options);
    this.#host.exposed();
    return this.#reported(photo, 'capture-failed');
  }

  /** One for all photos that are asked for while it runs. */
  async #countDown(seconds: number): Promise<void> {
    const tick = (left: number): void => {
      this.#count = left;
      this.#host.changed();
      if (left > 0) this.#host.counted(left);
    };
    try {
      await countDown(seconds, tick, this.#cancelled.signal);
    } finally {
      this.#counting = null;
      tick(0);
    }
  }

  async #reported(made: Promise<SnapItem>, code: SnapErrorCode): Promise<SnapItem> {
    try {
      return await made;
    } catch (thrown) {
      const error = SnapError.from(thrown, code);
      this.#host.failed(error);
      throw error;
    }
  }

  /**
   * Hands over what is `made` after everything that was asked for before. Whoever asked may leave
   * the promise alone: the failure was told.
   */
  #enqueue(source: CaptureSource, made: Promise<SnapItem>): Promise<SnapItem> {
    made.catch(() => undefined);
    return this.#queue.run(async () => {
      const item = await made;
      this.#host.taken(item, source);
      return item;
    });
  }
}
