import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { HubElement } from '../../hub/hub-element.js';
import type { StringsController } from '../../strings/strings-controller.js';
import * as icons from '../shared/icons.js';

/** What the buttons of a sender are rendered from. */
export interface ButtonsView {
  readonly hub: HubElement | null;
  readonly strings: StringsController;
  readonly filesOnly: boolean;
  /** *Snap*, or *Snap & Send*. */
  readonly capture: (send: boolean) => void;
  readonly choose: () => void;
  readonly send: () => void;
}

/**
 * The buttons: two that capture, as the camera's mode has it, and two that work with files. The one
 * that comes next is filled: *Send* while something waits, else *Snap & Send*, or *Choose files*
 * with `files-only`. None is while the camera has failed: it offers the main way out itself.
 *
 * *Send* is only ever `aria-disabled`: if it became `disabled` when pressed, it would lose the
 * focus.
 */
export function buttons(view: ButtonsView): TemplateResult {
  const { hub, strings, filesOnly, capture, choose, send } = view;
  const waits = hub !== null && hub.pending.length > 0;
  const captures = canCapture(view);
  const [alone, andSend] = captureLabels(hub, strings);
  return html`
    <div class="pair" ?hidden=${!captures}>
      <button
        type="button"
        class="button ${waits ? '' : 'primary'}"
        part="snap-send"
        @click=${() => capture(true)}
      >
        ${andSend}
      </button>
      <button type="button" class="button" part="snap" @click=${() => capture(false)}>${alone}</button>
    </div>
    <div class="pair">
      <button
        type="button"
        class="button ${filesOnly && !waits ? 'primary' : ''}"
        part="choose"
        @click=${choose}
      >
        ${icons.label(icons.plus, strings.text('choose-files'))}
      </button>
      <button
        type="button"
        class="button ${waits ? 'primary' : ''}"
        part="send"
        aria-disabled=${String(!waits)}
        @click=${() => waits && send()}
      >
        ${icons.label(icons.send, strings.text('sender-send'))}
      </button>
    </div>
  `;
}

/** Does for the keyboard, and for a finger, what dropping a folder does for a mouse. */
export function folderButton(strings: StringsController, choose: () => void): TemplateResult {
  return html`<button type="button" class="button quiet folder" part="choose-folder" @click=${choose}>
    ${icons.label(icons.folder, strings.text('choose-folder'))}
  </button>`;
}

/** Whether a camera may be of use here. One that has failed says so itself, and what to do. */
export function canCapture({ filesOnly, hub }: Pick<ButtonsView, 'filesOnly' | 'hub'>): boolean {
  return !filesOnly && hub?.camera?.phase !== 'failed';
}

/** *Snap* and *Snap & Send*, in the words of what the camera does now. */
function captureLabels(
  hub: HubElement | null,
  strings: StringsController,
): readonly [alone: TemplateResult, andSend: TemplateResult] {
  const camera = hub?.camera;
  if (camera?.recording) {
    return [
      icons.label(icons.stop, strings.text('sender-stop')),
      icons.label(icons.stopSend, strings.text('sender-stop-send')),
    ];
  }
  if (camera && camera.mode !== 'photo') {
    return [
      icons.label(icons.record, strings.text('sender-record')),
      icons.label(icons.recordSend, strings.text('sender-record-send')),
    ];
  }
  return [
    icons.label(icons.camera, strings.text('sender-snap')),
    icons.label(icons.cameraSend, strings.text('sender-snap-send')),
  ];
}
