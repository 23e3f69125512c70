import type { SnapError } from '../errors.js';
import type { ConnectionState, SnapPeer } from '../events.js';
import type { SnapItem } from '../item.js';
import type { Transfer } from '../transfer/transfer.js';

/** What a hub emits. After any of these, something that the small elements show has changed. */
export interface HubEvents {
  /** Something has changed that no other event stands for. */
  change: null;
  /** `state` or `error` may have changed. */
  state: ConnectionState;
  /** What keeps the hub from connecting, and is being retried, has changed; null: nothing does. */
  trouble: SnapError | null;
  'peer-join': SnapPeer;
  'peer-leave': SnapPeer;
  /** A peer has another connection, or it is known whether its connection is relayed. */
  'peer-path': SnapPeer;
  /** `pending` has changed. */
  pending: null;
  /** A transfer has begun, moved on or ended; while it runs, at most once a frame. */
  transfer: Transfer;
  received: { readonly item: SnapItem; readonly transfer: Transfer };
  error: SnapError;
}
