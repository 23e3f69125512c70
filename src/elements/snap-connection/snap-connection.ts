import { css, html } from 'lit';
import type { PropertyDeclarations } from 'lit';
import { SnapConnectionChangeEvent } from '../../events.js';
import type { ConnectionState, SnapPeer } from '../../events.js';
import { SnapError } from '../../errors.js';
import type { SnapItem } from '../../item.js';
import type { Transfer } from '../../transfer/transfer.js';
import { ConfiguredElement } from '../shared/configured-element.js';
import type { IceServers } from '../../hub/connection-config.js';
import type { CoreHost } from '../../hub/host.js';
import { setState } from '../shared/custom-state.js';
import { hidden } from '../shared/hidden.styles.js';
import { HUB_PRESENT } from '../../hub/hub-element.js';
import type { CaptureDevice, HubElement } from '../../hub/hub-element.js';
import { HubCore } from '../../hub/hub.js';

import { enlist, invitation } from '../../hub/page/invitation.js';
import { followPage } from '../../hub/page/life.js';
import { address, data, flag, number, text } from '../shared/property-kinds.js';
import { Rhythm } from '../../hub/rhythm.js';
import { serveRequests } from '../../hub/requests.js';
import type { RequestHandlers } from '../../hub/requests.js';
import type { Sendable } from '../../hub/sendable.js';

/**
 * The hub: it brings this page into a room with others and carries what the small elements ask for.
 * It shows nothing by itself.
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
 * @fires snap-receive - Something is offered; cancelable.
 * @fires snap-received - Something has arrived.
 * @fires snap-error - Something went wrong.
 * @cssstate idle, joining, waiting, connected, reconnecting, failed, closed - As `state`.
 */
export class SnapConnection extends ConfiguredElement implements HubElement {
  static override styles = [
    css`
      :host {
        display: contents;
      }
    `,
    hidden,
  ];

  static override properties: PropertyDeclarations = {
    server: address('server'),
    // Never reflected: it is a secret.
    room: address('room', { reflect: false }),
    fragment: text('fragment', { defaultValue: 'snap' }),
    name: text('name', { defaultValue: '' }),
    sendOnly: flag('send-only'),
    // Nor these: there are passwords in them.
    iceServers: data('ice-servers'),
    relayOnly: flag('relay-only'),
    accept: text('accept', { defaultValue: '*/*' }),
    maxSize: number('max-size', { defaultValue: null, min: 1 }),
    maxPeers: number('max-peers', { defaultValue: null, min: 1 }),
    maxLanes: number('max-lanes', { defaultValue: null }),
    manual: flag('manual'),
  };

  /** URL of a PeerServer with its path, relative to the page; null: PeerJS's public cloud. */
  declare server: string | null;
  /** The room's code, 26 characters of `a-z2-7`; null: from the page's address. */
  declare room: string | null;
  /**
   * The key in the page's fragment that holds the code; the empty string: the address is left
   * alone.
   */
  declare fragment: string;
  /** What others see this member as. */
  declare name: string;
  /** This member gives and never receives. */
  declare sendOnly: boolean;
  /**
   * An `RTCIceServer`, an array of them, or JSON of that; null: public STUN. When it changes, new
   * connections use it, and others go on.
   */
  declare iceServers: IceServers;
  /** Never reveals this host's addresses: connects through a relay or not at all. */
  declare relayOnly: boolean;
  /** What may come in, as in `<input accept>`. */
  declare accept: string;
  /** The largest file that may come in, in bytes. */
  declare maxSize: number | null;
  /** How many members the room may have, this one among them; at most 20. */
  declare maxPeers: number | null;
  /** Connections to one peer beside the first, at most 16; none with 0. */
  declare maxLanes: number | null;
  /** Waits for `connect()`. */
  declare manual: boolean;

  readonly #internals = this.attachInternals();
  readonly #listeners = new Set<() => void>();
  readonly #attached = new Set<HTMLElement>();
  readonly #host: CoreHost = {
    element: this,
    settings: this,
    changed: () => this.#notify(),
    became: () => this.#became(),
    announce: (event) => this.#announce(event),
    deprived: () => {
      // Should the page put it back, it begins anew, however soon that is.
      this.#withdraw();
      this.#core = new HubCore(this.#host, 'closed');
      this.#became();
    },
    take: (core) => {
      const own = this.#core;
      this.#core = core;
      core.moveTo(this.#host, own);
    },
  };
  #core = new HubCore(this.#host);
  #presence: AbortController | null = null;
  /** The state that was told last. */
  #told: ConnectionState = 'idle';
  /** What is to be sent goes out before anything is rendered. */
  readonly #rhythm = new Rhythm(() => {
    for (const listener of [...this.#listeners]) listener();
  });
  /** Whether the hub was in a room when its page went into the back-forward cache. */
  #wasIn = false;
  /** Whether the attributes that the page was written with have been read. */
  #settledOnce = false;

  get state(): ConnectionState {
    return this.#core.state;
  }

  get error(): SnapError | null {
    return this.#core.error;
  }

  get peers(): readonly SnapPeer[] {
    return this.#core.peers;
  }

  get transfers(): readonly Transfer[] {
    return this.#core.transfers;
  }

  get pending(): readonly SnapItem[] {
    return this.#core.pending;
  }

  get received(): readonly SnapItem[] {
    return this.#core.received;
  }

  get inviteUrl(): string {
    const { code } = this.#core;
    return code === null ? '' : invitation(this.fragment, code);
  }

  subscribe(listener: () => void, { signal }: { signal: AbortSignal }): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  attach(element: HTMLElement, { signal }: { signal: AbortSignal }): void {
    this.#attached.add(element);
    signal.addEventListener('abort', () => this.#attached.delete(element), { once: true });
    serveRequests(this, element, this.#handlers, signal);
  }

  /**
   * Enters the room; does nothing while it is in it. Problems are told by `snap-error` and `state`.
   */
  connect(): Promise<void> {
    return this.#core.stay.connect();
  }

  /** Says goodbye and leaves the room. What is pending stays. */
  disconnect(): void {
    this.#core.disconnect();
  }

  /**
   * Goes into a new room, for when the code was seen by somebody who should not have: whoever shall
   * come along needs a new invitation.
   */
  async renew(): Promise<void> {
    if (this.isConnected) await this.updateComplete;
    const code = await this.#core.stay.renew();
    if (this.room !== null) this.room = code;
    await this.connect();
  }

  /**
   * Sends `data` to the members with the ids in `to`, who may be away; by default to every
   * receiving member that is here now, and when there is none, to the first to come. Throws
   * `source-unsupported` for data of another kind, `transfer-no-recipient` when `to` is empty.
   */
  send(data: Sendable, options: { to?: readonly string[]; name?: string } = {}): Transfer {
    return this.#core.send(data, options.to ?? null, options.name);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#presence) return;
    const presence = new AbortController();
    this.#presence = presence;
    const { signal } = presence;
    enlist(this, signal);
    serveRequests(this, this, this.#handlers, signal);
    followPage(
      {
        leaving: () => {
          this.#wasIn = this.#core.code !== null;
          this.#core.resume.leaving();
          this.#core.stay.leaving();
        },
        returned: () => this.#wasIn && void this.connect(),
        revived: () => this.#core.session.room?.checkNow(),
        addressChanged: () => {
          // One that is out of the page writes nothing into its address.
          if (this.isConnected) this.#core.stay.addressChanged();
          this.#notify();
        },
      },
      signal,
    );
    this.dispatchEvent(new Event(HUB_PRESENT, { bubbles: true, composed: true }));
    // Whoever made this element may set its attributes in the same breath.
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
      this.#core.depart();
    });
  }

  protected override updated(): void {
    if (this.#settledOnce) this.#core.stay.settingsChanged();
    this.#settledOnce = true;
  }

  protected override render(): unknown {
    return html`<slot></slot>`;
  }

  readonly #handlers: RequestHandlers = {
    'snap-captured': ({ item }) => this.#core.queue.add(item),
    'snap-capture-request': ({ send }) => {
      const camera = this.#firstCamera();
      if (camera) this.#core.queue.capture(camera, send);
      else
        this.#core.failed(
          new SnapError('camera-missing', { detail: 'no <snap-camera> is linked to this hub' }),
        );
    },
    'snap-choose-request': ({ files, send }) => this.#core.choose(files, send),
    'snap-send-request': ({ items }) => this.#core.queue.send(items),
    'snap-cancel-request': ({ transfer }) => {
      if (!transfer.ended) transfer.cancel();
    },
    'snap-retry-request': ({ transfer }) => {
      if (!transfer) void this.#core.stay.again();
      else if (transfer.ended && transfer.state !== 'delivered') transfer.retry();
    },
    'snap-remove-request': ({ subject }) => this.#core.remove(subject),
  };

  /** It is out of the page: nothing of that is listened to any more. */
  #withdraw(): void {
    this.#presence?.abort();
    this.#presence = null;
  }

  #firstCamera(): CaptureDevice | null {
    const cameras = [...this.#attached].filter((element): element is CaptureDevice => 'snap' in element);
    cameras.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    return cameras[0] ?? null;
  }

  #became(): void {
    this.#notify();
    const { state } = this.#core;
    if (state === this.#told) return;
    setState(this.#internals, this.#told, false);
    this.#told = state;
    setState(this.#internals, state, true);
    this.#announce(new SnapConnectionChangeEvent(state));
  }

  #announce(event: Event): void {
    this.#notify();
    this.dispatchEvent(event);
  }

  #notify(): void {
    this.#rhythm.wake();
  }
}
