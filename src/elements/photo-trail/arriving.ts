import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { SnapCancelRequestEvent } from '../../events.js';
import type { Transfer } from '../../transfer/transfer.js';
import type { HubElement } from '../../hub/hub-element.js';
import * as icons from '../shared/icons.js';
import type { TrailView } from './item.js';

/**
 * The transfers that are arriving in a trail. A transfer is `delivered` a moment before its item is
 * in `received`, because the item is inspected first. It keeps its place for that moment, or
 * everything after it would jump there and back.
 */
export class ArrivingTransfers {
  #kept: ReadonlySet<string> = new Set();

  /** Newest first. */
  read(hub: HubElement | null): readonly Transfer[] {
    const here = new Set(hub?.received.map(({ id }) => id));
    const arriving = (hub?.transfers ?? []).filter(({ id, direction, state, ended }) => {
      if (direction !== 'receive' || here.has(id)) return false;
      return !ended || (state === 'delivered' && this.#kept.has(id));
    });
    this.#kept = new Set(arriving.map(({ id }) => id));
    return arriving.reverse();
  }
}

/** An arriving transfer as a tile: its preview and progress. */
export function arrivingItem(transfer: Transfer, { hub, strings, urls, request }: TrailView): TemplateResult {
  const { name, type, preview } = transfer;
  const loaded = transfer.size > 0 ? Math.min(1, transfer.loaded / transfer.size) : 0;
  const percent = strings.number(loaded, { style: 'percent' });
  const photo = type.startsWith('image/');
  const from = hub.peers.find(({ id }) => id === transfer.from)?.name;
  return html`<li class="item arriving" part="item placeholder" data-id=${transfer.id}>
    <div class="thumb" part="thumbnail">
      ${preview ? html`<img class="preview" src=${urls.of(preview)} alt="" decoding="async" />` : photo ? icons.picture : icons.file}
      <progress
        max="1"
        .value=${loaded}
        aria-label=${strings.term('trail-arriving', name, percent)}
      ></progress>
    </div>
    <div class="caption" part="caption">
      <bdi class="name">${from || (photo ? strings.term('kind-photo') : name)}</bdi>
      <span class="details" dir=${strings.language().dir}
        ><bdi>${percent}</bdi> · <bdi>${strings.term('size', transfer.size)}</bdi></span
      >
    </div>
    <div class="row">
      <button
        type="button"
        class="button icon quiet"
        data-action="cancel"
        title=${strings.term('cancel')}
        aria-label=${strings.term('action-on', strings.term('cancel'), name)}
        ?disabled=${transfer.ended}
        @click=${() => request(new SnapCancelRequestEvent(transfer))}
      >
        ${icons.close}
      </button>
    </div>
  </li>`;
}
