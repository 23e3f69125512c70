import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import * as icons from '../shared/icons.js';
import type { TrailView } from './item.js';

/**
 * How many items there are and how many are arriving, and, from two on, a button that saves all.
 */
export function toolbar(
  received: number,
  arriving: number,
  archive: File | null,
  { strings, urls, saveAll }: TrailView,
): TemplateResult {
  const counts = [
    received > 0 ? strings.term('trail-count', received) : '',
    arriving > 0 ? strings.term('trail-count-arriving', arriving) : '',
  ];
  return html`<div class="toolbar" part="toolbar">
    ${strings.phrase(counts.filter(Boolean).join(' · '))}
    <button type="button" class="button" part="save-all" ?hidden=${received < 2} @click=${saveAll}>
      ${icons.label(icons.save, strings.text('trail-save-all'))}
    </button>
    ${
      archive
        ? html`<a hidden id="archive" href=${urls.of(archive)} download=${archive.name}>${archive.name}</a>`
        : nothing
    }
  </div>`;
}

/** Why the last command failed. A live region must be in the page before its text is. */
export function failureNotice({ failure, strings }: TrailView): TemplateResult {
  return html`<div role="alert">
    ${failure ? html`<p class="notice warning">${icons.warning}${strings.errorText(failure)}</p>` : nothing}
  </div>`;
}
