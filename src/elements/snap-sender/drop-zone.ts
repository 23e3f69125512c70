import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { StringsController } from '../../strings/strings-controller.js';
import * as icons from '../shared/icons.js';

/** The overlay while files are dragged: over the element, or over the whole page. */
export function dropZone(
  place: 'element' | 'page',
  dragging: boolean,
  strings: StringsController,
): TemplateResult {
  return html`<div
    class="drop-zone"
    part="drop-zone"
    popover=${place === 'page' ? 'manual' : nothing}
    ?hidden=${!dragging}
  >
    ${icons.plus}${strings.text('sender-drop')}
  </div>`;
}

/** Brings the overlay of a page above everything else, or takes it away. */
export function cover(root: ParentNode, dragging: boolean): void {
  const zone = root.querySelector<HTMLElement>('.drop-zone')!;
  if (!zone.isConnected || zone.matches(':popover-open') === dragging) return;
  if (dragging) zone.showPopover();
  else zone.hidePopover();
}
