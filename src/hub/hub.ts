import type { SnapError } from '../errors.js';
import type { ConnectionState, SnapOffer, SnapPeer } from '../events.js';
import type { SnapItem } from '../item.js';
import type { Transfer } from '../transfer/transfer.js';
import { Contents } from './contents.js';
import { Emitter } from './emitter.js';
import type { CaptureDevice } from './hub-element.js';
import type { HubEvents } from './hub-events.js';
import { decide } from './inbox.js';
import { givenCode } from './page/address.js';
import type { PageListener } from './page/life.js';
import { Occupancy } from './page/occupancy.js';
import { keepOwnName, ownName } from './page/own-name.js';
import type { Pending } from './pending.js';
import { Recordings } from './sending/recordings.js';
import { requestHandlers } from './request-handlers.js';
import type { Resume } from './resume.js';
import type { Sendable } from './sendable.js';
import { Session } from './session.js';
import { offerLimitsOf } from './settings.js';
import type { HubSettings } from './settings.js';
import { Stay } from './stay/stay.js';
import type { StayHub } from './stay/stay-hub.js';

/** The element that a hub acts for: what the hub has to ask. What it tells are its events. */
export interface HubHost {
  readonly settings: HubSettings;
  /** Whether the element is in a document, and that in a window. */
  readonly present: boolean;
  /** The first camera that belongs to the element, in tree order. */
  readonly camera: CaptureDevice | null;
  /** Asks the page whether it wants what is offered. */
  ask(offer: SnapOffer): Promise<boolean>;
  /** `hub` acts for the element from now on, in place of the one before. */
  use(hub: Hub): void;
  /** The element's hub acts for another element now: the element begins anew, without a room. */
  retire(): void;
  /** The element leaves for a room with a new code. */
  renew(): void;
}

const occupancy = new Occupancy<Hub>();
/**
 * Hubs of removed elements that have something left to send, by the room's code: the next hub of
 * the page that enters the room takes it over.
 */
const unclaimed = new Map<string, Hub>();

/**
 * What a `<snap-connection>` does, without the element: it composes the room, the transfers and the
 * storage, and emits what the page is to know.
 *
 * A hub outlives its element. Frameworks replace elements all the time; then the hub goes on at the
 * next element for the same room, and the members of the room notice nothing.
 */
export class Hub extends Emitter<HubEvents> implements StayHub, PageListener {
  #host: HubHost;
  /** The hub that goes on in place of this one. */
  #successor: Hub | null = null;
  #state: ConnectionState;
  #error: SnapError | null = null;
  /** Whether the hub was in a room when its page went into the back-forward cache. */
  #wasInRoom = false;
  readonly contents: Contents;
  readonly session: Session;
  readonly stay: Stay<Hub>;
  readonly recordings = new Recordings();
  readonly handlers = requestHandlers(this);

  constructor(host: HubHost, state: ConnectionState = 'idle') {
    super();
    this.#host = host;
    this.#state = state;
    this.contents = new Contents({
      decide: (transfer, sender) => this.#decide(transfer, sender),
      session: () => this.session,
      emit: (type, value) => this.emit(type, value),
    });
    this.session = new Session(this.contents.transfers, this.resume, {
      state: (state) => {
        if (state === 'failed') this.stay.dropped();
        this.become(state, state === 'failed' ? this.#error : this.session.trouble);
      },
      joined: (peer) => {
        if (this.#error?.code === 'connections-exhausted') this.#error = this.session.trouble;
        this.emit('peer-join', peer);
      },
      left: (peer) => this.emit('peer-leave', peer),
      changed: () => this.emit('change', null),
      path: (peer) => this.emit('peer-path', peer),
      error: (error) => this.hamper(error),
      trouble: (trouble) => {
        this.#error = trouble;
        this.emit('trouble', trouble);
      },
    });
    this.stay = new Stay<Hub>(this, occupancy);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get error(): SnapError | null {
    return this.#error;
  }

  get peers(): readonly SnapPeer[] {
    return this.session.peers;
  }

  get name(): string {
    return ownName(this.settings.name);
  }

  get transfers(): readonly Transfer[] {
    return this.contents.transferList.items;
  }

  get pending(): readonly SnapItem[] {
    return this.queue.items;
  }

  get received(): readonly SnapItem[] {
    return this.contents.inbox.items;
  }

  /** What waits to be sent. */
  get queue(): Pending {
    return this.contents.queue;
  }

  get resume(): Resume {
    return this.contents.resume;
  }

  get settings(): HubSettings {
    return this.#host.settings;
  }

  get present(): boolean {
    return this.#host.present;
  }

  get camera(): CaptureDevice | null {
    return this.#host.camera;
  }

  /** Leaves the room for good. */
  disconnect(): void {
    this.stay.leave({ final: true });
    this.become('closed', null);
  }

  reconnect(): void {
    void this.stay.reconnect();
  }

  /** See `SnapConnection.renew`. Resolves to the code of the new room, which is not entered yet. */
  async renew(): Promise<string> {
    // What an earlier life of the page left for this room is to come along: it is here by then.
    await this.stay.settled();
    return this.#successor ? this.#successor.renew() : this.stay.renew();
  }

  moveToNewRoom(): void {
    this.#host.renew();
  }

  rename(name: string): void {
    keepOwnName(name);
    this.session.room?.rename(this.name);
    this.emit('change', null);
  }

  /** See `SnapConnection.send`. */
  send(data: Sendable, to: readonly string[] | null, name?: string): Transfer {
    return this.contents.send(data, to, name);
  }

  leaving(): void {
    this.#wasInRoom = this.stay.code !== null;
    this.resume.leaving();
    this.stay.leaving();
  }

  returned(): void {
    if (this.#wasInRoom) void this.stay.connect();
  }

  revived(): void {
    this.session.room?.checkNow();
  }

  addressChanged(): void {
    // The hub of an element that is out of the page writes nothing into the address.
    if (this.present) this.stay.addressChanged();
    this.emit('change', null);
  }

  /**
   * The element has left its document. A hub that has the room, or waits for it, takes over
   * everything that is here: at once, or when it comes.
   */
  depart(): void {
    const room = this.stay.room ?? givenCode(this.settings) ?? '';
    const holder = occupancy.holder(room);
    const waiting = occupancy.firstWaiting(room);
    if (holder === this && waiting) return this.#moveTo(waiting);
    this.stay.leave({ final: false });
    this.become('closed', null);
    this.session.stopWaiting();
    if (!this.contents.unsent) return;
    const other = holder ?? unclaimed.get(room) ?? this;
    if (other === this) unclaimed.set(room, this);
    else {
      this.#giveTo(other);
      this.#host.retire();
    }
  }

  free(): void {
    this.stay.free();
  }

  claimUnsent(code: string): Hub | null {
    // What was captured before its hub ever had a room is for any room.
    const key = unclaimed.has(code) ? code : '';
    const former = unclaimed.get(key);
    unclaimed.delete(key);
    if (!former || former === this) return null;
    occupancy.pass(code, former, this);
    former.#moveTo(this);
    return former;
  }

  become(state: ConnectionState, error: SnapError | null): void {
    this.#error = error;
    this.#state = state;
    this.emit('state', state);
  }

  hamper(error: SnapError): void {
    this.#error = error;
    this.report(error);
  }

  report(error: SnapError): void {
    this.contents.report(error);
  }

  left(): void {
    this.contents.paused();
    this.emit('change', null);
  }

  /** Acts for the element of `other` from now on, in place of that. */
  #moveTo(other: Hub): void {
    const former = this.#host;
    if (this.stay.room !== null) occupancy.pass(this.stay.room, this, other);
    this.#host = other.#host;
    this.off();
    this.#host.use(this);
    other.#giveTo(this);
    former.retire();
    this.emit('state', this.#state);
    if (this.#state === 'failed') this.reconnect();
    else this.stay.settingsChanged();
  }

  #giveTo(successor: Hub): void {
    this.#successor = successor;
    this.stay.replace();
    this.contents.giveTo(successor.contents);
  }

  #decide({ id, name, size, type, preview }: Transfer, sender: string): ReturnType<typeof decide> {
    const { settings } = this;
    const from = this.peers.find((peer) => peer.id === sender);
    if (!from || settings.sendOnly) return Promise.resolve('transfer-declined');
    const offer = { id, name, size, type, preview, from };
    return decide(offer, offerLimitsOf(settings), (each) => this.#host.ask(each));
  }
}
