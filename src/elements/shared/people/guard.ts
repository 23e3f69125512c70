import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { HubElement } from '../../../hub/hub-element.js';
import type { StringsController } from '../../../strings/strings-controller.js';
import { isVisible } from '../../../visible.js';
import * as icons from '../icons.js';

/** The element of each hub that shows the line. */
const shownBy = new WeakMap<HubElement, HTMLElement & { readonly connection: HubElement | null }>();

/**
 * A line that says which site this page sends to, and whom to trust: somebody else's code may have
 * led the person here. One element of the hub shows it, and no longer once something has been sent.
 * Nothing has to be pressed: a person in a hurry would press it unread.
 */
export function guardLine(
  hub: HubElement | null,
  element: HTMLElement & { readonly connection: HubElement | null },
  strings: StringsController,
): TemplateResult | typeof nothing {
  if (!hub?.guarded || hub.transfers.some(({ direction }) => direction === 'send')) return nothing;
  const former = shownBy.get(hub);
  const shows = former?.isConnected && former.connection === hub && isVisible(former);
  if (former !== element && shows) return nothing;
  shownBy.set(hub, element);
  return html`<p class="guard small" part="guard">
    ${icons.shield}<span>${strings.text('guard', location.hostname)}</span>
  </p>`;
}
