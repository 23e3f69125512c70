import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SnapKind } from '../../item.js';
import * as icons from '../shared/icons.js';

/**
 * A small picture that tells its kind: a clip has a play mark on it, and what has no picture has
 * the icon of its kind. `alt`: empty where a text says the same.
 */
export function thumb(url: string | null, kind: SnapKind, alt: string): TemplateResult {
  if (url === null) return html`<span class="thumb ${kind}">${kindIcon(kind)}</span>`;
  return html`<span class="thumb ${kind}"
    ><img src=${url} alt=${alt} decoding="async" />${
      kind === 'video' ? html`<span class="mark">${icons.play}</span>` : nothing
    }</span
  >`;
}

/** The kind that a media type stands for. */
export function kindOf(type: string): SnapKind {
  if (type.startsWith('image/')) return 'photo';
  if (type.startsWith('video/')) return 'video';
  return type.startsWith('audio/') ? 'audio' : 'file';
}

function kindIcon(kind: SnapKind): TemplateResult {
  switch (kind) {
    case 'photo':
      return icons.picture;
    case 'video':
      return icons.film;
    case 'audio':
      return icons.sound;
    case 'file':
      return icons.file;
  }
}
