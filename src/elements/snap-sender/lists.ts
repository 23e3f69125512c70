import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isSmall } from '../../capture/image/tile.js';
import { SnapCancelRequestEvent, SnapRemoveRequestEvent, SnapRetryRequestEvent } from '../../events.js';
import type { SnapItem, SnapKind } from '../../item.js';
import type { StringsController } from '../../strings/strings-controller.js';
import type { Transfer } from '../../transfer/transfer.js';
import type { HubElement } from '../../hub/hub-element.js';
import * as icons from '../shared/icons.js';
import type { ObjectUrls } from '../shared/object-urls.js';
import type { ShowMore } from '../shared/show-more.js';
import { fraction, transferLabel } from './labels.js';

/** How many deliveries are listed. Of the rest only the number is shown. */
const MAX_DELIVERED = 3;

/** What the lists of a sender are rendered from. */
export interface SenderView {
  readonly hub: HubElement;
  readonly strings: StringsController;
  readonly urls: ObjectUrls;
  readonly showMore: { readonly pending: ShowMore; readonly outgoing: ShowMore };
  readonly request: (event: Event) => void;
}

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

function pendingItem(item: SnapItem, { strings, urls, request }: SenderView): TemplateResult {
  const picture = item.preview ?? (item.kind === 'photo' && isSmall(item) ? item.file : null);
  const { name } = item.file;
  return html`<li class="pending" part="pending-item">
    ${
      picture
        ? html`<img class="thumb" src=${urls.of(picture)} alt=${name} title=${name} decoding="async" />`
        : html`<span class="thumb file" title=${name}
            >${kindIcon(item.kind)}<bdi class="name">${name}</bdi></span
          >`
    }
    <button
      type="button"
      class="remove"
      data-action="remove"
      aria-label=${strings.term('action-on', strings.term('remove'), name)}
      @click=${() => request(new SnapRemoveRequestEvent(item))}
    >
      ${icons.close}
    </button>
  </li>`;
}

/** The list of running transfers, and of failed ones until the person decides about them. */
export function outgoingList(view: SenderView): TemplateResult | typeof nothing {
  const { hub, strings, showMore } = view;
  const running: Transfer[] = [];
  const ended: Transfer[] = [];
  for (const transfer of hub.transfers)
    if (transfer.direction === 'send' && transfer.state !== 'delivered')
      (transfer.ended ? ended : running).push(transfer);
  const all = running.length + ended.length;
  if (all === 0) return nothing;
  // Each kind is cut separately, so that failures are not hidden behind thousands of queued
  // transfers.
  const outgoing = [...showMore.outgoing.visible(running), ...showMore.outgoing.visible(ended)];
  return html`<ul role="list" class="outgoing" part="transfers" aria-label=${strings.term('sender-outgoing')}>
      ${repeat(
        outgoing,
        (transfer) => transfer.id,
        (transfer) => outgoingItem(transfer, view),
      )}
    </ul>
    ${showMore.outgoing.renderButton(all - outgoing.length, strings)}`;
}

function outgoingItem(transfer: Transfer, { hub, strings, urls, request }: SenderView): TemplateResult {
  const { name, state, preview, ended } = transfer;
  const action = (verb: string, id: string, icon: TemplateResult, event: () => Event): TemplateResult =>
    html`<button
      type="button"
      class="button icon quiet"
      data-action=${id}
      title=${verb}
      aria-label=${strings.term('action-on', verb, name)}
      @click=${() => request(event())}
    >
      ${icon}
    </button>`;
  return html`<li class="transfer ${state}" part="transfer">
    ${
      preview
        ? html`<img class="thumb" src=${urls.of(preview)} alt="" decoding="async" />`
        : html`<span class="thumb">${kindIcon(kindOf(transfer.type))}</span>`
    }
    <div class="about">
      <bdi class="name">${name}</bdi>
      <span class="details">
        ${state === 'failed' ? icons.warning : nothing}${strings.phrase(transferLabel(transfer, hub, strings))}
      </span>
      ${
        ended
          ? nothing
          : html`<progress
              part="progress"
              max="1"
              .value=${fraction(transfer)}
              aria-label=${name}
            ></progress>`
      }
    </div>
    <div class="row-buttons">
      ${
        ended
          ? [
              action(
                strings.term('sender-retry'),
                'retry',
                icons.retry,
                () => new SnapRetryRequestEvent(transfer),
              ),
              action(
                strings.term('remove'),
                'remove',
                icons.close,
                () => new SnapRemoveRequestEvent(transfer),
              ),
            ]
          : action(strings.term('cancel'), 'cancel', icons.close, () => new SnapCancelRequestEvent(transfer))
      }
    </div>
  </li>`;
}

/** The latest deliveries, newest first. */
export function deliveredList({ hub, strings, urls }: SenderView): TemplateResult | typeof nothing {
  const delivered = hub.transfers.filter(
    ({ direction, state }) => direction === 'send' && state === 'delivered',
  );
  if (delivered.length === 0) return nothing;
  const more = delivered.length - MAX_DELIVERED;
  return html`<ul
    role="list"
    class="delivered"
    part="delivered"
    aria-label=${strings.term('sender-delivered-list')}
  >
    ${repeat(
      delivered.slice(-MAX_DELIVERED).reverse(),
      (transfer) => transfer.id,
      (transfer) =>
        html`<li>
          ${icons.check}
          ${transfer.preview ? html`<img class="thumb" src=${urls.of(transfer.preview)} alt="" />` : nothing}
          <bdi class="name">${transfer.name}</bdi>
          <span class="details">${strings.phrase(transferLabel(transfer, hub, strings))}</span>
        </li>`,
    )}
    ${more > 0 ? html`<li class="more">${strings.text('sender-more', more)}</li>` : nothing}
  </ul>`;
}

function kindOf(type: string): SnapKind {
  if (type.startsWith('image/')) return 'photo';
  if (type.startsWith('video/')) return 'video';
  return type.startsWith('audio/') ? 'audio' : 'file';
}

function kindIcon(kind: SnapKind): TemplateResult {
  switch (kind) {
    case 'photo':
      return icons.picture;
    case 'video':
      return icons.film;
    case 'audio':
      return icons.sound;
    case 'file':
      return icons.file;
  }
}
