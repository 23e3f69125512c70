import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { parseResolution } from '../../capture/camera/resolution.js';
import { SnapError } from '../../errors.js';
import { SnapCapturedEvent } from '../../events.js';
import type { SnapItem } from '../../item.js';
import { StringsController } from '../../strings/strings-controller.js';
import type { CaptureDevice } from '../../hub/hub-element.js';
import { LiveRegion } from '../shared/live-region.js';
import type { CameraCommands, CameraView } from './camera-view.js';
import { captureAnnouncement, phaseAnnouncement } from './announcements.js';
import { ignoreRejection, runCommand } from './commands.js';
import { WaysOut } from './failure/ways-out.js';
import { failureStyles } from './failure/styles.js';
import { CameraProperties } from './properties.js';
import { CameraSession } from './session.js';
import type { CameraPhase } from './session.js';
import { Shutter } from './shutter.js';
import type { CaptureSource } from './shutter.js';
import { notice, overlay } from './view.js';
import { styles } from './styles.js';
import { base } from '../shared/base.styles.js';

/** What the file chooser offers in place of the camera. */
const FILES = { photo: 'image/*', video: 'video/*', audio: 'audio/*' } as const;

/** In bytes: what receivers accept by default. */
const LARGEST_RECORDING = 256 * 1024 * 1024;

/** A change of these needs another stream. */
const RESTARTING = ['facing', 'mode', 'resolution'] as const;

const PHASES = ['asking', 'starting', 'live', 'paused', 'failed'] as const;

/**
 * A camera that takes photos, and records video or sound.
 *
 * It dispatches what it captures as `snap-captured`, and its `<snap-connection>` keeps that until
 * it is sent; without one, the page's own code may use the event. If there is no camera, or no
 * access to it, it says why and offers to choose a file.
 *
 * @example
 * ```html
 * <snap-camera autostart></snap-camera>
 * <snap-camera facing="environment" max-edge="2048" countdown="3"></snap-camera>
 * <snap-camera mode="audio" max-duration="60"></snap-camera>
 * ```
 *
 * @customElement snap-camera
 *
 * @fires snap-captured - A photo was taken, a recording finished or a file chosen. Cancel it to
 *   keep the item from the hub.
 * @fires snap-error - The camera, a photo or a recording has failed. Cancel it to show a message of
 *   your own.
 *
 * @csspart viewfinder - The frame around everything visible.
 * @csspart poster - The text and buttons in place of the picture.
 * @csspart notice - The message about what went wrong.
 * @csspart controls - The row of buttons on the picture.
 * @csspart badge - The dot and text that show that the camera is on, or recording.
 * @csspart count - The number of the countdown.
 * @csspart turn-on - The button *Turn on camera*.
 * @csspart turn-off - The button *Turn off camera*.
 * @csspart flip - The button *Switch camera*, if there are several cameras.
 * @csspart record - The button *Record video* or *Record sound*.
 * @csspart stop - The button *Stop recording*.
 * @csspart cancel - The button *Cancel*.
 * @csspart try-again - The button *Try again*.
 * @csspart choose-file - The button *Choose a file*.
 * @csspart use-phone - The button *Use your phone instead*, on a device that is no phone itself.
 * @csspart take-photo - The button *Take a photo*, by the camera app of a phone.
 * @csspart own-tab - The link that opens the page of a frame in a tab of its own.
 * @csspart copy-link - The button *Copy link*.
 * @csspart address - The field with the address that *Copy link* copies.
 * @csspart allow - The browser's own button that asks for the camera again, where it has one.
 * @csspart use-phone-dialog - The dialog *Use your phone*.
 * @csspart qr - The code in that dialog.
 * @csspart use-phone-close - The button at its top that closes it.
 * @csspart use-phone-done - The button that closes it once a phone has joined.
 *
 * @cssstate asking - The browser is asking the person for permission.
 * @cssstate starting - The camera is starting.
 * @cssstate live - The camera is on.
 * @cssstate paused - The device has paused the stream.
 * @cssstate failed - The camera cannot be used.
 * @cssstate counting - A countdown is running.
 * @cssstate recording - A recording is running.
 */
export class SnapCamera extends CameraProperties implements CaptureDevice {
  static override styles = [...base, styles, failureStyles];

  readonly #strings = new StringsController(this);
  readonly #live = new LiveRegion(this);
  readonly #session: CameraSession = new CameraSession({
    request: () => ({
      picture: this.mode !== 'audio',
      sound: this.mode !== 'photo',
      facing: this.facing,
      resolution: parseResolution(this.resolution),
    }),
    changed: () => this.#sessionChanged(),
    failed: (error) => this.fail(error),
    busy: () => this.#shutter.recorded !== null,
  });
  readonly #shutter: Shutter = new Shutter({
    counted: (left) => this.#live.say(String(left)),
    exposed: () => this.#blink(),
    taken: (item, source) => this.#taken(item, source),
    failed: (error) => this.#report(error),
    changed: () => this.#shutterChanged(),
  });
  readonly #waysOut: WaysOut = new WaysOut(this, this.#strings, this.#live, (event) => this.#chosen(event));
  /** What failed although the camera itself works. */
  #notice: SnapError | null = null;
  #wasLive = false;
  /** What had the focus before the current update. */
  #focused: Element | null = null;

  get phase(): CameraPhase {
    return this.#session.phase;
  }

  get recording(): boolean {
    return this.#shutter.recorded !== null;
  }

  constructor() {
    super();
    this.addEventListener('command', (event) => runCommand(this, (event as CommandEvent).command));
  }

  /**
   * Turns the camera on; resolves once it is live. Rejects with a `SnapError`, after `snap-error`.
   */
  start(): Promise<void> {
    this.#notice = null;
    return this.#session.start();
  }

  /** Turns the camera off. A running recording ends and is kept. */
  stop(): void {
    this.#session.stop();
  }

  /**
   * Switches to the camera on the other side of the device, or to the next camera. Rejects with a
   * `SnapError`, after `snap-error`; with `camera-switch-failed` if no other camera starts, in
   * which case the previous one is on again.
   */
  async flip(): Promise<void> {
    if (this.#session.viewfinder.stream || this.#session.switching) {
      await this.#switch();
      return;
    }
    this.facing = this.facing === 'environment' ? 'user' : 'environment';
    await this.updateComplete;
    await this.#session.start();
  }

  /**
   * Takes a photo, dispatches `snap-captured` and resolves with the item. Turns the camera on first
   * if it is off. Rejects with a `SnapError`, after `snap-error`, or with `camera-not-ready` and no
   * event if the camera was turned off or the countdown cancelled meanwhile.
   */
  snap(): Promise<SnapItem> {
    const { format, quality, maxEdge, countdown } = this;
    return this.#shutter.photo(this.#ready(), countdown, { format, quality, maxEdge });
  }

  /**
   * Starts recording video with sound, or sound alone with `mode="audio"`. Turns the camera on
   * first if it is off.
   */
  async record(): Promise<void> {
    const video = await this.#ready();
    await this.#shutter.record(video, this.mode === 'audio' ? 'audio' : 'video', {
      duration: this.maxDuration,
      size: LARGEST_RECORDING,
    });
  }

  /**
   * Stops recording, dispatches `snap-captured` and resolves with the item; with null if nothing is
   * being recorded.
   */
  stopRecording(): Promise<SnapItem | null> {
    return this.#shutter.stopRecording();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Moving within the document pauses a video. Otherwise the element was removed and is back.
    if (this.#session.viewfinder.stream) this.#session.viewfinder.play();
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
    else if (RESTARTING.some((name) => changed.has(name))) ignoreRejection(this.#session.restart());
    if (changed.has('mode')) this.connection?.deviceChanged();
    const { phase, viewfinder } = this.#session;
    this.internals.role = 'group';
    this.internals.ariaLabel = this.#strings.term(this.#device);
    // A camera that does not report which way it faces is assumed to face as requested, by default
    // towards the person.
    const { video, facing = this.facing } = viewfinder;
    video.setAttribute('aria-label', this.#strings.term('camera-picture'));
    video.hidden = this.mode === 'audio' || phase === 'idle' || phase === 'failed';
    video.classList.toggle('mirrored', facing === 'user');
    this.#focused = this.shadowRoot?.activeElement ?? null;
  }

  protected override render(): TemplateResult {
    const view = this.#view();
    const classes = {
      [view.phase]: true,
      sound: view.mode === 'audio',
      'shows-picture': view.mode !== 'audio' && (view.phase === 'live' || view.phase === 'paused'),
    };
    return html`
      <div
        class="frame ${classMap(classes)}"
        part="viewfinder"
        tabindex="-1"
        lang=${this.#strings.language().lang}
      >
        ${this.#session.viewfinder.video} ${overlay(view, this.#commands)}
      </div>
      <div role="alert">${this.#notice ? notice(view, this.#notice) : nothing}</div>
      <input type="file" hidden multiple accept=${FILES[this.mode]} @change=${this.#chosen} />
      ${this.#live.render(this.#strings)} ${this.#waysOut.render()}
    `;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    // The pressed button was replaced by the next step. Keyboard users continue from there, not
    // from the top of the page.
    if (this.#focused?.isConnected === false) this.renderRoot.querySelector<HTMLElement>('.frame')!.focus();
  }

  get #device(): 'camera' | 'microphone' {
    return this.mode === 'audio' ? 'microphone' : 'camera';
  }

  #view(): CameraView {
    const { phase, error, slow, viewfinder } = this.#session;
    const { count, recorded } = this.#shutter;
    const cameras = viewfinder.cameras.length;
    return {
      phase,
      error,
      slow,
      mode: this.mode,
      count,
      recorded,
      cameras,
      strings: this.#strings,
      waysOut: this.#waysOut,
    };
  }

  readonly #commands: CameraCommands = {
    start: () => void this.start(),
    stop: () => this.stop(),
    flip: () => ignoreRejection(this.flip()),
    record: () => ignoreRejection(this.record()),
    stopRecording: () => void this.stopRecording(),
    cancelCount: () => this.#shutter.cancel(),
    chooseFile: () => this.#input.click(),
  };

  async #switch(): Promise<void> {
    this.#notice = null;
    const another = await this.#session.switch();
    this.facing = this.#session.facing;
    if (another) return;
    const error = new SnapError('camera-switch-failed');
    this.#report(error);
    throw error;
  }

  async #ready(): Promise<HTMLVideoElement> {
    await this.start();
    return this.#session.viewfinder.video;
  }

  #sessionChanged(): void {
    const { phase } = this.#session;
    const live = phase === 'live';
    for (const name of PHASES) this.setState(name, name === phase);
    if (live !== this.#wasLive) this.#live.say(phaseAnnouncement(phase, this.#device, this.#strings));
    if (!live) this.#shutter.cancel();
    this.#wasLive = live;
    this.connection?.deviceChanged();
    this.#shutter.listen(this.#session.viewfinder.stream);
    this.requestUpdate();
  }

  #shutterChanged(): void {
    this.setState('counting', this.#shutter.count > 0);
    this.setState('recording', this.recording);
    this.connection?.deviceChanged();
    this.requestUpdate();
  }

  /** Blinks the picture to show the moment of the photo. */
  #blink(): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    this.#session.viewfinder.video.animate({ opacity: [0.25, 1] }, { duration: 220, easing: 'ease-out' });
  }

  #taken(item: SnapItem, source: CaptureSource): void {
    this.dispatchEvent(new SnapCapturedEvent(item));
    this.#live.say(captureAnnouncement(item, source, this.#strings));
  }

  /**
   * Reports a failure. The camera stays on, unless the browser alters every photo
   * (`capture-blocked`), which makes it useless.
   */
  #report(error: SnapError): void {
    if (error.code === 'capture-blocked') return this.#session.fail(error);
    this.#notice = this.fail(error) ? error : null;
    this.requestUpdate();
  }

  #chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // Otherwise choosing the same file again would fire no `change` event.
    input.value = '';
    for (const file of files) void this.#shutter.file(file);
  }

  get #input(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!;
  }
}
