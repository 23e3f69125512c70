import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { SnapError } from '../../errors.js';
import { SnapCapturedEvent } from '../../events.js';
import type { SnapItem } from '../../item.js';
import { StringsController } from '../../strings/strings-controller.js';
import type { CaptureDevice } from '../../hub/hub-element.js';
import { LiveRegion } from '../shared/live-region.js';
import { captureAnnouncement, phaseAnnouncement } from './announcements.js';
import { ignoreRejection, runCommand } from './commands.js';
import { CameraProperties } from './properties.js';
import { CameraSession } from './session.js';
import { Shutter } from './shutter.js';
import type { CaptureSource } from './shutter.js';
import { notice, overlay } from './view.js';
import type { CameraCommands, CameraView } from './view.js';
import { styles } from './styles.js';
import { base } from '../shared/base.styles.js';

/** What can be chosen in place of what the camera would make. */
const FILES = { photo: 'image/*', video: 'video/*', audio: 'audio/*' } as const;

const PHASES = ['asking', 'starting', 'live', 'paused', 'failed'] as const;

/**
 * A camera: it shows what it sees, and makes photos, clips or sounds of it. It keeps and sends
 * nothing: what it has taken it announces by `snap-captured`, and its `<snap-connection>` keeps
 * that until it is to be sent. Without one it is a camera for the page's own code.
 *
 * ```html
 * <snap-camera autostart></snap-camera>
 * <snap-camera facing="environment" max-edge="2048" countdown="3"></snap-camera>
 * <snap-camera mode="audio" max-duration="60"></snap-camera>
 * ```
 *
 * Where there is no camera, or no access to it, it says so in words and offers to choose a file.
 *
 * @customElement snap-camera
 *
 * @fires snap-captured - A photo was taken, a clip recorded or a file chosen. Cancel it to keep the
 *   item from the hub.
 * @fires snap-error - The camera, a photo or a recording has failed. Cancel it to say so yourself.
 *
 * @csspart viewfinder - The frame around everything that is seen.
 * @csspart poster - What stands where the picture is not: words and buttons.
 * @csspart notice - What went wrong.
 * @csspart controls - The row over the picture.
 * @csspart badge - The dot and the words that tell that the camera is on, or recording.
 * @csspart count - The number of a countdown.
 * @csspart turn-on - The button *Turn on camera*.
 * @csspart turn-off - The button *Turn off camera*.
 * @csspart flip - The button *Switch camera*, where there is more than one.
 * @csspart record - The button *Record video* or *Record sound*.
 * @csspart stop - The button *Stop recording*.
 * @csspart cancel - The button *Cancel*.
 * @csspart try-again - The button *Try again*.
 * @csspart choose-file - The button *Choose a file*.
 *
 * @cssstate asking - The browser is asking the person for access.
 * @cssstate starting - The camera is being started.
 * @cssstate live - The picture is there.
 * @cssstate paused - The device gives no picture for now.
 * @cssstate failed - The camera cannot be used.
 * @cssstate counting - A countdown runs.
 * @cssstate recording - A recording runs.
 */
export class SnapCamera extends CameraProperties implements CaptureDevice {
  static override styles = [...base, styles];

  readonly #strings = new StringsController(this);
  readonly #live = new LiveRegion(this);
  readonly #session: CameraSession = new CameraSession({
    request: () => ({ picture: this.mode !== 'audio', sound: this.mode !== 'photo', facing: this.facing }),
    changed: () => this.#sessionChanged(),
    failed: (error) => this.fail(error),
  });
  readonly #shutter: Shutter = new Shutter({
    counted: (left) => this.#live.say(String(left)),
    exposed: () => this.#blink(),
    taken: (item, source) => this.#taken(item, source),
    failed: (error) => this.#report(error),
    changed: () => this.#shutterChanged(),
  });
  /** What failed while the camera itself is well. */
  #notice: SnapError | null = null;
  #wasLive = false;
  /** What had the focus before the update under way. */
  #focused: Element | null = null;

  constructor() {
    super();
    this.addEventListener('command', (event) => runCommand(this, (event as CommandEvent).command));
  }

  /**
   * Turns the camera on; resolves when its picture is there. Rejects with a `SnapError`, which has
   * been told by `snap-error` then.
   */
  start(): Promise<void> {
    this.#notice = null;
    return this.#session.start();
  }

  /** Turns the camera off, at once. What is being recorded ends, and is kept. */
  stop(): void {
    this.#session.stop();
  }

  /**
   * Switches to the other side of the device, or to the next camera. Rejects with a `SnapError`,
   * which has been told by `snap-error` then: `camera-switch-failed` when no other camera would
   * start; the one that was on is on again then.
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
   * Takes a photo, announces it by `snap-captured`, and resolves with it. Turns the camera on
   * first, if it is off. Rejects with a `SnapError`, which has been told by `snap-error` then
   * unless the person turned away meanwhile (`camera-not-ready`).
   */
  snap(): Promise<SnapItem> {
    const { format, quality, maxEdge, countdown } = this;
    return this.#shutter.photo(this.#ready(), countdown, { format, quality, maxEdge });
  }

  /**
   * Begins to record: pictures with sound, or sound alone with `mode="audio"`. Turns the camera on
   * first, if it is off.
   */
  async record(): Promise<void> {
    const video = await this.#ready();
    await this.#shutter.record(video, this.mode === 'audio' ? 'audio' : 'video', this.maxDuration);
  }

  /**
   * Ends what is being recorded, announces it by `snap-captured`, and resolves with it; with null
   * when nothing is.
   */
  stopRecording(): Promise<SnapItem | null> {
    return this.#shutter.stopRecording();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Moved within its document: a video pauses then. Or back after a while.
    if (this.#session.viewfinder.stream) this.#session.viewfinder.play();
    else if (this.hasUpdated && this.autostart) void this.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Only moved, when it is back by the end of the task: turning off and on would ask the person
    // again in some browsers.
    queueMicrotask(() => {
      if (!this.isConnected) this.stop();
    });
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('autostart') && this.autostart) void this.start();
    else if (changed.has('facing') || changed.has('mode')) ignoreRejection(this.#session.restart());
    const { phase, viewfinder } = this.#session;
    this.internals.role = 'group';
    this.internals.ariaLabel = this.#strings.term(this.#device);
    // Of a camera that does not say which way it looks, it is believed that it looks as was wished:
    // at the person, where the page says nothing.
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
      ${this.#live.render(this.#strings)}
    `;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    // The button that was pressed has made way for the next step: whoever works by keyboard goes on
    // from there, not from the top of the page.
    if (this.#focused?.isConnected === false) this.renderRoot.querySelector<HTMLElement>('.frame')!.focus();
  }

  get #device(): 'camera' | 'microphone' {
    return this.mode === 'audio' ? 'microphone' : 'camera';
  }

  #view(): CameraView {
    const { phase, error, viewfinder } = this.#session;
    const { count, recorded } = this.#shutter;
    const cameras = viewfinder.cameras.length;
    return { phase, error, mode: this.mode, count, recorded, cameras, strings: this.#strings };
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
    this.requestUpdate();
  }

  #shutterChanged(): void {
    this.setState('counting', this.#shutter.count > 0);
    this.setState('recording', this.#shutter.recorded !== null);
    this.requestUpdate();
  }

  /** The picture blinks, as an eye does: for whoever looks at it, the moment of the photo. */
  #blink(): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    this.#session.viewfinder.video.animate({ opacity: [0.25, 1] }, { duration: 220, easing: 'ease-out' });
  }

  #taken(item: SnapItem, source: CaptureSource): void {
    this.dispatchEvent(new SnapCapturedEvent(item));
    this.#live.say(captureAnnouncement(item, source, this.#strings));
  }

  /**
   * Tells what failed while the camera is well; a browser that alters every photo makes it useless,
   * though.
   */
  #report(error: SnapError): void {
    if (error.code === 'capture-blocked') return this.#session.fail(error);
    this.#notice = this.fail(error) ? error : null;
    this.requestUpdate();
  }

  #chosen(): void {
    const files = [...(this.#input.files ?? [])];
    // Else choosing the same file again would change nothing, and say nothing.
    this.#input.value = '';
    for (const file of files) void this.#shutter.file(file);
  }

  get #input(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!;
  }
}
