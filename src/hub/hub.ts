import { parsePreview } from '../capture/image/preview.js';
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
import type { SnapItem } from '../item.js';
import { Transfers } from '../transfer/transfers.js';
import type { Transfer } from '../transfer/transfer.js';
import { Resume } from './resume.js';
import type { CoreHost } from './host.js';
import { dispatch } from './dispatch.js';
import { admissionOf } from './settings.js';
import type { HubSettings } from './settings.js';
import { Inbox, decide } from './inbox.js';
import { Pending } from './pending.js';
import { givenCode } from './page/address.js';
import { Occupancy } from './page/occupancy.js';
import { payloadOf, payloadOfItem } from './sendable.js';
import type { Payload, Sendable } from './sendable.js';
import { Session } from './session.js';
import { Stay } from './stay.js';
import type { StayHub } from './stay.js';
import { TransferList } from './transfer-list.js';
import { WakeLock } from './page/wake-lock.js';

/** Where nothing more is to come. */
const OVER: readonly string[] = ['delivered', 'cancelled'];

/** Which of the page's hubs is in which room. */
const occupancy = new Occupancy<HubCore>();
/**
 * What elements that are gone have left unsent, by the room's code: for the next hub of the page
 * that comes into the room.
 */
const unclaimed = new Map<string, HubCore>();

/**
 * Everything of a hub but its element: it outlives that when the page puts another in its place.
 * Frameworks do so all the time; whoever is in the room notices nothing.
 */
export class HubCore implements StayHub {
  #host: CoreHost;
  /**
   * What goes on in place of this one, which never got into the room: what comes late is passed on.
   */
  #heir: HubCore | null = null;
  #state: ConnectionState;
  #error: SnapError | null = null;
  readonly #transfers: Transfers;
  /** What waits to be sent. */
  readonly queue: Pending;
  readonly #inbox: Inbox;
  readonly resume: Resume;
  readonly session: Session;
  readonly #transferList: TransferList;
  readonly stay: Stay<HubCore>;
  readonly #wakeLock = new WakeLock();

  constructor(host: CoreHost, state: ConnectionState = 'idle') {
    this.#host = host;
    this.#state = state;

    this.queue = new Pending({
      changed: () => this.#announce(new SnapPendingChangeEvent(() => this.pending)),
      added: (item, chosen) => this.#added(item, chosen),
      send: (item) => this.#sendItem(item),
      failed: (error) => this.failed(error),
    });
    this.#inbox = new Inbox({
      arrived: (item, transfer) => this.#announce(new SnapReceivedEvent(item, transfer)),
      lost: ({ file }) => this.#latest.failed(new SnapError('item-lost', { detail: file.name })),
    });
    this.#transfers = new Transfers({
      decide: (transfer, from) => {
        const { settings, element } = this.#host;
        const peer = this.session.peers.find(({ id }) => id === from.id);
        return peer && !settings.sendOnly
          ? decide(element, admissionOf(settings), transfer, peer)
          : Promise.resolve('transfer-declined');
      },
      cleanName: cleanFileName,
      preview: parsePreview,
      openSink: (offer) => this.resume.openSink(offer),
      received: (...arrived) => this.#inbox.prepare(...arrived),
      changed: (transfer) => this.#transferChanged(transfer),
      violation: (_, error) => this.failed(error),
    });
    this.#transferList = new TransferList((transfer) => this.#forget(transfer));
    this.resume = new Resume({
      transfers: this.#transfers,
      restored: (items) => this.queue.restore(items),
      resumed: (transfer, at) => {
        for (const { id, state } of transfer.recipients)
          if (state === 'waiting') this.session.waitFor(id, at);
      },
      failed: (error) => this.failed(error),
    });
    this.session = new Session(this.#transfers, this.resume, {
      state: (state) => this.become(state, state === 'failed' ? this.#error : this.session.trouble),
      joined: (peer) => {
        if (this.#error?.code === 'connections-exhausted') this.#error = this.session.trouble;
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
    this.stay = new Stay<HubCore>(this, occupancy);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get error(): SnapError | null {
    return this.#error;
  }

  /** The room's code while the hub is in it, or on its way into it. */
  get code(): string | null {
    return this.stay.code;
  }

  get peers(): readonly SnapPeer[] {
    return this.session.peers;
  }

  get transfers(): readonly Transfer[] {
    return this.#transferList.items;
  }

  get pending(): readonly SnapItem[] {
    return this.queue.items;
  }

  get received(): readonly SnapItem[] {
    return this.#inbox.items;
  }

  get settings(): HubSettings {
    return this.#host.settings;
  }

  get present(): boolean {
    const { isConnected, ownerDocument } = this.#host.element;
    // One in a frame, or a window, that is gone was never taken out of it.
    return isConnected && ownerDocument.defaultView !== null;
  }

  /** Says goodbye, and leaves the room. */
  disconnect(): void {
    this.stay.leave({ final: true });
    this.become('closed', null);
  }

  /** See `SnapConnection.send`. */
  send(data: Sendable, to: readonly string[] | null, name?: string): Transfer {
    const resupplied = data instanceof Blob ? this.resume.resupply(data) : null;
    return resupplied ?? this.#dispatch(payloadOf(data, name), to);
  }

  choose(files: readonly File[], send: boolean): void {
    // A file that is chosen again goes on where it was.
    const fresh = files.filter((file) => !this.resume.resupply(file));
    this.queue.choose(fresh, send);
  }

  remove(subject: SnapItem | Transfer): void {
    if ('file' in subject) {
      if (this.#inbox.remove(subject)) this.#host.changed();
      else if (this.queue.remove(subject)) this.resume.drop(subject.id);
      return;
    }
    if (!subject.ended) return;
    this.#forget(subject);
    if (subject.direction === 'send') this.resume.drop(subject.id);
    this.#transferList.remove(subject);
    this.#host.changed();
  }

  /**
   * The element has left its document: whoever has the room, or waits for it, goes on with all that
   * is here; at once or later.
   */
  depart(): void {
    const place = this.stay.place ?? givenCode(this.settings) ?? '';
    const [holder, heir] = [occupancy.holder(place), occupancy.heir(place)];
    if (holder === this && heir) return heir.#host.take(this);
    this.stay.leave({ final: false });
    this.become('closed', null);
    this.session.stopWaiting();
    if (!this.#isUnsent) return;
    const other = holder ?? unclaimed.get(place) ?? this;
    if (other === this) unclaimed.set(place, this);
    else {
      this.#giveTo(other);
      this.#host.deprived();
    }
  }

  free(): void {
    this.stay.free();
  }

  succeed(code: string): HubCore | null {
    // What never got as far as a room is for any.
    const key = unclaimed.has(code) ? code : '';
    const former = unclaimed.get(key);
    unclaimed.delete(key);
    if (!former || former === this) return null;
    occupancy.pass(code, former, this);
    this.#host.take(former);
    return former;
  }

  /** Goes on at another element, in place of its core. */
  moveTo(host: CoreHost, other: HubCore): void {
    const former = this.#host;
    if (this.stay.place !== null) occupancy.pass(this.stay.place, this, other);
    this.#host = host;
    other.#giveTo(this);
    former.deprived();
    host.became();
    if (this.#state === 'failed') void this.stay.again();
    else this.stay.settingsChanged();
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
      this.transfers.some(({ direction, state }) => direction === 'send' && !OVER.includes(state))
    );
  }

  /** All that was captured, chosen or sent here before this core had its turn. */
  #giveTo(heir: HubCore): void {
    this.#heir = heir;
    this.stay.end();
    heir.resume.takeOver(this.resume);
    for (const item of this.pending) heir.queue.add(item, { chosen: !this.resume.copies(item.id) });
    heir.#inbox.restore(this.received);
    const here = heir.session.members.filter(({ connected, sendOnly }) => connected && !sendOnly);
    for (const transfer of heir.#transfers.takeOver(this.#transfers, here)) heir.#transferChanged(transfer);
  }

  #added(item: SnapItem, chosen: boolean): void {
    if (this.#heir) this.#heir.queue.add(item, { chosen });
    else this.resume.keep(item, chosen);
  }

  async #sendItem(item: SnapItem): Promise<void> {
    const payload = await payloadOfItem(item);
    this.#latest.queue.remove(item);
    this.#latest.#dispatch(payload, null);
  }

  /** This core, or what goes on in its place. */
  get #latest(): HubCore {
    return this.#heir ? this.#heir.#latest : this;
  }

  #dispatch(payload: Payload, to: readonly string[] | null): Transfer {
    const { session, resume } = this;
    return dispatch({ transfers: this.#transfers, session, resume }, payload, to);
  }

  /** Nobody sees a transfer any more that has ended. */
  #forget(transfer: Transfer): void {
    this.#transfers.forget(transfer);
    this.resume.forget(transfer);
  }

  #transferChanged(transfer: Transfer): void {
    if (this.#heir) return this.#heir.#transferChanged(transfer);
    this.resume.follow(transfer);
    if (!this.#transferList.changed(transfer)) return;
    this.#wakeLock.keep(this.#transferList.moving);
    this.#announce(new SnapTransferChangeEvent(transfer));
  }

  #announce(event: Event): void {
    if (!(event instanceof SnapPendingChangeEvent && this.#heir)) this.#latest.#host.announce(event);
  }
}
