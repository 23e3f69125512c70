import { html, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { correction, generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/**
 * The white margin in modules that ISO/IEC 18004 requires. Without it, readers do not find the code
 * on a dark page.
 */
const QUIET_ZONE = 4;

/** The outline of the dark modules, and the view box, in modules. */
export interface QrCode {
  readonly path: string;
  readonly viewBox: string;
}

/**
 * The QR code of `text`; null if `text` is too long. Level M: 15 % of the code may be unreadable,
 * by a finger or a reflection.
 */
export function qrCode(text: string): QrCode | null {
  try {
    const code = generate(text, { minCorrectionLevel: correction.M });
    const side = code.size + 2 * QUIET_ZONE;
    return { path: toSvgPath(code), viewBox: `${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}` };
  } catch {
    return null;
  }
}

/**
 * Renders the code with the accessible name `label`. It is black on white in every colour scheme,
 * as many readers cannot read inverted codes.
 */
export function qrPicture({ path, viewBox }: QrCode, label: string): TemplateResult {
  return html`<svg
    class="qr"
    part="qr"
    role="img"
    aria-label=${label}
    viewBox=${viewBox}
    shape-rendering="crispEdges"
  >
    ${svg`<rect x="-${QUIET_ZONE}" y="-${QUIET_ZONE}" width="100%" height="100%" fill="#fff"/><path d=${path} fill="#000"/>`}
  </svg>`;
}
