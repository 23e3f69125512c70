/**
 * How an item is presented. Decided by its bytes and by what this browser can show, never by what a
 * peer claims.
 */
export type SnapKind = 'photo' | 'video' | 'audio' | 'file';

/** The member that an item came from. */
export interface SnapOrigin {
  /** The member's `tabId`. */
  readonly id: string;
  /** The name that the member gave itself, or the empty string. */
  readonly name: string;
}

/** Something captured, chosen or received: one photo, clip, sound or file. Immutable. */
export interface SnapItem {
  /** 32 hexadecimal digits, unique in this page. For a received item, the id of its transfer. */
  readonly id: string;
  readonly kind: SnapKind;
  /**
   * The bytes, with a safe name, a type that matches the bytes where these reveal it, and `takenAt`
   * as `lastModified`. For a raw photo: a PNG of the same pixels, to show and to save.
   *
   * The bytes of a received file may be in the site's storage. They are readable until the item is
   * removed from the hub (see `docs/files.md`).
   */
  readonly file: File;
  /** Upright size in pixels, for photos and videos; 0 where it is unknown. */
  readonly width: number;
  readonly height: number;
  /** The exact pixels of a photo taken with `format="raw"`; otherwise null. */
  readonly imageData: ImageData | null;
  /** The sender of a received item; null for one captured or chosen in this page. */
  readonly from: SnapOrigin | null;
  /**
   * In ms since the epoch, by the sender's clock: when the item was captured, or when the chosen
   * file was last modified.
   */
  readonly takenAt: number;
  /** A small picture (a JPEG, PNG or WebP of at most 8 KiB) that is available at once, or null. */
  readonly preview: Blob | null;
}

/**
 * 128 random bits as 32 hexadecimal digits. Uses `getRandomValues` because `crypto.randomUUID` is
 * missing on plain-HTTP pages.
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
