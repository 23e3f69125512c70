import { permissionFor, whenGranted } from '../../capture/camera/permission.js';
import type { CameraRequest } from '../../capture/camera/camera.js';
import { Viewfinder } from '../../capture/camera/viewfinder.js';
import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';

/**
 * ```
 *  idle ──► starting ⇄ asking ──► live ⇄ paused
 *    ▲          └──────────┴────────┴──────┴──► failed ──► starting
 *    └── stop(), from anywhere
 * ```
 *
 * `asking`: the browser is known to be asking the person; a camera that merely starts is never
 * called that, or people look for a question that is not there.
 */
export type CameraPhase = 'idle' | 'asking' | 'starting' | 'live' | 'paused' | 'failed';

/** A camera that fails like this when it is switched to is passed over. */
const PASSED_OVER: ReadonlySet<SnapErrorCode> = new Set([
  'camera-busy',
  'camera-missing',
  'camera-unplugged',
] as const);

/** What a session needs of its element. */
export interface SessionHost {
  /** What to open, by the attributes of now. */
  request(): CameraRequest;
  /** The phase, or the number of cameras, is another. */
  changed(): void;
  /** The camera has failed. False: somebody else says so. */
  failed(error: SnapError): boolean;
}

/**
 * Turning a camera on and off: at most one request to the browser at a time, and no stream that
 * outlives its element.
 */
export class CameraSession {
  readonly #host: SessionHost;
  #phase: CameraPhase = 'idle';
  #error: SnapError | null = null;
  /** The camera in particular that was switched to, where `facing` does not tell cameras apart. */
  #deviceId: string | undefined;
  /** What was opened, or is being opened. */
  #request: CameraRequest | null = null;
  #starting: Promise<void> | null = null;
  #switching: Promise<boolean> | null = null;
  /**
   * Aborted when what is going on now is over: an attempt to start, or waiting for a permission.
   */
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

  /** Which way the camera was asked to look that is open, or is being opened. */
  get facing(): 'user' | 'environment' {
    return this.#request?.facing ?? this.#host.request().facing;
  }

  /**
   * Resolves when the camera is live; whoever asks while it starts waits for the same start.
   * Rejects with a `SnapError`.
   */
  start(): Promise<void> {
    if (this.#phase === 'live') return Promise.resolve();
    return (
      this.#starting ??
      this.#run((signal) => this.#open({ ...this.#host.request(), deviceId: this.#deviceId }, signal))
    );
  }

  /**
   * Lets the camera go. A start under way rejects with `camera-not-ready`; a stream that comes too
   * late is stopped.
   */
  stop(): void {
    this.#end(new SnapError('camera-not-ready', { detail: 'the camera was turned off' }));
    this.#move('idle');
  }

  /** Opens the camera anew, if it is on and was opened for another request than that of now. */
  async restart(): Promise<void> {
    if (this.#phase === 'idle' || this.#phase === 'failed' || alike(this.#request, this.#host.request()))
      return;
    this.#deviceId = undefined;
    await this.#run((signal) => this.#open(this.#host.request(), signal));
  }

  /**
   * Switches to the other side of the device where the open camera says which way it looks, else to
   * the next camera; one that does not start is passed over. Resolves with false when none of them
   * does, and the camera that was open is open again. Rejects with a `SnapError` when not even that
   * is.
   */
  switch(): Promise<boolean> {
    this.#switching ??= this.#switch().finally(() => (this.#switching = null));
    return this.#switching;
  }

  /** Whether that is going on. */
  get switching(): boolean {
    return this.#switching !== null;
  }

  /** Lets the camera go because of `error`, and tells. */
  fail(error: SnapError): void {
    this.#end(error);
    this.#error = error;
    this.#move(this.#host.failed(error) ? 'failed' : 'idle');
    if (error.code !== 'camera-denied' && error.code !== 'camera-dismissed') return;
    void whenGranted(this.#device, () => void this.start(), this.#current.signal);
  }

  async #switch(): Promise<boolean> {
    const former = { ...(this.#request ?? this.#host.request()), deviceId: this.viewfinder.deviceId };
    const requests = anotherThan(former, this.viewfinder);
    if (requests.length === 0) return true;
    let another = false;
    await this.#run(async (signal) => {
      another = await this.#openOneOf(requests, former.deviceId, signal);
      if (another) return;
      if (!this.viewfinder.stream) await this.#open(former, signal);
      this.#request = former;
    });
    return another;
  }

  /** Lets go of what is open and opens a camera by `open`, which may try several. */
  #run(open: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#end(new SnapError('camera-not-ready', { detail: 'the camera was started anew' }));
    const { signal } = this.#current;
    this.#move('starting');
    const run = async (): Promise<void> => {
      try {
        await open(signal);
      } catch (thrown) {
        const error = SnapError.from(thrown, 'camera-busy');
        if (!signal.aborted) this.fail(error);
        throw error;
      }
      this.#starting = null;
      this.#move('live');
    };
    this.#starting = run();
    // The element tells the person; a page that only calls `start()` need not catch.
    this.#starting.catch(() => undefined);
    return this.#starting;
  }

  async #open(request: CameraRequest, signal: AbortSignal): Promise<void> {
    let opened = false;
    void permissionFor(this.#device).then((permission) => {
      if (permission?.state === 'prompt' && !opened && !signal.aborted) this.#move('asking');
    });
    this.#request = request;
    await this.viewfinder.open(request, signal, () => {
      opened = true;
      this.#move('starting');
    });
  }

  /**
   * Opens the first that is another camera than `former`, by its id, and starts. False when there
   * is none; `former` may be open then.
   */
  async #openOneOf(
    requests: readonly CameraRequest[],
    former: string | undefined,
    signal: AbortSignal,
  ): Promise<boolean> {
    for (const request of requests) {
      try {
        await this.#open(request, signal);
      } catch (thrown) {
        if (signal.aborted) throw thrown;
        this.viewfinder.close();
        // After a refusal, going on would ask the person again and again.
        if (!PASSED_OVER.has(SnapError.from(thrown, 'camera-busy').code)) return false;
        continue;
      }
      const { deviceId, facing } = this.viewfinder;
      if (deviceId !== undefined && deviceId === former) continue;
      this.#deviceId = request.deviceId && deviceId;
      if (request.deviceId && isFacing(facing)) this.#request = { ...request, facing };
      return true;
    }
    return false;
  }

  get #device(): 'camera' | 'microphone' {
    return this.#host.request().picture ? 'camera' : 'microphone';
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

/** What there is to switch to, in the order in which to try. */
function anotherThan(former: CameraRequest, viewfinder: Viewfinder): CameraRequest[] {
  const others = viewfinder.otherCameras.map((deviceId) => ({ ...former, deviceId, only: true }));
  const opposite = viewfinder.facing === 'environment' ? 'user' : 'environment';
  if (!isFacing(viewfinder.facing) || !viewfinder.mayFace(opposite)) return others;
  return [{ ...former, facing: opposite, deviceId: undefined }, ...others];
}

function isFacing(facing: string | undefined): facing is 'user' | 'environment' {
  return facing === 'user' || facing === 'environment';
}

function alike(one: CameraRequest | null, other: CameraRequest): boolean {
  return one?.picture === other.picture && one.sound === other.sound && one.facing === other.facing;
}
