import { parseResolution } from '../../capture/camera/resolution.js';
import { SnapError } from '../../errors.js';
import { SnapCapturedEvent } from '../../events.js';
import type { CaptureDevice } from '../../hub/hub-element.js';
import type { SnapItem } from '../../item.js';
import { Captures } from './captures.js';
import { ignoreRejection, runCommand } from './commands.js';
import { CameraProperties } from './properties.js';
import { CameraSession } from './session.js';
import type { CameraPhase } from './session.js';
import { Shutter } from './shutter.js';
import type { CaptureSource } from './shutter.js';

/** In bytes: what receivers accept by default. A page that accepts less expects less of others. */
const LARGEST_RECORDING = 256 * 1024 * 1024;

/** A change of these needs another stream. */
const RESTARTING = ['facing', 'mode', 'resolution'] as const;

const PHASES = ['asking', 'starting', 'live', 'paused', 'failed'] as const;

/** What `<snap-camera>` does, without what it looks like. */
export abstract class CameraDevice extends CameraProperties implements CaptureDevice {
  protected readonly session: CameraSession = new CameraSession({
    request: () => ({
      picture: this.mode !== 'audio',
      sound: this.mode !== 'photo',
      facing: this.facing,
      resolution: parseResolution(this.resolution),
    }),
    changed: () => this.sessionChanged(),
    failed: (error) => this.fail(error),
    busy: () => this.recording,
  });
  protected readonly captures: Shutter = new Shutter({
    counted: (left) => this.counted(left),
    exposed: () => this.exposed(),
    taken: (item, source) => this.taken(item, source),
    failed: (error) => this.report(error),
    changed: () => this.shutterChanged(),
  });
  /** What was captured here, and how far it is. */
  protected readonly desk: Captures = new Captures({
    hub: () => this.connection,
    request: (event) => void this.request(event),
    announce: (item) => this.dispatchEvent(new SnapCapturedEvent(item)),
    sendsAtOnce: () => this.shutterKind === 'send',
    changed: () => this.requestUpdate(),
  });
  /** Whether the running recording is shown to its maker before anybody else gets it. */
  #holds = false;

  get phase(): CameraPhase {
    return this.session.phase;
  }

  get recording(): boolean {
    return this.captures.recorded !== null;
  }

  constructor() {
    super();
    this.addEventListener('command', (event) => runCommand(this, (event as CommandEvent).command));
  }

  /**
   * Turns the camera on; resolves once it is live. Rejects with a `SnapError`, after `snap-error`.
   */
  start(): Promise<void> {
    this.forgive();
    return this.session.start();
  }

  /** Turns the camera off. A running recording ends and is kept. */
  stop(): void {
    this.session.stop();
  }

  /**
   * Switches to the camera on the other side of the device, or to the next camera. Rejects with a
   * `SnapError`, after `snap-error`; with `camera-switch-failed` if no other camera starts, in
   * which case the previous one is on again.
   */
  async flip(): Promise<void> {
    if (this.session.viewfinder.stream || this.session.switching) {
      await this.#switchBy(() => this.session.switch());
      return;
    }
    this.facing = this.facing === 'environment' ? 'user' : 'environment';
    await this.updateComplete;
    await this.session.start();
  }

  /**
   * Takes a photo, dispatches `snap-captured` and resolves with the item. Turns the camera on first
   * if it is off. Rejects with a `SnapError`, after `snap-error`, or with `camera-not-ready` and no
   * event if the camera was turned off or the countdown cancelled meanwhile.
   */
  snap(): Promise<SnapItem> {
    const { format, quality, maxEdge, countdown } = this;
    const still = this.mode === 'photo' && parseResolution(this.resolution) === undefined;
    return this.captures.photo(this.#ready(), countdown, { format, quality, maxEdge, still });
  }

  /**
   * Starts recording video with sound, or sound alone with `mode="audio"`. Turns the camera on
   * first if it is off.
   */
  async record(): Promise<void> {
    const video = await this.#ready();
    await this.captures.record(video, this.mode === 'audio' ? 'audio' : 'video', {
      duration: this.maxDuration,
      size: Math.min(LARGEST_RECORDING, this.connection?.maxSize ?? Infinity),
    });
  }

  /**
   * Stops recording, dispatches `snap-captured` and resolves with the item; with null if nothing is
   * being recorded.
   */
  stopRecording(): Promise<SnapItem | null> {
    this.#holds = false;
    return this.captures.stopRecording();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Moving within the document pauses a video. Otherwise the element was removed and is back.
    if (this.session.viewfinder.stream) this.session.viewfinder.play();
    else if (this.hasUpdated && this.autostart) void this.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is back by the end of the task was only moved. Restarting the camera would
    // make some browsers ask for permission again.
    queueMicrotask(() => {
      if (!this.isConnected) this.stop();
    });
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('autostart') && this.autostart) void this.start();
    else if (RESTARTING.some((name) => changed.has(name))) ignoreRejection(this.session.restart());
    if (changed.has('mode')) this.connection?.deviceChanged();
  }

  protected get device(): 'camera' | 'microphone' {
    return this.mode === 'audio' ? 'microphone' : 'camera';
  }

  /** A page whose sender has the buttons of the codelab needs no second shutter. */
  protected get shutterKind(): 'snap' | 'send' | 'none' {
    if (this.shutter !== 'auto') return this.shutter;
    return this.connection?.snapButtons ? 'none' : 'snap';
  }

  /** The shutter was pressed. `long`: for this one, do what it does not do otherwise. */
  protected press(long: boolean): void {
    const kind = this.shutterKind;
    if (this.mode === 'photo') return ignoreRejection(this.#snapAnd((kind === 'send') !== long));
    if (this.recording) return ignoreRejection(this.captures.stopRecording());
    this.#holds = kind !== 'none';
    // A press that began nothing has no say about a recording that others begin later.
    this.record().catch(() => (this.#holds = false));
  }

  /** Turns on the camera with this id. Rejects like `flip()`. */
  protected chooseCamera(deviceId: string): Promise<void> {
    return this.#switchBy(() => this.session.choose(deviceId));
  }

  /** Files were chosen, or taken by another app, in place of a capture. */
  protected filesChosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // Otherwise choosing the same file again would fire no `change` event.
    input.value = '';
    for (const file of files) void this.captures.file(file);
  }

  /** Called after the phase, or what can be chosen and adjusted, has changed. */
  protected sessionChanged(): void {
    const { phase } = this.session;
    for (const name of PHASES) this.setState(name, name === phase);
    if (phase !== 'live') this.captures.cancel();
    this.captures.listen(this.session.viewfinder.stream);
    this.connection?.deviceChanged();
    this.requestUpdate();
  }

  /** Called after the countdown or the recording has changed. */
  protected shutterChanged(): void {
    this.setState('counting', this.captures.count > 0);
    this.setState('recording', this.recording);
    this.connection?.deviceChanged();
    this.requestUpdate();
  }

  /** Called once a second during a countdown. */
  protected abstract counted(left: number): void;

  /** Called at the moment of a photo. */
  protected abstract exposed(): void;

  /** Called with each capture, in the order in which they were requested. */
  protected taken(item: SnapItem, source: CaptureSource): void {
    if (source !== 'recording' || !this.#holds) return this.desk.take(item);
    this.#holds = false;
    this.desk.hold(item);
  }

  /** Reports a failure that leaves the camera on. */
  protected abstract report(error: SnapError): void;

  /** Forgets the last failure. */
  protected abstract forgive(): void;

  async #snapAnd(send: boolean): Promise<void> {
    const item = await this.snap();
    if (send) this.desk.send(item);
  }

  async #switchBy(run: () => Promise<boolean>): Promise<void> {
    this.forgive();
    const another = await run();
    this.facing = this.session.facing;
    if (another) return;
    const error = new SnapError('camera-switch-failed');
    this.report(error);
    throw error;
  }

  async #ready(): Promise<HTMLVideoElement> {
    await this.start();
    return this.session.viewfinder.video;
  }
}
