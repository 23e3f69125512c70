import { css, html } from 'lit';
import { HUB_PRESENT } from '../../hub/hub-element.js';
import type { HubElement } from '../../hub/hub-element.js';
import { Hub } from '../../hub/hub.js';
import { enlist } from '../../hub/page/invitation.js';
import { followPage } from '../../hub/page/life.js';
import { haveFileButton, haveSnapButtons, namedInvitation } from '../../hub/request-handlers.js';
import { serveRequests } from '../../hub/requests.js';
import type { Sendable } from '../../hub/sendable.js';
import { takesOf } from '../../hub/page/takes.js';
import type { Transfer } from '../../transfer/transfer.js';
import { hidden } from '../shared/hidden.styles.js';
import { EventForwarder } from './event-forwarder.js';
import { ConnectionFacts, HUB } from './facts.js';
import { hostOf } from './host.js';

/**
 * Brings this page into a room with others, and carries out what the small elements request. It
 * shows nothing by itself: attributes go in, events come out, and its {@link Hub} does the work.
 *
 * ```html
 * <snap-connection server="/peerjs">
 *   <snap-camera></snap-camera> <snap-sender></snap-sender> <photo-trail></photo-trail>
 * </snap-connection>
 * ```
 *
 * @customElement snap-connection
 * @slot - Anything; the small elements in it belong to this hub.
 * @fires snap-connection-change - `state` has changed.
 * @fires snap-peer-join - Somebody has come.
 * @fires snap-peer-leave - Somebody has left.
 * @fires snap-pending-change - What waits to be sent has changed.
 * @fires snap-transfer-change - A transfer has begun, moved on or ended.
 * @fires snap-receive - A peer offers something; cancel it to decline.
 * @fires snap-received - Something has arrived.
 * @fires snap-error - Something went wrong.
 * @cssstate idle, joining, waiting, connected, reconnecting, failed, closed - As `state`.
 */
export class SnapConnection extends ConnectionFacts implements HubElement {
  static override styles = [
    css`
      :host {
        display: contents;
      }
    `,
    hidden,
  ];

  readonly #attached = new Set<HTMLElement>();
  readonly #events = new EventForwarder(this, this.attachInternals());
  readonly #host = hostOf(this, this.#attached, {
    use: (hub) => {
      this.#hub = this.#events.follow(hub);
    },
    retire: () => {
      // If the page puts the element back, it begins anew, however soon that is.
      this.#withdraw();
      this.#hub = this.#events.follow(new Hub(this.#host, 'closed'));
      this.#events.stateChanged(this.#hub);
    },
    renew: () => void this.renew(),
  });
  #hub: Hub = this.#events.follow(new Hub(this.#host));
  #presence: AbortController | null = null;
  /** Whether the attributes in the page's markup have been read. */
  #settledOnce = false;

  protected get [HUB](): Hub {
    return this.#hub;
  }

  get snapButtons(): boolean {
    return haveSnapButtons(this.#attached);
  }

  get phoneUrl(): string {
    return namedInvitation(this.#attached) || this.inviteUrl;
  }

  choosesFiles(type: string): boolean {
    return haveFileButton(this.#attached, type);
  }

  subscribe(listener: () => void, { signal }: { signal: AbortSignal }): void {
    this.#events.subscribe(listener, { signal });
  }

  attach(element: HTMLElement, { signal }: { signal: AbortSignal }): void {
    this.#attached.add(element);
    // Elements that show what the camera can do learn that there is another, or none any more.
    this.deviceChanged();
    signal.addEventListener(
      'abort',
      () => {
        this.#attached.delete(element);
        this.deviceChanged();
      },
      { once: true },
    );
    serveRequests(this, element, () => this.#hub.handlers, signal);
  }

  deviceChanged(): void {
    this.#events.wake();
  }

  /**
   * Enters the room; does nothing while it is in it. Problems are reported by `snap-error` and
   * `state`; the promise never rejects.
   */
  connect(): Promise<void> {
    return this.#hub.stay.connect();
  }

  /** Leaves the room for good. What is pending stays. */
  disconnect(): void {
    this.#hub.disconnect();
  }

  /**
   * Moves to a room with a new code, for when somebody saw the code who should not have. Everybody
   * who is to come along needs a new invitation.
   */
  async renew(): Promise<void> {
    if (this.isConnected) await this.updateComplete;
    // Another hub of the page goes by the code in the address.
    const isShared = this.error?.code === 'room-in-use';
    const code = await this.#hub.renew();
    if (this.room !== null || isShared) this.room = code;
    await this.connect();
  }

  /**
   * Sends `data` to the members with the ids in `to`, who may be away; by default to every
   * receiving member that is here now, and when there is none, to the first to come. Throws
   * `source-unsupported` for data of another kind, `transfer-no-recipient` when `to` is empty.
   */
  send(data: Sendable, options: { to?: readonly string[]; name?: string } = {}): Transfer {
    return this.#hub.send(data, options.to ?? null, options.name);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#presence) return;
    const presence = new AbortController();
    this.#presence = presence;
    const { signal } = presence;
    enlist(this, signal);
    serveRequests(this, this, () => this.#hub.handlers, signal);
    followPage(() => this.#hub, signal);
    const tellTakes = (): void => {
      this.#hub.contents.transfers.takes = takesOf(this, this.#attached);
    };
    this.#events.subscribe(tellTakes, { signal });
    this.dispatchEvent(new Event(HUB_PRESENT, { bubbles: true, composed: true }));
    // A script that makes this element may set its attributes right after it is inserted.
    void this.updateComplete.then(() => {
      if (this.#presence === presence && !this.manual) void this.connect();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moving an element removes it and inserts it again: only one that is still out after a task
    // has left.
    setTimeout(() => {
      if (this.isConnected) return;
      this.#withdraw();
      this.#hub.depart();
    });
  }

  protected override updated(): void {
    if (this.#settledOnce) this.#hub.stay.settingsChanged();
    this.#settledOnce = true;
  }

  protected override render(): unknown {
    return html`<slot></slot>`;
  }

  /** The element has left the page: stop listening to the page's events. */
  #withdraw(): void {
    this.#presence?.abort();
    this.#presence = null;
  }
}
