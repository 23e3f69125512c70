import { LitElement, css, html } from 'lit';
import type { PropertyDeclarations, PropertyValues } from 'lit';
import { admitPreview } from '../capture/preview.js';
import { SnapError } from '../errors.js';
import {
  SnapConnectionChangeEvent,
  SnapErrorEvent,
  SnapPeerJoinEvent,
  SnapPeerLeaveEvent,
  SnapPendingChangeEvent,
  SnapReceivedEvent,
  SnapTransferChangeEvent,
} from '../events.js';
import type { ConnectionState, SnapPeer } from '../events.js';
import { cleanFileName } from '../file-name.js';
import { peerjsSignalling } from '../peer/peerjs.js';
import { makeRoomCode } from '../room/code.js';
import { deriveKeys } from '../room/keys.js';
import { Room } from '../room/room.js';
import type { Member } from '../room/member.js';
import type { SnapItem } from '../snap-item.js';
import { nextTask } from '../next-task.js';
import { Exchange } from '../transfer/exchange.js';
import type { Transfer } from '../transfer/transfer.js';
import { tabsOf } from '../store/tabs.js';
import { iceServersFrom, serverUrl, within } from './connection-config.js';
import { Continuity } from './continuity.js';
import { setState } from './custom-state.js';
import { HUB_PRESENT } from './hub.js';
import type { CaptureDevice, Hub } from './hub.js';
import { Inbox, decide } from './inbox.js';
import { enlist, invitation } from './invitation.js';
import { followPage } from './page-life.js';
import { Pending } from './pending.js';
import { serveRequests } from './requests.js';
import type { RequestHandlers } from './requests.js';
import { codeInFragment, keepCode, occupy, roomCode, vacate } from './room-address.js';
import { parcelOf, parcelOfItem } from './sendable.js';
import type { Parcel, Sendable } from './sendable.js';
import { Session } from './session.js';
import { tabId } from './tab-id.js';
import { TransferList } from './transfer-list.js';
import { WakeLock } from './wake-lock.js';

/** In bytes: `max-size` where the page says nothing. */
const MAX_SIZE = 256 * 1024 * 1024;
/** A mesh grows with the square of its members: 12 are kind to a phone, and with 20 each holds 19 connections. */
const MAX_PEERS = { usual: 12, most: 20 };
/** More than 16 have never been quicker (measured at 100 ms: 0.9 s with 16 for what takes 1.6 s with 8). */
const MAX_LANES = 16;

/**
 * The hub: it brings this page into a room with others and carries what the small elements ask for. It shows nothing by itself.
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
export class SnapConnection extends LitElement implements Hub {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  static override properties: PropertyDeclarations = {
    server: { reflect: true },
    // Never reflected: it is a secret.
    room: {},
    fragment: { reflect: true },
    name: { reflect: true },
    sendOnly: { attribute: 'send-only', type: Boolean, reflect: true },
    iceServers: { attribute: 'ice-servers', reflect: true },
    relayOnly: { attribute: 'relay-only', type: Boolean, reflect: true },
    accept: { reflect: true },
    maxSize: { attribute: 'max-size', type: Number, reflect: true },
    maxPeers: { attribute: 'max-peers', type: Number, reflect: true },
    maxLanes: { attribute: 'max-lanes', type: Number, reflect: true },
    manual: { type: Boolean, reflect: true },
  };

  /** URL of a PeerServer with its path, relative to the page; null: PeerJS's public cloud. */
  declare server: string | null;
  /** The room's code, 26 characters of `a-z2-7`; null: from the page's address. */
  declare room: string | null;
  /** The key in the page's fragment that holds the code; the empty string: the address is left alone. */
  declare fragment: string;
  /** What others see this member as. */
  declare name: string;
  /** This member gives and never receives. */
  declare sendOnly: boolean;
  /** JSON of an `RTCIceServer` array; null: public STUN. */
  declare iceServers: string | null;
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
  /** The room's code while this hub is in it, or on its way into it. */
  #code: string | null = null;
  readonly #exchange: Exchange;
  readonly #pending: Pending;
  readonly #inbox: Inbox;
  readonly #continuity: Continuity;
  readonly #session: Session;
  readonly #wakeLock = new WakeLock();
  #presence: AbortController | null = null;
  readonly #transfers: TransferList;
  #state: ConnectionState = 'idle';
  #error: SnapError | null = null;
  #notifying = false;
  /** Whether the hub was in a room when its page went into the back-forward cache. */
  #wasIn = false;
  /** Whether the attributes that the page was written with have been read. */
  #settledOnce = false;
  /** Counts connects and disconnects, so that a connect that was overtaken while it waited gives up. */
  #attempt = 0;
  /** The latest attempt to connect; never rejects. */
  #connecting = Promise.resolve();

  constructor() {
    super();
    this.server = null;
    this.room = null;
    this.fragment = 'snap';
    this.name = '';
    this.sendOnly = false;
    this.iceServers = null;
    this.relayOnly = false;
    this.accept = '*/*';
    this.maxSize = null;
    this.maxPeers = null;
    this.maxLanes = null;
    this.manual = false;

    this.#pending = new Pending({
      changed: (pending) => this.#announce(new SnapPendingChangeEvent(pending)),
      added: (item, chosen) => this.#continuity.keep(item, chosen),
      send: async (item) => void this.#dispatch(await parcelOfItem(item), null),
      failed: (error) => this.#fail(error),
    });
    this.#inbox = new Inbox((item, transfer) => this.#announce(new SnapReceivedEvent(item, transfer)));
    this.#exchange = new Exchange({
      decide: (transfer, from) => {
        const peer = this.peers.find(({ id }) => id === from.id);
        const admission = { accept: this.accept, maxSize: this.maxSize ?? MAX_SIZE };
        return peer && !this.sendOnly
          ? decide(this, admission, transfer, peer)
          : Promise.resolve('transfer-declined');
      },
      cleanName: cleanFileName,
      preview: admitPreview,
      openSink: (offer) => this.#continuity.openSink(offer),
      received: (transfer, content, offer, from) => this.#inbox.prepare(transfer, content, offer, from),
      changed: (transfer) => this.#transferChanged(transfer),
      violation: (_, error) => this.#fail(error),
    });
    this.#transfers = new TransferList((transfer) => this.#exchange.forget(transfer));
    this.#continuity = new Continuity({
      exchange: this.#exchange,
      restored: (items) => this.#pending.restore(items),
      resumed: (transfer, at) => {
        for (const { id, state } of transfer.recipients)
          if (state === 'waiting') this.#session.waitFor(id, at);
      },
      failed: (error) => this.#fail(error),
    });
    this.#session = new Session(this.#exchange, this.#continuity, {
      state: (state) => this.#become(state, state === 'failed' ? this.#error : null),
      joined: (peer) => this.#announce(new SnapPeerJoinEvent(peer)),
      left: (peer) => this.#announce(new SnapPeerLeaveEvent(peer)),
      changed: () => this.#notify(),
      error: (error) => {
        this.#error = error;
        this.#fail(error);
      },
    });
  }

  /** Registers the class, unless something is registered under that tag already. */
  static define(tag: string, registry: CustomElementRegistry = customElements): void {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get error(): SnapError | null {
    return this.#error;
  }

  get peers(): readonly SnapPeer[] {
    return this.#session.peers;
  }

  get transfers(): readonly Transfer[] {
    return this.#transfers.items;
  }

  get pending(): readonly SnapItem[] {
    return this.#pending.items;
  }

  get received(): readonly SnapItem[] {
    return this.#inbox.items;
  }

  get inviteUrl(): string {
    return this.#code === null ? '' : invitation(this.fragment, this.#code);
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

  /** Enters the room; does nothing while it is in it. Problems are told by `snap-error` and `state`. */
  connect(): Promise<void> {
    const { room } = this.#session;
    if (!room || room.state === 'failed') this.#connecting = this.#connect();
    return this.#connecting;
  }

  async #connect(): Promise<void> {
    if (this.#session.room) this.#leave();
    const attempt = ++this.#attempt;
    try {
      const server = serverUrl(this.server);
      const iceServers = iceServersFrom(this.iceServers);
      if (!('RTCPeerConnection' in globalThis)) throw new SnapError('webrtc-unsupported');
      this.#enter(roomCode(this));
      this.#become('joining', null);
      const signalling = peerjsSignalling({ server, iceServers, relayOnly: this.relayOnly });
      const { tag } = deriveKeys(this.#code!);
      const id = await tabId(() => tabsOf(tag));
      if (attempt !== this.#attempt || this.#code === null) return;
      // What the page's former life has left is read while others are being looked for.
      const continued = this.#continuity
        .enter({ tab: id, room: tag }, this.pending)
        .catch((thrown: unknown) => this.#fail(SnapError.from(thrown, 'storage-failed')));
      // Lanes connect as the first connection does.
      const configuration = { iceServers, iceTransportPolicy: this.relayOnly ? 'relay' : 'all' } as const;
      const room = new Room({
        code: this.#code,
        self: { id, name: this.name, sendOnly: this.sendOnly },
        signalling,
        maxPeers: within(this.maxPeers, MAX_PEERS.usual, 1, MAX_PEERS.most),
      });
      this.#session.enter(room, {
        continued,
        lanes: () => ({ configuration, limit: within(this.maxLanes, MAX_LANES, 0, MAX_LANES) }),
      });
      await continued;
    } catch (thrown) {
      const error = SnapError.from(thrown, 'server-unreachable');
      this.#become('failed', error);
      this.#fail(error);
    }
  }

  /** Says goodbye and leaves the room. What is pending stays. */
  disconnect(): void {
    this.#leave();
    this.#become('closed', null);
  }

  /** Goes into a new room, for when the code was seen by somebody who should not have: whoever shall come along needs a new invitation. */
  async renew(): Promise<void> {
    // What the page's former life has left for this room is to come along: it is here once connecting has come to an end.
    if (this.isConnected) await this.updateComplete;
    let latest: Promise<void> | null = null;
    while (latest !== this.#connecting) {
      latest = this.#connecting;
      await latest;
    }
    this.#leave();
    const code = makeRoomCode();
    await this.#continuity.move(deriveKeys(code).tag);
    if (this.room === null) keepCode(this.fragment, code);
    else this.room = code;
    await this.connect();
  }

  /**
   * Sends `data` to the members with the ids in `to`, who may be away; by default to every receiving member that is here now, and when there is
   * none, to the first to come. Throws `source-unsupported` for data of another kind, `transfer-no-recipient` when `to` is empty.
   */
  send(data: Sendable, options: { to?: readonly string[]; name?: string } = {}): Transfer {
    const resupplied = data instanceof Blob ? this.#continuity.resupply(data) : null;
    return resupplied ?? this.#dispatch(parcelOf(data, options.name), options.to ?? null);
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
          this.#wasIn = this.#code !== null;
          this.#continuity.leaving();
          this.#leave({ final: false });
        },
        returned: () => this.#wasIn && void this.connect(),
        revived: () => this.#session.room?.hurry(),
        addressChanged: () => this.#addressChanged(),
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
    // Moving an element removes it and inserts it again: only one that is still out after a task has left.
    setTimeout(() => {
      if (this.isConnected) return;
      this.#presence?.abort();
      this.#presence = null;
      this.disconnect();
      this.#session.stopWaiting();
    });
  }

  protected override updated(changed: PropertyValues): void {
    const first = !this.#settledOnce;
    this.#settledOnce = true;
    if (first || (this.#code === null && this.#state !== 'failed')) return;
    if (changed.has('name')) this.#session.room?.rename(this.name);
    if (
      ['server', 'room', 'fragment', 'iceServers', 'relayOnly', 'sendOnly', 'maxPeers'].some((key) =>
        changed.has(key),
      )
    ) {
      this.#leave();
      void this.connect();
    }
  }

  protected override render(): unknown {
    return html`<slot></slot>`;
  }

  readonly #handlers: RequestHandlers = {
    'snap-captured': ({ item }) => this.#pending.add(item),
    'snap-capture-request': ({ send }) => {
      const camera = this.#firstCamera();
      if (camera) this.#pending.capture(camera, send);
      else this.#fail(new SnapError('camera-missing', { detail: 'no <snap-camera> is linked to this hub' }));
    },
    'snap-choose-request': ({ files, send }) => {
      // A file that is chosen again goes on where it was.
      const fresh = files.filter((file) => !this.#continuity.resupply(file));
      this.#pending.choose(fresh, send);
    },
    'snap-send-request': ({ items }) => this.#pending.send(items),
    'snap-cancel-request': ({ transfer }) => {
      if (!transfer.ended) transfer.cancel();
    },
    'snap-retry-request': ({ transfer }) => {
      if (!transfer) this.#reconnect();
      else if (transfer.ended && transfer.state !== 'delivered') transfer.retry();
    },
    'snap-remove-request': ({ subject }) => this.#remove(subject),
  };

  #enter(code: string): void {
    occupy(code, this);
    this.#code = code;
  }

  #leave({ final = true } = {}): void {
    this.#attempt++;
    this.#session.leave(final);
    this.#wakeLock.keep(false);
    if (this.#code !== null) vacate(this.#code, this);
    this.#code = null;
    this.#notify();
  }

  #reconnect(): void {
    this.#leave();
    void this.connect();
  }

  /** The person has followed a link to another room, or the page's router has written over the code. */
  #addressChanged(): void {
    if (this.fragment === '' || this.room !== null || this.#code === null) return;
    const code = codeInFragment(location.hash, this.fragment);
    if (code === null) keepCode(this.fragment, this.#code);
    else if (code !== this.#code) this.#reconnect();
    this.#notify();
  }

  #dispatch(parcel: Parcel, to: readonly string[] | null): Transfer {
    if (to?.length === 0) throw new SnapError('transfer-no-recipient');
    const { members } = this.#session;
    const chosen = to
      ? to.map((id) => members.find((member) => member.id === id) ?? absent(id))
      : members.filter(({ sendOnly }) => !sendOnly);
    // A member that is just being redialled is awaited with the others; when nobody at all is here, whoever comes first gets it.
    const recipients = to || chosen.some(({ connected }) => connected) ? chosen : [];
    const transfer = this.#exchange.send(parcel.source, parcel.description, recipients);
    for (const { id, connected } of to ? chosen : []) if (!connected) this.#session.waitFor(id);
    this.#continuity.sending(parcel, transfer);
    return transfer;
  }

  #remove(subject: SnapItem | Transfer): void {
    if ('file' in subject) {
      if (this.#inbox.remove(subject)) this.#notify();
      else if (this.#pending.remove(subject)) this.#continuity.drop(subject.id);
      return;
    }
    if (!subject.ended) return;
    this.#exchange.forget(subject);
    this.#continuity.drop(subject.id);
    this.#transfers.remove(subject);
    this.#notify();
  }

  #firstCamera(): CaptureDevice | null {
    const cameras = [...this.#attached].filter((element): element is CaptureDevice => 'snap' in element);
    cameras.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    return cameras[0] ?? null;
  }

  #transferChanged(transfer: Transfer): void {
    this.#continuity.follow(transfer);
    if (!this.#transfers.changed(transfer)) return;
    this.#wakeLock.keep(this.#transfers.moving);
    this.#announce(new SnapTransferChangeEvent(transfer));
  }

  #become(state: ConnectionState, error: SnapError | null): void {
    this.#error = error;
    if (state === this.#state) return this.#notify();
    setState(this.#internals, this.#state, false);
    this.#state = state;
    setState(this.#internals, state, true);
    this.#notify();
    this.#announce(new SnapConnectionChangeEvent(state));
  }

  #fail(error: SnapError): void {
    this.#announce(new SnapErrorEvent(error));
  }

  #announce(event: Event): void {
    this.#notify();
    this.dispatchEvent(event);
  }

  /** In a task of its own: what is to be sent goes out before anything is rendered. */
  #notify(): void {
    if (this.#notifying) return;
    this.#notifying = true;
    nextTask(() => {
      this.#notifying = false;
      for (const listener of [...this.#listeners]) listener();
    });
  }
}

/** Whom the page names and nobody here knows: perhaps a member that is to come back. */
function absent(id: string): Pick<Member, 'id' | 'name' | 'sendOnly' | 'connected'> {
  return { id, name: '', sendOnly: false, connected: false };
}
