import type { SnapError } from '../errors.js';
import type { ConnectionState, SnapPeer } from '../events.js';
import type { SnapItem } from '../item.js';
import type { Transfer } from '../transfer/transfer.js';

/**
 * What the small elements see of a `<snap-connection>`: state that comes down. They read it, and
 * ask for everything else by events.
 */
export interface HubElement extends HTMLElement {
  readonly state: ConnectionState;
  /** Why `state` is `failed`, or what keeps the hub from connecting just now; else null. */
  readonly error: SnapError | null;
  /** The members that are here now, proven. */
  readonly peers: readonly SnapPeer[];
  /** Newest last. */
  readonly transfers: readonly Transfer[];
  /** What was captured or chosen and not yet sent, oldest first. */
  readonly pending: readonly SnapItem[];
  /** What has arrived, newest first. */
  readonly received: readonly SnapItem[];
  /** The address that brings another device into this room, or the empty string. */
  readonly inviteUrl: string;
  /**
   * Calls `listener` after any of the above has changed, at most once a task, until `signal`
   * aborts.
   */
  subscribe(listener: () => void, options: { signal: AbortSignal }): void;
  /**
   * Tells the hub that `element` belongs to it now, and until `signal` aborts: it serves its
   * requests.
   */
  attach(element: HTMLElement, options: { signal: AbortSignal }): void;
}

/** What the hub asks of a camera. The first attached one in tree order is asked. */
export interface CaptureDevice extends HTMLElement {
  /**
   * Takes a photo, announces it by `snap-captured`, and resolves with it. Rejects with a
   * `SnapError`.
   */
  snap(): Promise<SnapItem>;
}

/** The tag under which a hub is looked for. */
export const HUB_TAG = 'snap-connection';

/**
 * Announced (bubbling, composed) by a hub that has entered a document or was upgraded there, so
 * that waiting elements find it.
 */
export const HUB_PRESENT = 'snap-connection-present';
