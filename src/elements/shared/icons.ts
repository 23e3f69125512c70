import { html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { SnapKind } from '../../item.js';

/**
 * For icons that point in reading direction; mirrored in right-to-left pages (controls.styles.ts).
 */
const ONWARDS = 'onwards';

/**
 * A 24-unit grid with 1.75-unit strokes, round caps, in the text colour. Icons are hidden from
 * assistive technology: their names come from the text beside them.
 */
function glyph(shape: SVGTemplateResult, more = ''): TemplateResult {
  return html`<svg
    class="glyph ${more}"
    viewBox="0 0 24 24"
    width="24"
    height="24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    ${shape}
  </svg>`;
}

/**
 * An icon and its text as one inline run: next to a label of two lines, a separate icon would stand
 * far from both. The glue keeps the icon on the line of the first word.
 */
export function label(icon: TemplateResult, text: TemplateResult): TemplateResult {
  return html`<span class="label"
    >${icon}<span><span class="glue">&nbsp;</span>${text}</span></span
  >`;
}

export const camera = glyph(
  svg`<path d="M4 7.5h3.2L9 5h6l1.8 2.5H20a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 18V9A1.5 1.5 0 0 1 4 7.5Z"/><circle cx="12" cy="13" r="3.75"/>`,
);
export const cameraOff = glyph(
  svg`<path d="M6.5 7.5H4A1.5 1.5 0 0 0 2.5 9v9A1.5 1.5 0 0 0 4 19.5h13.5M9.3 4.6 9 5h6l1.8 2.5H20A1.5 1.5 0 0 1 21.5 9v8.3"/><path d="M14.6 15.7A3.75 3.75 0 0 1 9.3 10.4M3 3l18 18"/>`,
);
/** The camera, with an arrow in place of its lens. */
export const cameraSend = glyph(
  svg`<path d="M4 7.5h3.2L9 5h6l1.8 2.5H20a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 18V9A1.5 1.5 0 0 1 4 7.5Z"/><path d="M12 16.75v-7M8.75 12.75 12 9.5l3.25 3.25"/>`,
);
export const flip = glyph(
  svg`<path d="M20.5 11A8.5 8.5 0 0 0 5.3 6.7L3.5 8.5M3.5 4v4.5H8M3.5 13a8.5 8.5 0 0 0 15.2 4.3l1.8-1.8M20.5 20v-4.5H16"/>`,
);
export const phone = glyph(
  svg`<rect x="6.75" y="2.5" width="10.5" height="19" rx="2.25"/><path d="M11 18.5h2"/>`,
);
export const retry = glyph(svg`<path d="M19.5 13.5A7.75 7.75 0 1 1 17.4 6.5L20 9M20 4v5h-5"/>`);
export const file = glyph(
  svg`<path d="M13.5 3H7a1.5 1.5 0 0 0-1.5 1.5v15A1.5 1.5 0 0 0 7 21h10a1.5 1.5 0 0 0 1.5-1.5V8ZM13.5 3v5h5"/>`,
);
export const folder = glyph(
  svg`<path d="M3 8V6.5A1.5 1.5 0 0 1 4.5 5h4.25l2.25 3h8.5A1.5 1.5 0 0 1 21 9.5v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5Z"/>`,
);
export const picture = glyph(
  svg`<rect x="3" y="4.5" width="18" height="15" rx="2"/><circle cx="8.5" cy="10" r="1.6"/><path d="m3.5 17.5 5-4.2 3.5 2.9 4.5-4.7 4.3 4.3"/>`,
);
export const send = glyph(svg`<path d="M4 12h9M4.2 4.5 20.5 12 4.2 19.5 6.5 12Z"/>`, ONWARDS);
export const plus = glyph(svg`<path d="M12 5v14M5 12h14"/>`);
export const close = glyph(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const check = glyph(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`);
export const warning = glyph(
  svg`<path d="M10.7 4.3 2.9 17.8A1.5 1.5 0 0 0 4.2 20h15.6a1.5 1.5 0 0 0 1.3-2.2L13.3 4.3a1.5 1.5 0 0 0-2.6 0ZM12 9.5v4.25M12 16.9v.1"/>`,
);
export const save = glyph(svg`<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15"/>`);
export const share = glyph(
  svg`<path d="M12 15V3.5M7.75 7.5 12 3.25l4.25 4.25M7 11H5.5A1.5 1.5 0 0 0 4 12.5v7A1.5 1.5 0 0 0 5.5 21h13a1.5 1.5 0 0 0 1.5-1.5v-7a1.5 1.5 0 0 0-1.5-1.5H17"/>`,
);
export const copy = glyph(
  svg`<rect x="8.5" y="8.5" width="12" height="12" rx="2"/><path d="M15.5 8.5v-3a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h3"/>`,
);
export const remove = glyph(
  svg`<path d="M4 6.5h16M9.5 6.5V4.75A1.25 1.25 0 0 1 10.75 3.5h2.5a1.25 1.25 0 0 1 1.25 1.25V6.5M6 6.5l.9 12.6a1.5 1.5 0 0 0 1.5 1.4h7.2a1.5 1.5 0 0 0 1.5-1.4L18 6.5M10 10.5v6M14 10.5v6"/>`,
);
export const link = glyph(
  svg`<path d="M10 14a4.25 4.25 0 0 0 6.3.4l3-3a4.24 4.24 0 0 0-6-6l-1 1M14 10a4.25 4.25 0 0 0-6.3-.4l-3 3a4.24 4.24 0 0 0 6 6l1-1"/>`,
);
export const qr = glyph(
  svg`<path d="M4 4h6v6H4ZM14 4h6v6h-6ZM4 14h6v6H4ZM14 14h2.5M20 14v2.5M14 17.5V20h2.5M20 20v-.5"/>`,
);
export const shield = glyph(
  svg`<path d="M12 3 5 5.75V11c0 4.5 2.9 8.1 7 9.75 4.1-1.65 7-5.25 7-9.75V5.75ZM9 11.75l2.25 2.25L15.25 10"/>`,
);
export const microphone = glyph(
  svg`<rect x="9" y="2.75" width="6" height="11.5" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3.25"/>`,
);
export const microphoneOff = glyph(
  svg`<path d="M9 9v2.25a3 3 0 0 0 4.8 2.4M15 10.5V5.75a3 3 0 0 0-5.7-1.3M5.5 11.5a6.5 6.5 0 0 0 10.6 5.05M18.5 11.5a6.5 6.5 0 0 1-.7 2.95M12 18v3.25M3.5 3.5l17 17"/>`,
);
export const film = glyph(
  svg`<rect x="2.75" y="6" width="12.5" height="12" rx="2"/><path d="m15.25 10.5 6-3v9l-6-3"/>`,
);
export const sound = glyph(
  svg`<path d="M9 18V6l10.5-2.25V15.5"/><circle cx="6.5" cy="18" r="2.5"/><circle cx="17" cy="15.5" r="2.5"/>`,
);
export const record = glyph(
  svg`<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="4.5" fill="currentColor"/>`,
);
/** These two with an arrow, for what is sent at once. */
export const recordSend = glyph(
  svg`<circle cx="12" cy="12" r="9"/><path d="M12 16.25v-8M8.5 11.5 12 8l3.5 3.5"/>`,
);
export const stopSend = glyph(
  svg`<rect x="4" y="4" width="16" height="16" rx="3"/><path d="M12 16.25v-8M8.5 11.5 12 8l3.5 3.5"/>`,
);
export const play = glyph(svg`<path d="M8.5 5.5v13l10-6.5Z" fill="currentColor"/>`);
export const stop = glyph(svg`<rect x="6.5" y="6.5" width="11" height="11" rx="2" fill="currentColor"/>`);
export const previous = glyph(svg`<path d="m14.5 5.5-6.5 6.5 6.5 6.5"/>`, ONWARDS);
export const next = glyph(svg`<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>`, ONWARDS);
export const pause = glyph(svg`<path d="M9 6v12M15 6v12" stroke-width="3"/>`);
export const torch = glyph(
  svg`<path d="M8 3.5h8v3.25a3 3 0 0 1-.6 1.8l-.8 1.1a3 3 0 0 0-.6 1.8V19.5a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1v-8.05a3 3 0 0 0-.6-1.8l-.8-1.1A3 3 0 0 1 8 6.75ZM8 6.5h8M12 12.5v1.75"/>`,
);
export const lenses = glyph(
  svg`<rect x="3" y="3" width="18" height="18" rx="4"/><circle cx="9" cy="9" r="2.5"/><circle cx="15.5" cy="12" r="2.5"/><circle cx="9" cy="15.5" r="2.5"/>`,
);

/** The icon of a kind of item. */
export function ofKind(kind: SnapKind): TemplateResult {
  return { photo: picture, video: film, audio: sound, file }[kind];
}
