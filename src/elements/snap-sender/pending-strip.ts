import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isSmall } from '../../capture/image/tile.js';
import type { SnapItem } from '../../item.js';
import { clock } from '../../strings/format.js';
import * as icons from '../shared/icons.js';
import { nameLine, spokenName } from './names.js';
import { thumb } from './thumb.js';
import type { SenderView } from './view.js';

/** The list of items that wait to be sent. */
export function pendingStrip(view: SenderView): TemplateResult | typeof nothing {
  const { hub, strings, showMore } = view;
  if (hub.pending.length === 0) return nothing;
  const pending = showMore.pending.visible(hub.pending);
  return html`<section class="group">
    <p class="heading" id="pending">${strings.text('sender-pending', hub.pending.length)}</p>
    <ul role="list" class="strip" part="pending" aria-labelledby="pending">
      ${repeat(
        pending,
        (item) => item.id,
        (item) => pendingItem(item, view),
      )}
    </ul>
    ${showMore.pending.renderButton(hub.pending.length - pending.length, strings)}
  </section>`;
}

function pendingItem(item: SnapItem, { strings, urls, durations, remove }: SenderView): TemplateResult {
  const { kind, preview, file } = item;
  const picture = preview ?? (kind === 'photo' && isSmall(item) ? file : null);
  const length = durations.of(item);
  const name = spokenName(file.name, strings);
  const spoken = length === null ? name : strings.term('sender-item-length', name, clock(length));
  return html`<li class="pending" part="pending-item" data-id=${item.id} title=${file.name}>
    ${thumb(picture && urls.of(picture), kind, spoken)}
    ${picture ? nothing : html`<span class="caption">${nameLine(file.name, strings)}</span>`}
    ${length === null ? nothing : html`<span class="length" aria-hidden=${picture ? 'true' : 'false'}>${clock(length)}</span>`}
    <button
      type="button"
      class="remove"
      data-action="remove"
      aria-label=${strings.term('action-on', strings.term('remove'), name)}
      @click=${() => remove(item)}
    >
      <span class="disc">${icons.close}</span>
    </button>
  </li>`;
}
