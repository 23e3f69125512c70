import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { SnapError } from '../../errors.js';
import type { CaptureMode } from '../../hub/hub-element.js';
import type { SnapItem } from '../../item.js';
import { StringsController } from '../../strings/strings-controller.js';
import { base } from '../shared/base.styles.js';
import { LiveRegion } from '../shared/live-region.js';
import { ObjectUrls } from '../shared/object-urls.js';
import { guardLine } from '../shared/people/guard.js';
import { takePresence } from '../shared/people/presence.js';
import { captureAnnouncement, deliveryAnnouncement, phaseAnnouncement } from './announcements.js';
import { CameraDevice } from './camera-device.js';
import type { CameraCommands, CameraView } from './camera-view.js';
import { ignoreRejection } from './commands.js';
import { controls, hasControls } from './controls/controls.js';
import { Gestures } from './controls/gestures.js';
import { Meter } from './controls/meter.js';
import { notice } from './controls/notice.js';
import { reviewPanel } from './controls/review.js';
import { ShutterPress } from './controls/shutter-press.js';
import { controlsStyles } from './controls/styles.js';
import { blink, fly, tap } from './motion.js';
import { failureStyles } from './failure/styles.js';
import { WaysOut } from './failure/ways-out.js';
import { FILES, modesOf } from './properties.js';
import type { CaptureSource } from './shutter.js';
import { styles } from './styles.js';
import { overlay } from './view.js';

/**
 * A camera that takes photos, and records video or sound.
 *
 * It dispatches what it captures as `snap-captured`, and its `<snap-connection>` keeps that until
 * it is sent; without one, the page's own code may use the event. If there is no camera, or no
 * access to it, it says why and offers to choose a file.
 *
 * @example
 * ```html
 * <snap-camera shutter="send" modes="photo video"></snap-camera>
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
 * @slot status - Something of the page's own at the top of the frame, such as a sign of arrivals.
 *
 * @csspart viewfinder - The frame around everything visible.
 * @csspart poster - The text and buttons in place of the picture.
 * @csspart guard - The line that says where this page sends to.
 * @csspart notice - The message about what went wrong.
 * @csspart dismiss - The button that closes it.
 * @csspart controls - The buttons on the picture.
 * @csspart shutter - The round button; also `record`, `stop` or `cancel`, by what it does.
 * @csspart last - The last photo, with how far it is.
 * @csspart send-pending - The button that sends what waits.
 * @csspart send-at-once - The toggle between sending and waiting.
 * @csspart modes - The choice of a mode.
 * @csspart cameras - The choice of a camera, if there are three or more.
 * @csspart flip - The button *Switch camera*, if there are several cameras.
 * @csspart torch - The button *Light*, if the camera has one.
 * @csspart zoom - The zoom, if the camera has one.
 * @csspart badge - The dot and text that show that it is recording, or that a microphone is on.
 * @csspart pause - The button *Pause recording*; `resume` while it is paused.
 * @csspart count - The number of the countdown.
 * @csspart review - What was captured, when it is looked at.
 * @csspart close - The button *Close* of it; also `retake`, `use`, `send`, `cancel` and `retry`.
 * @csspart turn-on - The button *Turn on camera*.
 * @csspart turn-off - The button *Turn off camera*.
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
 * @cssprop [--snap-frame-radius=--snap-radius] - The corners of the picture.
 *
 * @cssstate asking - The browser is asking the person for permission.
 * @cssstate starting - The camera is starting.
 * @cssstate live - The camera is on.
 * @cssstate paused - The device has paused the stream.
 * @cssstate failed - The camera cannot be used.
 * @cssstate counting - A countdown is running.
 * @cssstate recording - A recording is running.
 */
export class SnapCamera extends CameraDevice {
  static override styles = [...base, styles, ...controlsStyles, failureStyles];

  readonly #strings = new StringsController(this);
  readonly #urls = new ObjectUrls(this);
  readonly #live = new LiveRegion(this);
  readonly #press = new ShutterPress(() => this.requestUpdate());
  readonly #meter = new Meter(this, () => (this.captures.paused ? 0 : this.captures.level));
  readonly #waysOut: WaysOut = new WaysOut(this, this.#strings, this.#live, (event) =>
    this.filesChosen(event),
  );
  /** What failed although the camera itself works. */
  #notice: SnapError | null = null;
  #wasLive = false;
  /** What had the focus before the current update. */
  #focused: Element | null = null;
  #reviewed = false;

  constructor() {
    super();
    const { viewfinder } = this.session;
    new Gestures(viewfinder.video, () => viewfinder.controls);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#press.release();
  }

  protected override hubChanged(): void {
    this.desk.hubChanged();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    this.internals.role = 'group';
    this.internals.ariaLabel = this.#strings.term(this.device);
    const { phase, viewfinder } = this.session;
    // A camera that does not report which way it faces is assumed to face as requested, by default
    // towards the person.
    const { video, facing = this.facing } = viewfinder;
    video.setAttribute('aria-label', this.#strings.term('camera-picture'));
    video.hidden = this.mode === 'audio' || phase === 'idle' || phase === 'failed';
    video.classList.toggle('mirrored', facing === 'user');
    const news = deliveryAnnouncement(this.desk.delivery, this.desk.readDelivery(), this.#strings);
    if (news && this.shutterKind !== 'none') this.#live.say(news);
    for (const sentence of takePresence(this.connection, this, this.#strings)) this.#live.say(sentence);
    this.#focused = this.shadowRoot?.activeElement ?? null;
  }

  protected override render(): TemplateResult {
    const view = this.#view();
    const { review } = this.desk;
    const { phase, mode } = view;
    const picture = mode !== 'audio' && (phase === 'live' || phase === 'paused');
    const classes = {
      [phase]: true,
      sound: mode === 'audio',
      'shows-picture': picture && this.session.viewfinder.stream !== null,
      reviews: review !== null,
      'has-modes': phase !== 'asking' && phase !== 'starting' && view.modes.length > 1,
      'has-controls': hasControls(view),
    };
    return html`
      <div
        class="frame ${classMap(classes)}"
        part="viewfinder"
        tabindex="-1"
        lang=${this.#strings.language().lang}
        @keydown=${({ key }: KeyboardEvent) => key === 'Escape' && this.captures.cancel()}
      >
        ${this.session.viewfinder.video} ${review ? nothing : overlay(view, this.#commands)}
        <div class="hud">
          ${
            review
              ? reviewPanel(review, view, this.desk.commands)
              : controls(view, this.#commands, this.#press)
          }
          <div class="alert" role="alert">
            ${this.#notice ? notice(this.#notice, this.#strings, () => this.forgive()) : nothing}
          </div>
        </div>
      </div>
      <input
        type="file"
        hidden
        multiple
        accept=${FILES[this.mode]}
        @change=${(event: Event) => this.filesChosen(event)}
      />
      ${this.#live.render(this.#strings)} ${this.#waysOut.render()}
    `;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    const lost = this.#focused?.isConnected === false;
    const reviews = this.desk.review !== null;
    // Whoever opens or closes a review goes on there. Otherwise the pressed button was replaced by
    // the next step: keyboard users continue from there, not from the top of the page.
    const next = reviews ? ['.decision .primary', '.review'] : this.#reviewed ? ['.last', '.shutter'] : [];
    // One by one: in a list of selectors, the order of the document would decide.
    const found = next.map((each) => this.#find(each)).find((each) => each !== null);
    if (lost) (found ?? this.#find('.frame')!).focus();
    this.#reviewed = reviews;
  }

  protected override sessionChanged(): void {
    super.sessionChanged();
    const live = this.phase === 'live';
    if (live !== this.#wasLive) this.#live.say(phaseAnnouncement(this.phase, this.device, this.#strings));
    if (!live) this.#press.release();
    this.#wasLive = live;
  }

  protected override counted(left: number): void {
    this.#live.say(String(left));
  }

  protected override exposed(): void {
    const { video } = this.session.viewfinder;
    blink(video);
    fly(video, this.#find('.last, .nest'));
  }

  protected override taken(item: SnapItem, source: CaptureSource): void {
    super.taken(item, source);
    this.#live.say(captureAnnouncement(item, source, this.#strings));
  }

  /**
   * Reports a failure. The camera stays on, unless the browser alters every photo
   * (`capture-blocked`), which makes it useless.
   */
  protected override report(error: SnapError): void {
    if (error.code === 'capture-blocked') return this.session.fail(error);
    this.#notice = this.fail(error) ? error : null;
    this.requestUpdate();
  }

  protected override forgive(): void {
    this.#notice = null;
    this.requestUpdate();
  }

  #view(): CameraView {
    const { phase, error, slow, viewfinder } = this.session;
    const { cameras, controls: adjustable, deviceId } = viewfinder;
    const { count, recorded, paused } = this.captures;
    return {
      phase,
      error,
      slow,
      mode: this.mode,
      modes: modesOf(this.modes, this.mode),
      shutter: this.shutterKind,
      count,
      recorded,
      recordingPaused: paused,
      meter: this.#meter.canvas,
      cameras,
      deviceId,
      controls: adjustable,
      delivery: this.desk.delivery,
      last: this.desk.last,
      strings: this.#strings,
      urls: this.#urls,
      waysOut: this.#waysOut,
      guard: guardLine(this.connection, this, this.#strings),
    };
  }

  readonly #commands: CameraCommands = {
    start: () => void this.start(),
    stop: () => this.stop(),
    flip: () => ignoreRejection(this.flip()),
    choose: (deviceId) => ignoreRejection(this.chooseCamera(deviceId)),
    chooseFile: () => this.#input.click(),
    chooseMode: (mode: CaptureMode) => (this.mode = mode),
    press: (long) => {
      tap();
      this.press(long);
    },
    cancelCount: () => this.captures.cancel(),
    pause: () => this.captures.pauseRecording(),
    resume: () => this.captures.resumeRecording(),
    toggleSend: () => (this.shutter = this.shutterKind === 'send' ? 'snap' : 'send'),
    sendPending: () => this.desk.sendPending(),
    setTorch: (on) => void this.session.viewfinder.controls?.setTorch(on),
    setZoom: (value) => void this.session.viewfinder.controls?.setZoom(value),
    review: () => this.desk.open(),
  };

  #find(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(selector);
  }

  get #input(): HTMLInputElement {
    return this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')!;
  }
}
