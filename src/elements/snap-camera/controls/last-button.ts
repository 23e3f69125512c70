import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import * as icons from '../../shared/icons.js';
import type { CameraCommands, CameraView } from '../camera-view.js';
import { deliveryText } from '../delivery-text.js';

/**
 * The last photo: a round thumbnail, around it a ring that fills while it is being sent, and a
 * badge with the number of what has not arrived yet, or a tick. Pressing it shows the photo.
 */
export function lastButton(view: CameraView, { review }: CameraCommands): TemplateResult | typeof nothing {
  const { phase, last, strings, urls } = view;
  // What flies to the thumbnail needs a place to fly to, the first time as well.
  if (!last) return phase === 'live' ? html`<span class="nest"></span>` : nothing;
  const name = strings.term('camera-last', strings.term(`kind-${last.kind}`), textWithCount(view));
  return html`<button
    type="button"
    class="last"
    part="last"
    aria-label=${name}
    title=${name}
    @click=${review}
  >
    ${keyed(
      last.id,
      last.preview
        ? html`<img class="shot" src=${urls.of(last.preview)} alt="" decoding="async" />`
        : html`<span class="shot">${icons.ofKind(last.kind)}</span>`,
    )}
    ${ring(view)} ${mark(view)}
  </button>`;
}

/** The name of the button has in it what its mark shows: people say aloud what they see. */
function textWithCount(view: CameraView): string {
  const { delivery, strings } = view;
  const { failed, sending } = delivery;
  const text = deliveryText(view);
  return failed === 0 && sending > 0 ? `${text}, ${strings.number(waiting(delivery))}` : text;
}

function ring({ delivery }: CameraView): TemplateResult {
  const { progress, delivered } = delivery;
  const filled = delivered ? 1 : progress;
  return html`<svg class="ring" viewBox="0 0 60 60" aria-hidden="true" focusable="false">
    ${
      filled === null
        ? nothing
        : svg`<circle class="track" cx="30" cy="30" r="27.5" /><circle
            class="filled ${delivered ? 'done' : ''}"
            cx="30" cy="30" r="27.5" pathLength="1" stroke-dasharray="${filled.toFixed(3)} 2" />`
    }
  </svg>`;
}

/** What has failed counts for more than what is under way, and that for more than what arrived. */
function mark({ delivery, strings }: CameraView): TemplateResult | typeof nothing {
  const { failed, delivered } = delivery;
  if (failed > 0) return html`<span class="mark failure">${icons.warning}</span>`;
  const count = waiting(delivery);
  if (count > 0)
    return html`<span class="mark">${keyed(count, html`<span>${strings.number(count)}</span>`)}</span>`;
  return delivered ? html`<span class="mark tick">${icons.check}</span>` : nothing;
}

/** How many have not arrived yet. */
function waiting({ pending, sending }: CameraView['delivery']): number {
  return pending + sending;
}
