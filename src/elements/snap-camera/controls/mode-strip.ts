import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { CaptureMode } from '../../../hub/hub-element.js';
import type { CameraCommands, CameraView } from '../camera-view.js';

/** The choice of photo, video or sound: radio buttons, so that arrow keys move between them. */
export function modeStrip(view: CameraView, { chooseMode }: CameraCommands): TemplateResult | typeof nothing {
  const { mode, modes, strings } = view;
  if (modes.length < 2) return nothing;
  const option = (each: CaptureMode): TemplateResult =>
    html`<label class="mode">
      <input
        type="radio"
        name="mode"
        value=${each}
        .checked=${each === mode}
        @change=${() => chooseMode(each)}
      />
      <span>${strings.text(`kind-${each}`)}</span>
    </label>`;
  return html`<div class="modes" part="modes" role="radiogroup" aria-label=${strings.term('camera-modes')}>
    ${modes.map(option)}
  </div>`;
}
