import { permissionFor, whenGranted } from '../capture/permission.js';
import type { CameraWish } from '../capture/camera.js';
import { Viewfinder } from '../capture/viewfinder.js';
import { SnapError } from '../errors.js';

/**
 * ```
 *  idle ──► starting ⇄ asking ──► live ⇄ paused
 *    ▲          └──────────┴────────┴──────┴──► failed ──► starting
 *    └── stop(), from anywhere
 * ```
 *
 * `asking`: the browser is known to be asking the person; a camera that merely starts is never called that, or people look for a question
 * that is not there.
 */
export type CameraPhase = 'idle' | 'asking' | 'starting' | 'live' | 'paused' | 'failed';

/** What a session needs of its element. */
export interface SessionHost {
  /** What to open, by the attributes of now. */
  wish(): CameraWish;
  /** The phase, or the number of cameras, is another. */
  changed(): void;
  /** The camera has failed. False: somebody else says so. */
  failed(error: SnapError): boolean;
}

/** Turning a camera on and off: at most one request to the browser at a time, and no stream that outlives its element. */
export class CameraSession {
  readonly #host: SessionHost;
  #phase: CameraPhase = 'idle';
  #error: SnapError | null = null;
  /** The camera in particular that was switched to, where `facing` does not tell cameras apart. */
  #deviceId: string | undefined;
  /** What was opened, or is being opened. */
  #wish: CameraWish | null = null;
  #starting: Promise<void> | null = null;
  /** Aborted when what is going on now is over: an attempt to start, or waiting for a permission. */
  #current = new AbortController();

  readonly viewfinder: Viewfinder = new Viewfinder({
    paused: () => this.#phase === 'live' && this.#move('paused'),
    resumed: () => this.#phase === 'paused' && this.#move('live'),
    unplugged: () => this.fail(new SnapError('camera-unplugged')),
    devicesChanged: () => this.#host.changed(),
  });

  constructor(host: SessionHost) {
    this.#host = host;
  }

  get phase(): CameraPhase {
    return this.#phase;
  }

  /** Why `phase` is `failed`; else null. */
  get error(): SnapError | null {
    return this.#error;
  }

  /** Resolves when the camera is live; whoever asks while it starts waits for the same start. Rejects with a `SnapError`. */
  start(): Promise<void> {
    if (this.#phase === 'live') return Promise.resolve();
    this.#starting ??= this.#start();
    // The element tells the person; a page that only calls `start()` need not catch.
    this.#starting.catch(() => undefined);
    return this.#starting;
  }

  /** Lets the camera go. A start under way rejects with `camera-not-ready`; a stream that comes too late is stopped. */
  stop(): void {
    this.#end(new SnapError('camera-not-ready', { detail: 'the camera was turned off' }));
    this.#move('idle');
  }

  /** Opens the camera anew, if it is on and was opened for another wish than that of now. */
  async restart(): Promise<void> {
    if (this.#phase === 'idle' || this.#phase === 'failed' || alike(this.#wish, this.#host.wish())) return;
    this.#deviceId = undefined;
    await this.#reopen();
  }

  /** Switches to the camera after this one, where the cameras do not say which way they look. */
  async next(): Promise<void> {
    if (this.viewfinder.cameras.length < 2) return;
    this.#deviceId = this.viewfinder.nextCamera;
    await this.#reopen();
  }

  /** Lets the camera go because of `error`, and tells. */
  fail(error: SnapError): void {
    this.#end(error);
    this.#error = error;
    this.#move(this.#host.failed(error) ? 'failed' : 'idle');
    if (error.code !== 'camera-denied') return;
    void whenGranted(this.#device, () => void this.start(), this.#current.signal);
  }

  async #start(): Promise<void> {
    this.#end(null);
    const { signal } = this.#current;
    let opened = false;
    this.#move('starting');
    void permissionFor(this.#device).then((permission) => {
      if (permission?.state === 'prompt' && !opened && !signal.aborted) this.#move('asking');
    });
    try {
      this.#wish = { ...this.#host.wish(), deviceId: this.#deviceId };
      await this.viewfinder.open(this.#wish, signal, () => {
        opened = true;
        this.#move('starting');
      });
    } catch (thrown) {
      const error = SnapError.from(thrown, 'camera-busy');
      if (!signal.aborted) this.fail(error);
      throw error;
    }
    this.#starting = null;
    this.#move('live');
  }

  #reopen(): Promise<void> {
    this.stop();
    return this.start();
  }

  get #device(): 'camera' | 'microphone' {
    return this.#host.wish().picture ? 'camera' : 'microphone';
  }

  /** Ends whatever is going on. */
  #end(reason: SnapError | null): void {
    this.#current.abort(reason);
    this.#current = new AbortController();
    this.#starting = null;
    this.#error = null;
    this.viewfinder.close();
  }

  #move(phase: CameraPhase): void {
    this.#phase = phase;
    this.#host.changed();
  }
}

function alike(one: CameraWish | null, other: CameraWish): boolean {
  return one?.picture === other.picture && one.sound === other.sound && one.facing === other.facing;
}
