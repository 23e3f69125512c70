import type { SnapError } from '../errors.js';
import type { ConnectionState, SnapPeer } from '../events.js';
import type { SnapItem } from '../item.js';
import type { Transfer } from '../transfer/transfer.js';

/**
 * What the small elements see of a `<snap-connection>`: its state. They read it, and request
 * everything else by events.
 */
export interface HubElement extends HTMLElement {
  readonly state: ConnectionState;
  /** Why `state` is `failed`, or what keeps the hub from connecting at the moment; else null. */
  readonly error: SnapError | null;
  /** The members that are here now and have proven that they know the code. */
  readonly peers: readonly SnapPeer[];
  /** Newest last. */
  readonly transfers: readonly Transfer[];
  /** What was captured or chosen and not yet sent, oldest first. */
  readonly pending: readonly SnapItem[];
  /** What has arrived, newest first. */
  readonly received: readonly SnapItem[];
  /** The URL that brings another device into this room, or the empty string. */
  readonly inviteUrl: string;
  /**
   * Calls `listener` after any of the above has changed, at most once a task, until `signal`
   * aborts.
   */
  subscribe(listener: () => void, options: { signal: AbortSignal }): void;
  /** Makes `element` belong to the hub, which serves its requests, until `signal` aborts. */
  attach(element: HTMLElement, options: { signal: AbortSignal }): void;
}

/** A camera, as its hub uses it. A hub uses the first attached one in tree order. */
export interface CaptureDevice extends HTMLElement {
  /** Takes a photo, fires `snap-captured`, and resolves with it. Rejects with a `SnapError`. */
  snap(): Promise<SnapItem>;
}

/** The tag of the elements that have a hub. */
export const HUB_TAG = 'snap-connection';

/**
 * The event (bubbling, composed) by which a hub that was inserted into a document or upgraded there
 * lets waiting elements find it.
 */
export const HUB_PRESENT = 'snap-connection-present';
