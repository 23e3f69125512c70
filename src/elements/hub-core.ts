import { admitPreview } from '../capture/preview.js';
import { SnapError } from '../errors.js';
import {
  SnapErrorEvent,
  SnapPeerJoinEvent,
  SnapPeerLeaveEvent,
  SnapPendingChangeEvent,
  SnapReceivedEvent,
  SnapTransferChangeEvent,
} from '../events.js';
import type { ConnectionState, SnapPeer } from '../events.js';
import { cleanFileName } from '../file-name.js';
import type { Member } from '../room/member.js';
import type { SnapItem } from '../snap-item.js';
import { Exchange } from '../transfer/exchange.js';
import type { Transfer } from '../transfer/transfer.js';
import { Continuity } from './continuity.js';
import type { CaptureDevice } from './hub.js';
import { admissionOf } from './hub-settings.js';
import type { HubSettings } from './hub-settings.js';
import { Inbox, decide } from './inbox.js';
import { Pending } from './pending.js';
import { RoomPlaces } from './room-places.js';
import { parcelOf, parcelOfItem } from './sendable.js';
import type { Parcel, Sendable } from './sendable.js';
import { Session } from './session.js';
import { Stay } from './stay.js';
import type { StayHub } from './stay.js';
import { TransferList } from './transfer-list.js';
import { WakeLock } from './wake-lock.js';

/** The element whose core it is. */
export interface CoreHost {
  readonly element: HTMLElement;
  readonly settings: HubSettings;
  /** Something that the small elements see has changed. */
  changed(): void;
  /** `state` or `error` has changed. */
  became(): void;
  announce(event: Event): void;
  /** Another element of the page has taken the core over: this one needs another. */
  deprived(): void;
  /** That of another element of the page, which has gone: it goes on here. */
  take(core: HubCore): void;
}

/** Which of the page's hubs is in which room. */
const places = new RoomPlaces<HubCore>();
/** What elements that are gone have left unsent, by the room's code: for the next hub of the page that comes into the room. */
const unclaimed = new Map<string, HubCore>();

/**
 * Everything of a hub but its element: it outlives that when the page puts another in its place. Frameworks do so all the time; whoever is in the room
 * notices nothing.
 */
export class HubCore implements StayHub {
  #host: CoreHost;
  /** What goes on in place of this one, which never got into the room: what comes late is passed on. */
  #heir: HubCore | null = null;
  #state: ConnectionState = 'idle';
  #error: SnapError | null = null;
  readonly #exchange: Exchange;
  readonly #pending: Pending;
  readonly #inbox: Inbox;
  readonly #continuity: Continuity;
  readonly #session: Session;
  readonly #transfers: TransferList;
  readonly #stay: Stay<HubCore>;
  readonly #wakeLock = new WakeLock();

  constructor(host: CoreHost, state: ConnectionState = 'idle') {
    this.#host = host;
    this.#state = state;

    this.#pending = new Pending({
      changed: (pending) => this.#announce(new SnapPendingChangeEvent(pending)),
      added: (item, chosen) => this.#added(item, chosen),
      send: (item) => this.#sendItem(item),
      failed: (error) => this.failed(error),
    });
    this.#inbox = new Inbox((item, transfer) => this.#announce(new SnapReceivedEvent(item, transfer)));
    this.#exchange = new Exchange({
      decide: (transfer, from) => {
        const { settings, element } = this.#host;
        const peer = this.#session.peers.find(({ id }) => id === from.id);
        return peer && !settings.sendOnly
          ? decide(element, admissionOf(settings), transfer, peer)
          : Promise.resolve('transfer-declined');
      },
      cleanName: cleanFileName,
      preview: admitPreview,
      openSink: (offer) => this.#continuity.openSink(offer),
      received: (transfer, content, offer, from) => this.#inbox.prepare(transfer, content, offer, from),
      changed: (transfer) => this.#transferChanged(transfer),
      violation: (_, error) => this.failed(error),
    });
    this.#transfers = new TransferList((transfer) => this.#forget(transfer));
    this.#continuity = new Continuity({
      exchange: this.#exchange,
      restored: (items) => this.#pending.restore(items),
      resumed: (transfer, at) => {
        for (const { id, state } of transfer.recipients)
          if (state === 'waiting') this.#session.waitFor(id, at);
      },
      failed: (error) => this.failed(error),
    });
    this.#session = new Session(this.#exchange, this.#continuity, {
      state: (state) => this.become(state, state === 'failed' ? this.#error : this.#session.trouble),
      joined: (peer) => {
        if (this.#error?.code === 'connections-exhausted') this.#error = this.#session.trouble;
        this.#announce(new SnapPeerJoinEvent(peer));
      },
      left: (peer) => this.#announce(new SnapPeerLeaveEvent(peer)),
      changed: () => this.#host.changed(),
      error: (error) => this.hampered(error),
      trouble: (trouble) => {
        this.#error = trouble;
        this.#host.changed();
      },
    });
    this.#stay = new Stay<HubCore>(this, places);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get error(): SnapError | null {
    return this.#error;
  }

  /** The room's code while the hub is in it, or on its way into it. */
  get code(): string | null {
    return this.#stay.code;
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

  /** How it enters, leaves and stays. */
  get stay(): Stay<HubCore> {
    return this.#stay;
  }

  get settings(): HubSettings {
    return this.#host.settings;
  }

  get session(): Session {
    return this.#session;
  }

  get continuity(): Continuity {
    return this.#continuity;
  }

  get present(): boolean {
    return this.#host.element.isConnected;
  }

  /** Says goodbye, and leaves the room. */
  disconnect(): void {
    this.#stay.leave({ final: true });
    this.become('closed', null);
  }

  /** See `SnapConnection.send`. */
  send(data: Sendable, to: readonly string[] | null, name?: string): Transfer {
    const resupplied = data instanceof Blob ? this.#continuity.resupply(data) : null;
    return resupplied ?? this.#dispatch(parcelOf(data, name), to);
  }

  add(item: SnapItem): void {
    this.#pending.add(item);
  }

  capture(camera: CaptureDevice, send: boolean): void {
    this.#pending.capture(camera, send);
  }

  choose(files: readonly File[], send: boolean): void {
    // A file that is chosen again goes on where it was.
    const fresh = files.filter((file) => !this.#continuity.resupply(file));
    this.#pending.choose(fresh, send);
  }

  /** Sends these, or all. */
  sendPending(items: readonly SnapItem[] | null): void {
    this.#pending.send(items);
  }

  remove(subject: SnapItem | Transfer): void {
    if ('file' in subject) {
      if (this.#inbox.remove(subject)) this.#host.changed();
      else if (this.#pending.remove(subject)) this.#continuity.drop(subject.id);
      return;
    }
    if (!subject.ended) return;
    this.#forget(subject);
    this.#continuity.drop(subject.id);
    this.#transfers.remove(subject);
    this.#host.changed();
  }

  /** The element has left its document for good: whoever waits for the room goes on with all that is here, at once or later. */
  depart(): void {
    const place = this.#stay.place ?? '';
    const heir = places.heir(place);
    const holder = places.holder(place);
    if (holder === this && heir) return heir.#host.take(this);
    this.#stay.leave({ final: false });
    this.become('closed', null);
    this.#session.stopWaiting();
    if (this.#isUnsent) unclaimed.set(place, this);
  }

  free(): void {
    this.#stay.free();
  }

  succeed(code: string): HubCore | null {
    const former = unclaimed.get(code);
    unclaimed.delete(code);
    if (!former || former === this) return null;
    places.pass(code, former, this);
    this.#host.take(former);
    return former;
  }

  /** Goes on at another element, in place of its core. */
  moveTo(host: CoreHost, other: HubCore): void {
    const former = this.#host;
    if (this.#stay.place !== null) places.pass(this.#stay.place, this, other);
    this.#host = host;
    other.#giveTo(this);
    former.deprived();
    host.became();
    if (this.#state === 'failed') void this.#stay.again();
    else this.#stay.settingsChanged();
  }

  become(state: ConnectionState, error: SnapError | null): void {
    this.#error = error;
    this.#state = state;
    this.#host.became();
  }

  hampered(error: SnapError): void {
    this.#error = error;
    this.failed(error);
  }

  failed(error: SnapError): void {
    this.#announce(new SnapErrorEvent(error));
  }

  left(): void {
    this.#wakeLock.keep(false);
    this.#host.changed();
  }

  get #isUnsent(): boolean {
    return (
      this.pending.length > 0 ||
      this.transfers.some(({ direction, state }) => direction === 'send' && !isOver(state))
    );
  }

  /** All that was captured, chosen or sent here before this core had its turn. */
  #giveTo(heir: HubCore): void {
    this.#heir = heir;
    this.#stay.end();
    heir.#continuity.takeOver(this.#continuity);
    for (const item of this.pending) heir.#pending.add(item, { chosen: !this.#continuity.copies(item.id) });
    heir.#inbox.restore(this.received);
    const here = heir.#session.members.filter(({ connected, sendOnly }) => connected && !sendOnly);
    for (const transfer of heir.#exchange.takeOver(this.#exchange, here)) heir.#transferChanged(transfer);
  }

  #added(item: SnapItem, chosen: boolean): void {
    if (this.#heir) this.#heir.#pending.add(item, { chosen });
    else this.#continuity.keep(item, chosen);
  }

  async #sendItem(item: SnapItem): Promise<void> {
    const parcel = await parcelOfItem(item);
    this.#latest.#pending.remove(item);
    this.#latest.#dispatch(parcel, null);
  }

  /** This core, or what goes on in its place. */
  get #latest(): HubCore {
    return this.#heir ? this.#heir.#latest : this;
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

  /** Nobody sees a transfer any more that has ended. */
  #forget(transfer: Transfer): void {
    this.#exchange.forget(transfer);
    this.#continuity.forget(transfer);
  }

  #transferChanged(transfer: Transfer): void {
    if (this.#heir) return this.#heir.#transferChanged(transfer);
    this.#continuity.follow(transfer);
    if (!this.#transfers.changed(transfer)) return;
    this.#wakeLock.keep(this.#transfers.moving);
    this.#announce(new SnapTransferChangeEvent(transfer));
  }

  #announce(event: Event): void {
    if (!(event instanceof SnapPendingChangeEvent && this.#heir)) this.#latest.#host.announce(event);
  }
}

/** Whom the page names and nobody here knows: perhaps a member that is to come back. */
function absent(id: string): Pick<Member, 'id' | 'name' | 'sendOnly' | 'connected'> {
  return { id, name: '', sendOnly: false, connected: false };
}

function isOver(state: string): boolean {
  return state === 'delivered' || state === 'cancelled';
}
