import type { SnapError } from '../errors.js';
import type { ConnectionState, SnapPeer, SnapSelf } from '../events.js';
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
  /** The members whose connection was lost a moment ago; they are being dialled. */
  readonly lostPeers: readonly SnapPeer[];
  /** This member; null while the hub is in no room. */
  readonly self: SnapSelf | null;
  /** Whether the room has no place for anybody else. */
  readonly full: boolean;
  /**
   * Whether the page should say where it sends to: it has the `guard` attribute and has not made
   * the room itself, or it is `send-only` and was opened by an invitation.
   */
  readonly guarded: boolean;
  /** Newest last. */
  readonly transfers: readonly Transfer[];
  /** What was captured or chosen and not yet sent, oldest first. */
  readonly pending: readonly SnapItem[];
  /** What has arrived, newest first. */
  readonly received: readonly SnapItem[];
  /** In bytes: the largest file that this page receives, as its author has set it; else null. */
  readonly maxSize: number | null;
  /** The URL that brings another device into this room, or the empty string. */
  readonly inviteUrl: string;
  /**
   * The same for a phone: by the page that the `href` of the hub's first `<snap-invite>` names, if
   * one does.
   */
  readonly phoneUrl: string;
  /** The camera that *Snap* is for: the first that belongs to the hub, in tree order; or null. */
  readonly camera: CaptureDevice | null;
  /** Whether an element of the hub has *Snap* buttons, so that its camera needs no shutter. */
  readonly snapButtons: boolean;
  /**
   * Whether an element of the hub shows *Choose files* and takes files of `type`, such as
   * `image/jpeg`. Then the camera needs no such button.
   */
  choosesFiles(type: string): boolean;
  /** Whether *Send again* can send a delivered transfer once more: its bytes are still here. */
  canSendAgain(transfer: Transfer): boolean;
  /**
   * Calls `listener` after any of the above has changed, at most once a task, until `signal`
   * aborts.
   */
  subscribe(listener: () => void, options: { signal: AbortSignal }): void;
  /** Makes `element` belong to the hub, which serves its requests, until `signal` aborts. */
  attach(element: HTMLElement, options: { signal: AbortSignal }): void;
  /** A camera calls it after its `mode`, `phase` or `recording` has changed. */
  deviceChanged(): void;
}

/** What a camera captures. */
export type CaptureMode = 'photo' | 'video' | 'audio';

/**
 * How far a camera is. `asking`: the browser asks the person; `paused`: the device has paused it.
 */
export type CapturePhase = 'idle' | 'asking' | 'starting' | 'live' | 'paused' | 'failed';

/** A camera, as its hub and the other elements see it. */
export interface CaptureDevice extends HTMLElement {
  readonly mode: CaptureMode;
  readonly phase: CapturePhase;
  readonly recording: boolean;
  /** Turns it on; resolves once it is live. Rejects with a `SnapError`. */
  start(): Promise<void>;
  /** Takes a photo, fires `snap-captured`, and resolves with it. Rejects with a `SnapError`. */
  snap(): Promise<SnapItem>;
  /** Starts recording; resolves once it runs. Rejects with a `SnapError`. */
  record(): Promise<void>;
  /** Ends the recording, fires `snap-captured` and resolves with it; with null if none runs. */
  stopRecording(): Promise<SnapItem | null>;
}

/** The tag of the elements that have a hub. */
export const HUB_TAG = 'snap-connection';

/**
 * The event (bubbling, composed) by which a hub that was inserted into a document or upgraded there
 * lets waiting elements find it.
 */
export const HUB_PRESENT = 'snap-connection-present';
