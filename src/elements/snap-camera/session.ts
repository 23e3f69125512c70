import { permissionFor } from '../../capture/camera/permission.js';
import type { CameraRequest } from '../../capture/camera/camera.js';
import { isFacing } from '../../capture/camera/cameras.js';
import type { Facing } from '../../capture/camera/cameras.js';
import { currentId, rememberCamera, rememberedCamera } from '../../capture/camera/remembered.js';
import { Viewfinder } from '../../capture/camera/viewfinder.js';
import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';
import { wait } from '../../timing/abortable.js';
import { whenAway, whenVisible } from './page-away.js';
import { whenUsable } from './recovery.js';
import { alike, anotherThan, theCamera } from './requests.js';
import type { CameraPhase, SessionHost } from './session-host.js';

export type { CameraPhase } from './session-host.js';

/** Switching skips a camera that fails with one of these codes. */
const PASSED_OVER: ReadonlySet<SnapErrorCode> = new Set([
  'camera-busy',
  'camera-missing',
  'camera-unplugged',
] as const);

/** In ms: what takes longer than this to start deserves a word. */
const SLOW = 8000;

/**
 * In ms: a page hidden for this long releases the camera. Long enough to answer a message, or to
 * fetch a code from another tab, without starting the camera again.
 */
const AWAY = 30_000;

/**
 * Turns a camera on and off. It makes one request to the browser at a time, and no stream outlives
 * the element.
 */
export class CameraSession {
  readonly #host: SessionHost;
  #phase: CameraPhase = 'idle';
  #error: SnapError | null = null;
  #slow = false;
  /** The camera that the person chose, where `facing` does not tell cameras apart. */
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
    adjusted: () => this.#host.changed(),
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

  /** Whether the camera has been starting, or the browser asking, for longer than usual. */
  get slow(): boolean {
    return this.#slow;
  }

  /** The facing requested of the camera that is open or being opened. */
  get facing(): Facing {
    return this.#request?.facing ?? this.#host.request().facing;
  }

  /**
   * Resolves once the camera is live; calls during a start share it. Rejects with a `SnapError`.
   */
  start(): Promise<void> {
    if (this.#phase === 'live') return Promise.resolve();
    return this.#starting ?? this.#run((signal) => this.#openWanted(signal));
  }

  /**
   * Turns the camera off. A pending start rejects with `camera-not-ready`, and a stream that
   * arrives later is stopped.
   */
  stop(): void {
    this.#end(new SnapError('camera-not-ready', { detail: 'the camera was turned off' }));
    this.#move('idle');
  }

  /**
   * Reopens the camera if it is on and the element's request has changed. The chosen camera stays,
   * unless the other side is requested.
   */
  async restart(): Promise<void> {
    const request = this.#host.request();
    if (this.#request?.facing !== request.facing) this.#deviceId = undefined;
    if (this.#phase === 'idle' || this.#phase === 'failed' || alike(this.#request, request)) return;
    await this.#run((signal) => this.#openWanted(signal));
  }

  /**
   * Switches to the other side of the device if the current camera reports which way it faces, else
   * to the next camera. Cameras that do not start are skipped. Resolves with false if none starts
   * and the previous camera is open again. Rejects with a `SnapError` if that fails too.
   */
  switch(): Promise<boolean> {
    return (
      this.#switching ??
      this.#switched(() => {
        const former = this.#former();
        return this.#switch(former, anotherThan(former, this.viewfinder));
      })
    );
  }

  /**
   * Turns on the camera with this id, one of `cameras`, and remembers the choice on this device.
   * Resolves with false if it does not start and the previous camera is open again. Rejects with a
   * `SnapError` if no camera is open then.
   */
  async choose(deviceId: string): Promise<boolean> {
    await this.#switching?.catch(() => undefined);
    if (this.viewfinder.deviceId === deviceId) return true;
    return this.#switched(() => {
      const former = this.#former();
      return this.#switch(former, [theCamera(former, deviceId)]);
    });
  }

  /** Whether a switch is in progress. */
  get switching(): boolean {
    return this.#switching !== null;
  }

  /** Turns the camera off because of `error`, and reports it. */
  fail(error: SnapError): void {
    const { deviceId } = this.viewfinder;
    this.#end(error);
    this.#error = error;
    this.#move(this.#host.failed(error) ? 'failed' : 'idle');
    whenUsable(error, { device: this.#device, deviceId }, () => void this.start(), this.#current.signal);
  }

  #switched(run: () => Promise<boolean>): Promise<boolean> {
    return (this.#switching = run().finally(() => (this.#switching = null)));
  }

  /** What to request to get the open camera again, or the one that would be opened now. */
  #former(): CameraRequest {
    const deviceId = this.viewfinder.deviceId ?? this.#wanted().deviceId;
    return { ...(this.#request ?? this.#host.request()), deviceId };
  }

  async #switch(former: CameraRequest, requests: readonly CameraRequest[]): Promise<boolean> {
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

  /** What the element requests, of the camera that the person chose last. */
  #wanted(): CameraRequest {
    const request = this.#host.request();
    const deviceId = this.#deviceId ?? rememberedCamera(request.facing)?.deviceId;
    return { ...request, deviceId: request.picture ? deviceId : undefined };
  }

  /**
   * Opens what the element requests, of the camera that the person chose last. A browser that has
   * given that camera another id may tell so only once some camera is open.
   */
  async #openWanted(signal: AbortSignal): Promise<void> {
    const request = this.#wanted();
    const remembered = request.deviceId === undefined ? undefined : rememberedCamera(request.facing);
    if (!remembered || this.#deviceId !== undefined) return this.#open(request, signal);
    const before = await currentId(remembered, signal);
    await this.#open({ ...request, deviceId: before ?? remembered.deviceId }, signal);
    const after = before === undefined ? await currentId(remembered, signal) : undefined;
    if (after !== undefined && after !== this.viewfinder.deviceId)
      await this.#open({ ...request, deviceId: after }, signal);
  }

  /** Releases the device, so that its light goes out, until somebody sees the page again. */
  #rest(): boolean {
    if (this.#host.busy()) return false;
    this.#end(new SnapError('camera-not-ready', { detail: 'the page is hidden' }));
    this.#move('paused');
    whenVisible(() => void this.start(), this.#current.signal);
    return true;
  }

  /** Closes the current camera and opens another by `open`, which may try several. */
  #run(open: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#end(new SnapError('camera-not-ready', { detail: 'the camera was restarted' }));
    const { signal } = this.#current;
    this.#move('starting');
    void wait(SLOW, signal).then(
      () => this.#tellSlow(),
      () => undefined,
    );
    const run = async (): Promise<void> => {
      try {
        await open(signal);
      } catch (thrown) {
        const error = SnapError.from(thrown, 'camera-busy');
        if (!signal.aborted) this.fail(error);
        throw error;
      }
      this.#starting = null;
      this.#slow = false;
      this.#move('live');
      whenAway(AWAY, () => this.#rest(), signal);
    };
    this.#starting = run();
    // The element reports the failure, so callers of `start()` need not catch it.
    this.#starting.catch(() => undefined);
    return this.#starting;
  }

  #tellSlow(): void {
    if (!this.#starting) return;
    this.#slow = true;
    this.#host.changed();
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
      const { deviceId, facing, label } = this.viewfinder;
      if (deviceId !== undefined && deviceId === former) continue;
      this.#deviceId = request.deviceId && deviceId;
      if (!request.deviceId || deviceId === undefined) return true;
      if (isFacing(facing)) this.#request = { ...request, facing };
      rememberCamera(isFacing(facing) ? facing : request.facing, { deviceId, label });
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
    this.#slow = false;
    this.#error = null;
    this.viewfinder.close();
  }

  #move(phase: CameraPhase): void {
    this.#phase = phase;
    this.#host.changed();
  }
}
