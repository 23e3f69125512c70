import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { SnapError } from '../../../errors.js';
import type { StringsController } from '../../../strings/strings-controller.js';
import * as icons from '../../shared/icons.js';

/** A failure that leaves the camera on. The message lies on the picture and moves nothing. */
export function notice(error: SnapError, strings: StringsController, dismiss: () => void): TemplateResult {
  const name = strings.term('camera-dismiss');
  return html`<div class="notice danger" part="notice">
    ${icons.warning}
    <span class="words">${strings.errorText(error)}</span>
    <button
      type="button"
      class="button icon quiet"
      part="dismiss"
      aria-label=${name}
      title=${name}
      @click=${dismiss}
    >
      ${icons.close}
    </button>
  </div>`;
}
