import { itemFromFile } from '../../capture/item-from-file.js';
import { countDown } from '../../capture/camera/countdown.js';
import { takePhoto } from '../../capture/camera/photo.js';
import type { PhotoOptions } from '../../capture/camera/photo.js';
import { LevelMeter } from '../../capture/camera/level.js';
import { startRecording } from '../../capture/camera/recorder.js';
import type { Recording, RecordingLimits } from '../../capture/camera/recorder.js';
import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';
import type { SnapItem } from '../../item.js';
import { SerialQueue } from '../../timing/serial.js';

/** How an item was captured. */
export type CaptureSource = 'photo' | 'recording' | 'file';

/** What a shutter reports to its element. */
export interface ShutterHost {
  /** Called once a second with the seconds left. */
  counted(left: number): void;
  /** Called when the frame was grabbed; the photo is still being encoded. */
  exposed(): void;
  /** Called in the order in which the captures were requested. */
  taken(item: SnapItem, source: CaptureSource): void;
  failed(error: SnapError): void;
  /** `count` or `recorded` has changed. */
  changed(): void;
}

/**
 * Takes photos, makes recordings and reads chosen files, any number at once, and delivers them in
 * the order in which they were requested.
 */
export class Shutter {
  readonly #host: ShutterHost;
  readonly #queue = new SerialQueue();
  #count = 0;
  #counting: Promise<void> | null = null;
  #cancelled = new AbortController();
  #recording: Recording | null = null;
  #recorded: Promise<SnapItem> | null = null;
  #stream: MediaStream | null = null;
  #meter: LevelMeter | null = null;

  constructor(host: ShutterHost) {
    this.#host = host;
  }

  /** Seconds left of the countdown; 0 if there is none. */
  get count(): number {
    return this.#count;
  }

  /** Seconds recorded so far, without pauses; null if nothing is being recorded. */
  get recorded(): number | null {
    return this.#recording && this.#recording.elapsed / 1000;
  }

  /** Whether a recording is running but paused. */
  get paused(): boolean {
    return this.#recording?.paused ?? false;
  }

  /**
   * How loud the open stream is at this moment, from 0 to 1; 0 if it has no sound. Read it as often
   * as it is shown.
   */
  get level(): number {
    if (this.#stream) this.#meter ??= LevelMeter.of(this.#stream);
    return this.#meter?.level ?? 0;
  }

  /** Measures the `level` of this stream from now on. */
  listen(stream: MediaStream | null): void {
    if (stream === this.#stream) return;
    this.#meter?.close();
    this.#meter = null;
    this.#stream = stream;
  }

  /** Takes a photo once the camera is `ready` and the countdown is over. */
  photo(ready: Promise<HTMLVideoElement>, countdown: number, options: PhotoOptions): Promise<SnapItem> {
    return this.#enqueue('photo', this.#photo(ready, countdown, options));
  }

  /** Takes a file that was chosen instead of a photo. */
  file(file: File): Promise<SnapItem> {
    return this.#enqueue('file', this.#reported(itemFromFile(file), 'source-unreadable'));
  }

  /** Starts recording unless a recording is running; resolves once it has started. */
  async record(video: HTMLVideoElement, kind: 'video' | 'audio', limits: RecordingLimits): Promise<void> {
    if (this.#recording) return;
    try {
      this.#recording = startRecording(video, kind, limits);
    } catch (thrown) {
      this.#host.failed(SnapError.from(thrown, 'recording-failed'));
      throw thrown;
    }
    const { started, finished, broken } = this.#recording;
    const ticking = setInterval(() => this.#host.changed(), 1000);
    const over = finished.finally(() => {
      clearInterval(ticking);
      this.#recording = null;
      this.#host.changed();
    });
    // Queued only when it ends, so that photos taken meanwhile do not wait for it.
    this.#recorded = this.#reported(over, 'recording-failed').then(async (item) => {
      const handed = await this.#enqueue('recording', Promise.resolve(item));
      // The recording is incomplete: deliver what there is, and report that as well.
      const error = await broken;
      if (error) this.#host.failed(error);
      return handed;
    });
    this.#recorded.catch(() => undefined);
    this.#host.changed();
    await started;
  }

  /** Pauses the recording; what follows is recorded once it is resumed. */
  pauseRecording(): void {
    this.#recording?.pause();
    this.#host.changed();
  }

  resumeRecording(): void {
    this.#recording?.resume();
    this.#host.changed();
  }

  /** Resolves with the recording once it was delivered; with null if nothing is being recorded. */
  async stopRecording(): Promise<SnapItem | null> {
    if (!this.#recording) return null;
    this.#recording.stop();
    return this.#recorded;
  }

  /** Cancels the countdown. The photos waiting for it reject with `camera-not-ready`. */
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

  /** Photos requested while a countdown is running share it. */
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
   * Delivers `made` after everything requested before. Callers may ignore the promise: a failure
   * has been reported.
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
