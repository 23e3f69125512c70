import { html } from 'lit';
import type { TemplateResult } from 'lit';
import * as icons from '../shared/icons.js';
import type { CameraCommands, CameraView } from './camera-view.js';

/** The icon in a circle at the head of a poster. */
export function emblem(view: CameraView): TemplateResult {
  const on = view.mode === 'audio' ? icons.microphone : icons.camera;
  return html`<span class="emblem">${view.phase === 'failed' ? off(view) : on}</span>`;
}

/** The icon of the device, crossed out. */
export function off({ mode }: CameraView): TemplateResult {
  return mode === 'audio' ? icons.microphoneOff : icons.cameraOff;
}

/** The button *Try again*. */
export function tryAgain({ strings }: CameraView, { start }: CameraCommands): TemplateResult {
  return html`<button type="button" class="button primary" part="try-again" @click=${start}>
    ${icons.label(icons.retry, strings.text('try-again'))}
  </button>`;
}
