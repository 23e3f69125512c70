import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { SnapRemoveRequestEvent, SnapRetryRequestEvent } from '../../events.js';
import type { Transfer } from '../../transfer/transfer.js';
import * as icons from '../shared/icons.js';
import { fraction, totalLabel, transferLabel } from './labels.js';
import { nameLine, spokenName } from './names.js';
import { kindOf, thumb } from './thumb.js';
import type { SenderView } from './view.js';

/** The list of running transfers, and of failed ones until the person decides about them. */
export function transferList(view: SenderView): TemplateResult | typeof nothing {
  const { hub, strings, showMore } = view;
  const running: Transfer[] = [];
  const ended: Transfer[] = [];
  for (const transfer of hub.transfers)
    if (transfer.direction === 'send' && transfer.state !== 'delivered')
      (transfer.ended ? ended : running).push(transfer);
  const all = running.length + ended.length;
  const total = totalLine(running, view);
  if (all === 0) return nothing;
  // Each kind is cut separately, so that failures are not hidden behind thousands of queued
  // transfers.
  const outgoing = [...showMore.outgoing.visible(running), ...showMore.outgoing.visible(ended)];
  return html`<section class="group">
    ${total}
    <ul role="list" class="outgoing" part="transfers" aria-label=${strings.term('sender-outgoing')}>
      ${repeat(
        outgoing,
        (transfer) => transfer.id,
        (transfer) => row(transfer, view),
      )}
    </ul>
    ${showMore.outgoing.renderButton(all - outgoing.length, strings)}
  </section>`;
}

/** How far several transfers are together. */
function totalLine(
  running: readonly Transfer[],
  { batch, strings }: SenderView,
): TemplateResult | typeof nothing {
  const total = batch.read(running);
  // As with one: an empty bar looks stuck.
  if (!total || (total.loaded === 0 && !running.some(({ state }) => state === 'sending'))) return nothing;
  return html`<div class="total" part="total">
    <span class="details">${strings.phrase(totalLabel(total, strings))}</span>
    <progress
      max="1"
      .value=${total.size > 0 ? total.loaded / total.size : 0}
      aria-label=${strings.term('sender-outgoing')}
    ></progress>
  </div>`;
}

function row(
  transfer: Transfer,
  { hub, strings, urls, speeds, request, cancel }: SenderView,
): TemplateResult {
  const { name, state, preview, ended, loaded } = transfer;
  const spoken = spokenName(name, strings);
  const action = (verb: string, id: string, icon: TemplateResult, act: () => void): TemplateResult =>
    html`<button
      type="button"
      class="button icon quiet"
      data-action=${id}
      title=${verb}
      aria-label=${strings.term('action-on', verb, spoken)}
      @click=${act}
    >
      ${icon}
    </button>`;
  // An empty bar of what has not begun looks stuck.
  const begun = !ended && (state !== 'queued' || loaded > 0);
  const words = transferLabel(transfer, hub, strings, speeds.of(transfer));
  return html`<li class="transfer ${state}" part="transfer">
    ${thumb(preview && urls.of(preview), kindOf(transfer.type), '')}
    <div class="about">
      ${nameLine(name, strings)}
      <span class="details">${state === 'failed' ? icons.warning : nothing}${strings.phrase(words)}</span>
      ${
        begun
          ? html`<progress
              part="progress"
              max="1"
              .value=${fraction(transfer)}
              aria-label=${spoken}
            ></progress>`
          : nothing
      }
    </div>
    <div class="row-buttons">
      ${
        ended
          ? [
              action(strings.term('sender-retry'), 'retry', icons.retry, () =>
                request(new SnapRetryRequestEvent(transfer)),
              ),
              action(strings.term('remove'), 'remove', icons.close, () =>
                request(new SnapRemoveRequestEvent(transfer)),
              ),
            ]
          : action(strings.term('cancel'), 'cancel', icons.close, () => cancel(transfer))
      }
    </div>
  </li>`;
}
