import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { CaptureDevice, HubElement } from '../../hub/hub-element.js';
import type { StringsController } from '../../strings/strings-controller.js';

/** The line below the buttons: what a press has done that took nothing, or where to drop files. */
export class Hint {
  readonly #firstPress = new FirstPress();
  readonly #say: (text: string) => void;
  #said = '';

  /** `say` announces to screen readers. */
  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** *Snap* was pressed while the camera is as it is now. */
  press(camera: CaptureDevice | null): void {
    this.#firstPress.press(camera);
  }

  /** Follows the camera, and announces what has changed. Before each rendering. */
  update(camera: CaptureDevice | null, strings: StringsController): void {
    const press = this.#firstPress.read(camera);
    const text = press && camera ? strings.term(press, camera.mode) : '';
    if (text !== this.#said && text !== '') this.#say(text);
    this.#said = text;
  }

  /** `anywhere`: files may be dropped anywhere in the page. */
  render(
    hub: HubElement | null,
    anywhere: boolean,
    strings: StringsController,
  ): TemplateResult | typeof nothing {
    if (this.#said !== '') return html`<p class="hint press" part="hint">${strings.phrase(this.#said)}</p>`;
    const empty = hub !== null && hub.pending.length + hub.transfers.length === 0;
    if (!anywhere || !empty) return nothing;
    return html`<p class="hint drop" part="hint">${strings.text('sender-drop-anywhere')}</p>`;
  }
}

/** What to say about a first press. */
type FirstPressText = 'sender-turning-on' | 'sender-turned-on';

/**
 * The press that has turned the camera on and has taken nothing. People would wait for a photo, so
 * they are told to press again.
 */
class FirstPress {
  #text: FirstPressText | null = null;
  /** Whether the camera has begun to start since: a hub serves a press a moment later. */
  #begun = false;

  /** *Snap* was pressed while the camera is as it is now. */
  press(camera: CaptureDevice | null): void {
    const on = camera === null || camera.phase === 'live' || camera.recording;
    this.#text = on ? null : 'sender-turning-on';
    this.#begun = false;
  }

  /** What there is to say about it now; null: nothing, or nothing any more. */
  read(camera: CaptureDevice | null): FirstPressText | null {
    if (this.#text === null || camera === null || camera.recording) return (this.#text = null);
    switch (camera.phase) {
      case 'live':
        return (this.#text = 'sender-turned-on');
      case 'asking':
      case 'starting':
        this.#begun = true;
        return this.#text;
      case 'idle':
      case 'paused':
        return this.#begun || this.#text === 'sender-turned-on' ? (this.#text = null) : this.#text;
      case 'failed':
        return (this.#text = null);
    }
  }
}
