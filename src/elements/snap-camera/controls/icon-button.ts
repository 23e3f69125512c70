import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

/** A round button on the picture. With `pressed` it is a toggle. */
export function iconButton(given: {
  readonly part: string;
  readonly name: string;
  readonly icon: TemplateResult;
  readonly action: () => void;
  readonly pressed?: boolean;
}): TemplateResult {
  const { part, name, icon, action, pressed } = given;
  return html`<button
    type="button"
    class="button icon on-picture"
    part=${part}
    aria-label=${name}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    title=${name}
    @click=${action}
  >
    ${icon}
  </button>`;
}
