/**
 * What an item is to the person who looks at it: decided from the bytes, never from a peer's word.
 */
export type SnapKind = 'photo' | 'video' | 'audio' | 'file';

/** Whom an item came from. */
export interface SnapOrigin {
  /** The member's `tabId`. */
  readonly id: string;
  /** The name that the member gave itself, or the empty string. */
  readonly name: string;
}

/**
 * Something captured, chosen or received: one photo, clip, sound or file. Never changes once made.
 */
export interface SnapItem {
  /**
   * Unique in this page, which has made it: 32 hexadecimal digits. On a received item, the id of
   * the transfer that brought it.
   */
  readonly id: string;
  readonly kind: SnapKind;
  /**
   * The bytes, with a clean name, the type that they are where that is known, and a date:
   * `takenAt`. For a raw photo: the same picture as a PNG, to show and to save. A received file may
   * lie in the site's storage: it can be read until its item is removed from the hub (see
   * `docs/files.md`).
   */
  readonly file: File;
  /** In pixels, where `kind` is `photo` or `video`; 0 where it is not known. */
  readonly width: number;
  readonly height: number;
  /** The exact pixels, for a photo taken with `format="raw"`; else null. */
  readonly imageData: ImageData | null;
  /** Who sent it; null for what was captured or chosen here. */
  readonly from: SnapOrigin | null;
  /**
   * In ms since the epoch, by the sender's clock: when it was captured, or when the file that was
   * chosen was last changed.
   */
  readonly takenAt: number;
  /** A small picture that is there at once (a JPEG, PNG or WebP of at most 8 KiB), or null. */
  readonly preview: Blob | null;
}

/**
 * 128 random bits as 32 hexadecimal digits. `crypto.randomUUID` is missing on plain-HTTP pages;
 * `getRandomValues` is not.
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
