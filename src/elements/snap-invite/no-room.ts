import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { SnapError } from '../../errors.js';
import { SnapRenewRequestEvent, SnapRetryRequestEvent } from '../../events.js';
import type { HubElement } from '../../hub/hub-element.js';
import { newRoomHelps, retryHelps } from '../../hub/remedies.js';
import type { StringsController } from '../../strings/strings-controller.js';
import * as icons from '../shared/icons.js';

/**
 * Why there is no room to invite anybody to, and the ways out that can help. The reason is a live
 * region, because it may change.
 */
export function noRoom(
  hub: HubElement | null,
  strings: StringsController,
  request: (event: Event) => unknown,
): TemplateResult {
  const error = hub ? hub.error : new SnapError('connection-missing');
  const why = strings.text(hub?.state === 'closed' ? 'state-closed' : 'invite-not-ready');
  return html`<div role="status">
      <p class="empty small" part="empty">
        ${error ? icons.warning : icons.link}${error ? strings.errorText(error) : why}
      </p>
    </div>
    ${error && hub?.state === 'failed' ? waysOut(error, strings, request) : nothing}`;
}

function waysOut(
  { code }: SnapError,
  strings: StringsController,
  request: (event: Event) => unknown,
): TemplateResult | typeof nothing {
  const tryAgain = html`<button
    type="button"
    class="button"
    part="try-again"
    @click=${() => request(new SnapRetryRequestEvent(null))}
  >
    ${icons.label(icons.retry, strings.text('try-again'))}
  </button>`;
  const newRoom = html`<button
    type="button"
    class="button"
    part="new-room"
    @click=${() => request(new SnapRenewRequestEvent())}
  >
    ${icons.label(icons.plus, strings.text('invite-new-room'))}
  </button>`;
  const offered = [retryHelps(code) && tryAgain, newRoomHelps(code) && newRoom].filter(
    (button) => button !== false,
  );
  return offered.length > 0 ? html`<div class="actions" part="actions">${offered}</div>` : nothing;
}
