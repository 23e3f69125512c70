import {
  SnapCancelRequestEvent,
  SnapRemoveRequestEvent,
  SnapRetryRequestEvent,
  SnapSendRequestEvent,
} from '../../events.js';
import type { HubElement } from '../../hub/hub-element.js';
import type { SnapItem } from '../../item.js';
import type { Review, ReviewCommands } from './controls/review.js';
import { Deliveries } from './deliveries.js';
import type { Delivery } from './deliveries.js';
import { lastShot } from './last-shot.js';
import type { LastShot } from './last-shot.js';
import { playerOf } from './review-player.js';

/** What captures need from their camera. */
export interface CapturesHost {
  hub(): HubElement | null;
  /** Makes a request of the hub. */
  request(event: Event): void;
  /** Offers `item` to the page and the hub; returns false if a listener keeps it. */
  announce(item: SnapItem): boolean;
  /** Whether a clip is sent as soon as its maker keeps it. */
  sendsAtOnce(): boolean;
  changed(): void;
}

/**
 * What this camera has captured: which was the last, whether it is being looked at, and a clip that
 * its maker has not decided about. Nobody else gets a clip that is not kept.
 */
export class Captures {
  readonly #host: CapturesHost;
  #last: SnapItem | null = null;
  #review: Review | null = null;
  /** What a listener has kept from the hub. */
  readonly #withheld = new WeakSet<SnapItem>();

  readonly #deliveries = new Deliveries();
  #delivery = this.#deliveries.read(null);

  constructor(host: CapturesHost) {
    this.#host = host;
  }

  /** How far everything is that this page sends, as it was when it was last read. */
  get delivery(): Delivery {
    return this.#delivery;
  }

  /** Reads how far the deliveries are now. */
  readDelivery(): Delivery {
    this.#delivery = this.#deliveries.read(this.#host.hub());
    return this.#delivery;
  }

  /** The camera belongs to another hub, whose deliveries are no news. */
  hubChanged(): void {
    this.#deliveries.reset();
    this.readDelivery();
  }

  get last(): LastShot | null {
    return lastShot(this.#last, this.#host.hub());
  }

  /** What is being looked at; null for the camera's own picture. */
  get review(): Review | null {
    return this.#review?.held || this.last ? this.#review : null;
  }

  /** Hands `item` over to the page and the hub. */
  take(item: SnapItem): void {
    this.#last = item;
    if (!this.#host.announce(item)) this.#withheld.add(item);
    this.#host.changed();
  }

  /** Sends `item`, unless the page has kept it from the hub. */
  send(item: SnapItem): void {
    if (this.#host.hub() && !this.#withheld.has(item)) this.#host.request(new SnapSendRequestEvent([item]));
  }

  /** Shows a recording to its maker first. */
  hold(item: SnapItem): void {
    this.#show({ held: item, player: playerOf(item) });
  }

  /** Shows what was captured last. */
  open(): void {
    const { last } = this;
    if (last) this.#show({ held: null, player: last.item && playerOf(last.item) });
  }

  /** Sends everything that is pending. */
  sendPending(): void {
    this.#host.request(new SnapSendRequestEvent());
  }

  readonly commands: ReviewCommands = {
    close: () => this.#show(null),
    retake: () => {
      const { last, review } = this;
      if (!review?.held && last?.item) {
        this.#host.request(new SnapRemoveRequestEvent(last.item));
        this.#last = null;
      }
      this.#show(null);
    },
    use: () => {
      const held = this.#review?.held;
      this.#show(null);
      if (!held) return;
      this.take(held);
      if (this.#host.sendsAtOnce()) this.send(held);
    },
    send: () => {
      const item = this.last?.item;
      if (item) this.send(item);
      this.#show(null);
    },
    cancel: () => {
      const transfer = this.last?.transfer;
      if (transfer) this.#host.request(new SnapCancelRequestEvent(transfer));
    },
    retry: () => {
      const transfer = this.last?.transfer;
      if (transfer) this.#host.request(new SnapRetryRequestEvent(transfer));
      this.#show(null);
    },
  };

  #show(review: Review | null): void {
    this.#review?.player?.pause();
    this.#review = review;
    this.#host.changed();
  }
}
