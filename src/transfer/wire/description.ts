import { SnapError } from '../../errors.js';
import { MAX_DIMENSION, MAX_MIME, MAX_NAME, MAX_PREVIEW } from './messages.js';
import type { OfferHeader } from './messages.js';
import { pieceSizeFor } from './parse.js';

/** What is said about the bytes when they are sent. */
export interface Description {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly mime: string;
  readonly format: 'file' | 'rgba';
  /** In pixels; 0 where unknown. */
  readonly width: number;
  readonly height: number;
  /** ms since the epoch. */
  readonly takenAt: number;
  readonly preview: Uint8Array<ArrayBuffer> | null;
}

/**
 * The header of an offer of `size` bytes, cut to what an offer may hold: a receiver takes anything
 * else for an attack. Throws `source-unsupported` for pixels beyond that.
 */
export function headerOf(description: Description, size: number): OfferHeader {
  const { id, name, mime, format, width, height, takenAt, preview } = description;
  const known = width <= MAX_DIMENSION && height <= MAX_DIMENSION;
  if (!known && format === 'rgba') {
    throw new SnapError('source-unsupported', { detail: 'more than 65535 pixels long' });
  }
  return {
    id,
    name: name.slice(0, MAX_NAME),
    mime: mime.slice(0, MAX_MIME),
    size,
    piece: pieceSizeFor(size),
    format,
    width: known ? width : 0,
    height: known ? height : 0,
    takenAt: Math.max(0, Math.round(takenAt)),
    preview: preview && preview.byteLength <= MAX_PREVIEW ? toBase64(preview) : null,
  };
}

/** The bytes of an offer's preview. */
export function previewOf({ preview }: Pick<OfferHeader, 'preview'>): Uint8Array<ArrayBuffer> | null {
  return preview === null ? null : Uint8Array.from(atob(preview), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
