import { permissionFor, whenGranted } from '../../capture/camera/permission.js';
import type { CameraRequest } from '../../capture/camera/camera.js';
import { Viewfinder } from '../../capture/camera/viewfinder.js';
import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';

/**
 * The phases of a camera.
 *
 * ```
 *  idle ──► starting ⇄ asking ──► live ⇄ paused
 *    ▲          └──────────┴────────┴──────┴──► failed ──► starting
 *    └── stop(), from any phase
 * ```
 *
 * `asking` means that the browser is known to be asking the person for permission. A camera that is
 * merely slow to start stays in `starting`, or people would look for a prompt that is not there.
 */
export type CameraPhase = 'idle' | 'asking' | 'starting' | 'live' | 'paused' | 'failed';

/** Switching skips a camera that fails with one of these codes. */
const PASSED_OVER: ReadonlySet<SnapErrorCode> = new Set([
  'camera-busy',
  'camera-missing',
  'camera-unplugged',
] as const);

/** What a session needs from its element. */
export interface SessionHost {
  /** What to open, by the attributes of now. */
  request(): CameraRequest;
  /** The phase or the number of cameras has changed. */
  changed(): void;
  /** The camera has failed. Returns false if the page shows the message itself. */
  failed(error: SnapError): boolean;
}

/**
 * Turns a camera on and off. It makes one request to the browser at a time, and no stream outlives
 * the element.
 */
export class CameraSession {
  readonly #host: SessionHost;
  #phase: CameraPhase = 'idle';
  #error: SnapError | null = null;
  /** The chosen camera, where `facing` does not tell cameras apart. */
  #deviceId: string | undefined;
  /** What is open or being opened. */
  #request: CameraRequest | null = null;
  #starting: Promise<void> | null = null;
  #switching: Promise<boolean> | null = null;
  /** Aborted when the current attempt to start, or the wait for a permission, is over. */
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

  /** The facing requested of the camera that is open or being opened. */
  get facing(): 'user' | 'environment' {
    return this.#request?.facing ?? this.#host.request().facing;
  }

  /**
   * Resolves once the camera is live; calls during a start share it. Rejects with a `SnapError`.
   */
  start(): Promise<void> {
    if (this.#phase === 'live') return Promise.resolve();
    return (
      this.#starting ??
      this.#run((signal) => this.#open({ ...this.#host.request(), deviceId: this.#deviceId }, signal))
    );
  }

  /**
   * Turns the camera off. A pending start rejects with `camera-not-ready`, and a stream that
   * arrives later is stopped.
   */
  stop(): void {
    this.#end(new SnapError('camera-not-ready', { detail: 'the camera was turned off' }));
    this.#move('idle');
  }

  /** Reopens the camera if it is on and the element's request has changed. */
  async restart(): Promise<void> {
    if (this.#phase === 'idle' || this.#phase === 'failed' || alike(this.#request, this.#host.request()))
      return;
    this.#deviceId = undefined;
    await this.#run((signal) => this.#open(this.#host.request(), signal));
  }

  /**
   * Switches to the other side of the device if the current camera reports which way it faces, else
   * to the next camera. Cameras that do not start are skipped. Resolves with false if none starts
   * and the previous camera is open again. Rejects with a `SnapError` if that fails too.
   */
  switch(): Promise<boolean> {
    this.#switching ??= this.#switch().finally(() => (this.#switching = null));
    return this.#switching;
  }

  /** Whether a switch is in progress. */
  get switching(): boolean {
    return this.#switching !== null;
  }

  /** Turns the camera off because of `error`, and reports it. */
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

  /** Closes the current camera and opens another by `open`, which may try several. */
  #run(open: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#end(new SnapError('camera-not-ready', { detail: 'the camera was restarted' }));
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
    // The element reports the failure, so callers of `start()` need not catch it.
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
   * Opens the first of `requests` that starts and is another camera than `former`. Returns false if
   * there is none; `former` may be open then.
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
        // After a refusal, trying on would only prompt the person again.
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

  /** Ends the current attempt and closes the camera. */
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

/** The cameras to switch to, in the order to try them. */
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
