import type { SnapItem } from './item.js';
import type { Transfer } from './transfer/transfer.js';

/** The events by which an element asks its hub for something: see `events.ts`. */
const ASKING = { bubbles: true, composed: true, cancelable: true } as const;

/**
 * *Snap*: asks the first camera of the hub, in tree order, to take a photo. With `send`, the hub
 * sends the photo as soon as it is taken.
 *
 * A camera that is off is only turned on: nobody has seen what the photo would show. In the modes
 * `video` and `audio` a camera starts recording, or ends its recording. What is recorded is sent if
 * the last of the two requests has `send`.
 *
 * @example
 * ```js
 * hub.dispatchEvent(new SnapCaptureRequestEvent({ send: true }));
 * ```
 */
export class SnapCaptureRequestEvent extends Event {
  readonly send: boolean;

  constructor(options: { send?: boolean } = {}) {
    super('snap-capture-request', ASKING);
    this.send = options.send ?? false;
  }
}

/** Asks the hub to queue chosen files in this order. With `send`, the hub sends them at once. */
export class SnapChooseRequestEvent extends Event {
  readonly files: readonly File[];
  readonly send: boolean;

  constructor(files: readonly File[], options: { send?: boolean } = {}) {
    super('snap-choose-request', ASKING);
    this.files = files;
    this.send = options.send ?? false;
  }
}

/** Asks the hub to send `items`, or everything that is pending when `items` is null. */
export class SnapSendRequestEvent extends Event {
  readonly items: readonly SnapItem[] | null;

  constructor(items: readonly SnapItem[] | null = null) {
    super('snap-send-request', ASKING);
    this.items = items;
  }
}

/** Asks the hub to cancel a transfer, in either direction. */
export class SnapCancelRequestEvent extends Event {
  readonly transfer: Transfer;

  constructor(transfer: Transfer) {
    super('snap-cancel-request', ASKING);
    this.transfer = transfer;
  }
}

/**
 * Asks the hub to retry a failed or cancelled transfer, or to send a delivered one again: to
 * whoever is here now, as a new transfer in its place, if `canSendAgain` of the hub. Without a
 * transfer, the hub connects again.
 */
export class SnapRetryRequestEvent extends Event {
  readonly transfer: Transfer | null;

  constructor(transfer: Transfer | null = null) {
    super('snap-retry-request', ASKING);
    this.transfer = transfer;
  }
}

/**
 * Asks the hub to remove an item, pending or received, or a transfer that has ended. A removed
 * item's stored bytes are freed.
 */
export class SnapRemoveRequestEvent extends Event {
  readonly subject: SnapItem | Transfer;

  constructor(subject: SnapItem | Transfer) {
    super('snap-remove-request', ASKING);
    this.subject = subject;
  }
}

/**
 * Asks the hub to call this member `name` from now on, and to remember that for the next visit. The
 * empty string takes the name back. A `name` attribute of the hub takes precedence.
 */
export class SnapRenameRequestEvent extends Event {
  readonly name: string;

  constructor(name: string) {
    super('snap-rename-request', ASKING);
    this.name = name;
  }
}

/** Asks the hub to leave for a room with a new code. See `SnapConnection.renew`. */
export class SnapRenewRequestEvent extends Event {
  constructor() {
    super('snap-renew-request', ASKING);
  }
}

/** Asks the hub to undo the removal of a pending item, which goes back to where it was. */
export class SnapRestoreRequestEvent extends Event {
  readonly item: SnapItem;

  constructor(item: SnapItem) {
    super('snap-restore-request', ASKING);
    this.item = item;
  }
}

/** Tells the hub what has become of items that have arrived. It tells whoever has sent them. */
export class SnapOutcomeEvent extends Event {
  readonly items: readonly SnapItem[];
  readonly outcome: 'opened' | 'submitted';

  constructor(items: readonly SnapItem[], outcome: 'opened' | 'submitted') {
    super('snap-outcome', ASKING);
    this.items = items;
    this.outcome = outcome;
  }
}
