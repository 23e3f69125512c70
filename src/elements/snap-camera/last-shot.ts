import type { HubElement } from '../../hub/hub-element.js';
import type { SnapItem, SnapKind } from '../../item.js';
import type { Transfer } from '../../transfer/transfer.js';

/** What the thumbnail beside the shutter shows, and what is known of it. */
export interface LastShot {
  readonly id: string;
  readonly kind: SnapKind;
  /** The item, unless only its transfer is known, as after a reload. */
  readonly item: SnapItem | null;
  /** Null until it is sent. */
  readonly transfer: Transfer | null;
  readonly pending: boolean;
  /** A small picture, or null. */
  readonly preview: Blob | null;
}

/**
 * What this camera has captured last, or else the newest of what its page has to send, as after a
 * reload; null if there is nothing.
 */
export function lastShot(captured: SnapItem | null, hub: HubElement | null): LastShot | null {
  const transfers = (hub?.transfers ?? []).filter(({ direction }) => direction === 'send');
  const pending = hub?.pending ?? [];
  if (captured) {
    const transfer = transfers.find(({ id }) => id === captured.id) ?? null;
    return shotOf(captured, transfer, pending.includes(captured));
  }
  const item = pending.at(-1);
  if (item) return shotOf(item, null, true);
  const transfer = transfers.at(-1);
  if (!transfer) return null;
  const { id, type, preview } = transfer;
  return { id, kind: kindOf(type), item: null, transfer, pending: false, preview };
}

function shotOf(item: SnapItem, transfer: Transfer | null, pending: boolean): LastShot {
  return { id: item.id, kind: item.kind, item, transfer, pending, preview: item.preview };
}

function kindOf(type: string): SnapKind {
  if (type.startsWith('image/')) return 'photo';
  if (type.startsWith('video/')) return 'video';
  return type.startsWith('audio/') ? 'audio' : 'file';
}
