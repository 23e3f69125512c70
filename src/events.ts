import type { SnapError } from './errors.js';
import type { SnapItem } from './item.js';
import type { Transfer } from './transfer/transfer.js';

/**
 * The public event contract. Requests (`…-request`) go up and can be cancelled: the hub acts on one
 * only after every listener has had its say. What is done is told in the past tense. Nothing fires
 * because a property was set.
 */

/** Where a `<snap-connection>` stands. `waiting`: in the room, alone. */
export type ConnectionState =
  'idle' | 'joining' | 'waiting' | 'connected' | 'reconnecting' | 'failed' | 'closed';

/** A member of the room, as the page sees it. */
export interface SnapPeer {
  /** The member's `tabId`: stays through reloads and reconnects. */
  readonly id: string;
  /** What the member calls itself, cleaned; may be empty. */
  readonly name: string;
  /** Gives and never receives. */
  readonly sendOnly: boolean;
  /** In ms, the smallest measured of late; 0 before the first measurement. */
  readonly roundTrip: number;
  /** Whether the path goes through a relay; null while unknown. */
  readonly relayed: boolean | null;
}

/** What a peer offers, before bytes flow. */
export interface SnapOffer {
  /** The id of the transfer to come, and of its item. */
  readonly id: string;
  /** A clean file name. */
  readonly name: string;
  /** A media type by the sender's word, or the empty string. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** A small picture, or null. */
  readonly preview: Blob | null;
  readonly from: SnapPeer;
}

const UP = { bubbles: true, composed: true } as const;
const ASKING = { ...UP, cancelable: true } as const;

/** The camera has taken a photo, or recorded a clip. Cancel it to keep the item from the hub. */
export class SnapCapturedEvent extends Event {
  readonly item: SnapItem;

  constructor(item: SnapItem) {
    super('snap-captured', ASKING);
    this.item = item;
  }
}

/**
 * Asks the hub's first camera for a photo; with `send`, the photo is sent as soon as it is taken.
 */
export class SnapCaptureRequestEvent extends Event {
  readonly send: boolean;

  constructor(options: { send?: boolean } = {}) {
    super('snap-capture-request', ASKING);
    this.send = options.send ?? false;
  }
}

/**
 * Asks the hub to put chosen files, in this order, with what waits to be sent; with `send`, to send
 * them at once.
 */
export class SnapChooseRequestEvent extends Event {
  readonly files: readonly File[];
  readonly send: boolean;

  constructor(files: readonly File[], options: { send?: boolean } = {}) {
    super('snap-choose-request', ASKING);
    this.files = files;
    this.send = options.send ?? false;
  }
}

/** Asks the hub to send `items`, or all that is pending when `items` is null. */
export class SnapSendRequestEvent extends Event {
  readonly items: readonly SnapItem[] | null;

  constructor(items: readonly SnapItem[] | null = null) {
    super('snap-send-request', ASKING);
    this.items = items;
  }
}

/** Asks the hub to cancel a transfer. */
export class SnapCancelRequestEvent extends Event {
  readonly transfer: Transfer;

  constructor(transfer: Transfer) {
    super('snap-cancel-request', ASKING);
    this.transfer = transfer;
  }
}

/** Asks the hub to try a failed or cancelled transfer again; with null, to connect again. */
export class SnapRetryRequestEvent extends Event {
  readonly transfer: Transfer | null;

  constructor(transfer: Transfer | null = null) {
    super('snap-retry-request', ASKING);
    this.transfer = transfer;
  }
}

/** Asks the hub to forget an item, pending or received, or a transfer that has ended. */
export class SnapRemoveRequestEvent extends Event {
  readonly subject: SnapItem | Transfer;

  constructor(subject: SnapItem | Transfer) {
    super('snap-remove-request', ASKING);
    this.subject = subject;
  }
}

/** The hub's `state` has changed. */
export class SnapConnectionChangeEvent extends Event {
  readonly state: ConnectionState;

  constructor(state: ConnectionState) {
    super('snap-connection-change', UP);
    this.state = state;
  }
}

/** A member has come, and has proven that it belongs here. */
export class SnapPeerJoinEvent extends Event {
  readonly peer: SnapPeer;

  constructor(peer: SnapPeer) {
    super('snap-peer-join', UP);
    this.peer = peer;
  }
}

/** A member has left, or is gone. */
export class SnapPeerLeaveEvent extends Event {
  readonly peer: SnapPeer;

  constructor(peer: SnapPeer) {
    super('snap-peer-leave', UP);
    this.peer = peer;
  }
}

/** What waits to be sent has changed. */
export class SnapPendingChangeEvent extends Event {
  readonly #pending: () => readonly SnapItem[];

  /**
   * `pending`: asked when somebody looks, since an array of all for each change would cost more,
   * the more there are.
   */
  constructor(pending: readonly SnapItem[] | (() => readonly SnapItem[])) {
    super('snap-pending-change', UP);
    this.#pending = typeof pending === 'function' ? pending : () => pending;
  }

  /** All that waits now. */
  get pending(): readonly SnapItem[] {
    return this.#pending();
  }
}

/**
 * A transfer has begun, moved on, or ended. At most one for each transfer and animation frame while
 * it runs.
 */
export class SnapTransferChangeEvent extends Event {
  readonly transfer: Transfer;

  constructor(transfer: Transfer) {
    super('snap-transfer-change', UP);
    this.transfer = transfer;
  }
}

/**
 * A peer offers something; not a byte has come yet. Cancel it to decline. `respondWith` lets a
 * person decide: the offer waits for the promise, true accepts, false or a rejection declines.
 */
export class SnapReceiveEvent extends Event {
  #response: Promise<boolean> | null = null;

  readonly offer: SnapOffer;

  constructor(offer: SnapOffer) {
    super('snap-receive', ASKING);
    this.offer = offer;
  }

  /** Call it while the event is being dispatched; the last call counts. */
  respondWith(response: boolean | Promise<boolean>): void {
    this.#response = Promise.resolve(response);
  }

  /** What the page decided, or null when it said nothing. For the hub. @internal */
  get response(): Promise<boolean> | null {
    return this.#response;
  }
}

/** Something has arrived, whole and checked. */
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
 * Something went wrong; `error.code` says what. The element that fires it also says it in words,
 * unless a listener cancels.
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
