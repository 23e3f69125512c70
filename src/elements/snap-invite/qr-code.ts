import { html, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { correction, generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/**
 * Modules of white around the code, as ISO/IEC 18004 asks for. Without them a reader does not find
 * it on a dark page.
 */
const QUIET_ZONE = 4;

/**
 * What a QR code is drawn from: the outline of its dark modules, and the square that it lies in,
 * one unit a module.
 */
export interface QrCode {
  readonly path: string;
  readonly viewBox: string;
}

/**
 * The QR code of `text`; null for what is too long for one. At least 15 % of it may be unreadable
 * (level M): a finger on the screen, a reflection.
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
 * The code as a picture that is called `label`. Black on white in every colour scheme: many readers
 * do not read it inverted.
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
