import type { SnapError } from './errors.js';
import type { SnapItem } from './item.js';
import type {
  SnapCaptureRequestEvent,
  SnapChooseRequestEvent,
  SnapSendRequestEvent,
  SnapCancelRequestEvent,
  SnapRetryRequestEvent,
  SnapRemoveRequestEvent,
  SnapRenameRequestEvent,
  SnapRenewRequestEvent,
  SnapRestoreRequestEvent,
  SnapOutcomeEvent,
} from './request-events.js';
import type { Takes } from './transfer/outcome/messages.js';
import type { Transfer } from './transfer/transfer.js';

export * from './request-events.js';

/**
 * The public event contract. Request events (`…-request`) bubble up to the hub and are cancelable:
 * the hub waits until every listener has run, and acts unless one of them called
 * `preventDefault()`. Events named in the past tense, and those ending in `-change`, `-join` or
 * `-leave`, report what has already happened. Setting a property from a script never fires an
 * event.
 */

/**
 * The state of a `<snap-connection>`. `waiting` means that it is in the room, but nobody else is.
 */
export type ConnectionState =
  'idle' | 'joining' | 'waiting' | 'connected' | 'reconnecting' | 'failed' | 'closed';

/** A member of the room, as the page sees it. */
export interface SnapPeer {
  /** The member's `tabId`: 128 random bits that survive reloads and reconnects of its tab. */
  readonly id: string;
  /** The name that the member gave itself, without control characters; may be the empty string. */
  readonly name: string;
  /** Whether the member only sends and never receives. */
  readonly sendOnly: boolean;
  /** The shortest recent round trip in ms; 0 until the first measurement. */
  readonly roundTrip: number;
  /** Whether the connection goes through a TURN relay; null while that is unknown. */
  readonly relayed: boolean | null;
  /** What its page takes, as far as its author has limited that; null where it has not said so. */
  readonly takes: Takes | null;
}

/** This member itself, as the others see it. */
export interface SnapSelf {
  /** The `tabId`, by which the others know it: see {@link SnapPeer.id}. */
  readonly id: string;
  /** The name that the page or the person has given; may be the empty string. */
  readonly name: string;
  /** Whether the page has given the name, so that the person cannot. */
  readonly named: boolean;
}

/** What a peer offers to send, before any of its bytes arrive. */
export interface SnapOffer {
  /** The id of the transfer to come, and of the item that it will deliver. */
  readonly id: string;
  /** The file name, made safe to show and to save. */
  readonly name: string;
  /**
   * The media type that the sender claims, or the empty string. Not yet checked against the bytes.
   */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** A small picture (a JPEG, PNG or WebP of at most 8 KiB), or null. */
  readonly preview: Blob | null;
  readonly from: SnapPeer;
}

const UP = { bubbles: true, composed: true } as const;
const ASKING = { ...UP, cancelable: true } as const;

/**
 * The camera took a photo or recorded a clip. Call `preventDefault()` to keep the item from the
 * hub: it is then neither queued nor sent.
 */
export class SnapCapturedEvent extends Event {
  readonly item: SnapItem;

  constructor(item: SnapItem) {
    super('snap-captured', ASKING);
    this.item = item;
  }
}

/** The `state` of the hub changed. */
export class SnapConnectionChangeEvent extends Event {
  readonly state: ConnectionState;

  constructor(state: ConnectionState) {
    super('snap-connection-change', UP);
    this.state = state;
  }
}

/** A member joined, and proved that it knows the room's code. */
export class SnapPeerJoinEvent extends Event {
  readonly peer: SnapPeer;

  constructor(peer: SnapPeer) {
    super('snap-peer-join', UP);
    this.peer = peer;
  }
}

/** A member left the room, or its connection was lost for good. */
export class SnapPeerLeaveEvent extends Event {
  readonly peer: SnapPeer;

  constructor(peer: SnapPeer) {
    super('snap-peer-leave', UP);
    this.peer = peer;
  }
}

/** The list of items waiting to be sent changed. */
export class SnapPendingChangeEvent extends Event {
  readonly #pending: () => readonly SnapItem[];

  /**
   * Pass a function to create the array only when a listener reads `pending`: with thousands of
   * items, an array for every change would be expensive.
   */
  constructor(pending: readonly SnapItem[] | (() => readonly SnapItem[])) {
    super('snap-pending-change', UP);
    this.#pending = typeof pending === 'function' ? pending : () => pending;
  }

  /** Everything that is waiting to be sent now. */
  get pending(): readonly SnapItem[] {
    return this.#pending();
  }
}

/**
 * A transfer started, made progress, or ended. Progress is reported at most once per transfer and
 * animation frame.
 */
export class SnapTransferChangeEvent extends Event {
  readonly transfer: Transfer;

  constructor(transfer: Transfer) {
    super('snap-transfer-change', UP);
    this.transfer = transfer;
  }
}

/**
 * A peer offers a file, before any of its bytes arrive. Call `preventDefault()` to decline, or
 * `respondWith()` to decide later, for example by asking the person. An offer that no listener
 * answers is accepted, if it passes the hub's `accept` and `max-size`.
 *
 * @example
 * ```js
 * hub.addEventListener('snap-receive', (event) => {
 *   event.respondWith(askPerson(`Accept ${event.offer.name}?`));
 * });
 * ```
 */
export class SnapReceiveEvent extends Event {
  #response: Promise<boolean> | null = null;

  readonly offer: SnapOffer;

  constructor(offer: SnapOffer) {
    super('snap-receive', ASKING);
    this.offer = offer;
  }

  /**
   * Holds the offer until `response` settles: true accepts it; false, or a rejection, declines it.
   * Call it while the event is being dispatched. If it is called more than once, the last call
   * wins.
   */
  respondWith(response: boolean | Promise<boolean>): void {
    this.#response = Promise.resolve(response);
  }

  /**
   * What the page decided, or null when no listener called `respondWith()`. For the hub. @internal
   */
  get response(): Promise<boolean> | null {
    return this.#response;
  }
}

/** An item arrived completely, and its bytes match the sender's digests. */
export class SnapReceivedEvent extends Event {
  readonly item: SnapItem;
  readonly transfer: Transfer;

  constructor(item: SnapItem, transfer: Transfer) {
    super('snap-received', UP);
    this.item = item;
    this.transfer = transfer;
  }
}

/**
 * Something went wrong; `error.code` says what. The element that fires the event also shows a
 * message to the person, unless a listener calls `preventDefault()`.
 */
export class SnapErrorEvent extends Event {
  readonly error: SnapError;

  constructor(error: SnapError) {
    super('snap-error', ASKING);
    this.error = error;
  }
}

export interface SnapEventMap {
  'snap-captured': SnapCapturedEvent;
  'snap-capture-request': SnapCaptureRequestEvent;
  'snap-choose-request': SnapChooseRequestEvent;
  'snap-send-request': SnapSendRequestEvent;
  'snap-cancel-request': SnapCancelRequestEvent;
  'snap-retry-request': SnapRetryRequestEvent;
  'snap-remove-request': SnapRemoveRequestEvent;
  'snap-rename-request': SnapRenameRequestEvent;
  'snap-renew-request': SnapRenewRequestEvent;
  'snap-restore-request': SnapRestoreRequestEvent;
  'snap-outcome': SnapOutcomeEvent;
  'snap-connection-change': SnapConnectionChangeEvent;
  'snap-peer-join': SnapPeerJoinEvent;
  'snap-peer-leave': SnapPeerLeaveEvent;
  'snap-pending-change': SnapPendingChangeEvent;
  'snap-transfer-change': SnapTransferChangeEvent;
  'snap-receive': SnapReceiveEvent;
  'snap-received': SnapReceivedEvent;
  'snap-error': SnapErrorEvent;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- augmentation is how event maps are typed
  interface HTMLElementEventMap extends SnapEventMap {}
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- they bubble up to the document
  interface DocumentEventMap extends SnapEventMap {}
}
