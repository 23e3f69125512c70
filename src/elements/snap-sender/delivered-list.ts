import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { SnapRetryRequestEvent } from '../../events.js';
import type { Transfer } from '../../transfer/transfer.js';
import * as icons from '../shared/icons.js';
import { arrivedLabel, transferLabel } from './labels.js';
import { nameLine, spokenName } from './names.js';
import { kindOf, thumb } from './thumb.js';
import type { SenderView } from './view.js';

/** What was delivered, newest first, and whether that is everything. */
export function deliveredList(view: SenderView): TemplateResult | typeof nothing {
  const { hub, strings, showMore } = view;
  const delivered = hub.transfers
    .filter(({ direction, state }) => direction === 'send' && state === 'delivered')
    .reverse();
  if (delivered.length === 0) return nothing;
  const shown = showMore.delivered.visible(delivered);
  const arrived = arrivedLabel(hub, strings);
  return html`<section class="group">
    ${arrived === '' ? nothing : html`<p class="arrived" part="arrived">${icons.check}${strings.phrase(arrived)}</p>`}
    <ul role="list" class="delivered" part="delivered" aria-label=${strings.term('sender-delivered-list')}>
      ${repeat(
        shown,
        (transfer) => transfer.id,
        (transfer) => row(transfer, view),
      )}
    </ul>
    ${showMore.delivered.renderButton(delivered.length - shown.length, strings)}
  </section>`;
}

function row(transfer: Transfer, { hub, strings, urls, request }: SenderView): TemplateResult {
  const { name, preview, type } = transfer;
  const again = strings.term('sender-again');
  return html`<li part="delivered-item">
    ${icons.check} ${thumb(preview && urls.of(preview), kindOf(type), '')}
    <span class="what">
      <span class="line">${nameLine(name, strings)}</span>
      <span class="details">${strings.phrase(transferLabel(transfer, hub, strings))}</span>
    </span>
    ${
      hub.canSendAgain(transfer)
        ? html`<button
            type="button"
            class="button icon quiet"
            data-action="again"
            title=${again}
            aria-label=${strings.term('action-on', again, spokenName(name, strings))}
            @click=${() => request(new SnapRetryRequestEvent(transfer))}
          >
            ${icons.retry}
          </button>`
        : nothing
    }
  </li>`;
}
