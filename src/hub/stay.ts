import { SnapError } from '../errors.js';
import type { ConnectionState } from '../events.js';
import { nextTask } from '../timing/next-task.js';
import { peerjsSignalling } from '../peer/peerjs/peerjs.js';
import { makeRoomCode } from '../room/code.js';
import { deriveKeys } from '../room/keys.js';
import { Room } from '../room/room.js';
import type { SnapItem } from '../item.js';
import { tabsOf } from '../store/tabs.js';
import type { Resume } from './resume.js';
import { iceServersOf, targetOf, maxLanesOf, entryOptionsOf } from './settings.js';
import type { HubSettings, EntryOptions } from './settings.js';
import { requireBrowser } from '../browser-support.js';
import { codeInAddress, keepCode, rememberAddress, renewCode, roomCode } from './page/address.js';
import type { Occupant, Occupancy } from './page/occupancy.js';
import type { Session } from './session.js';
import { tabIdentity, tabLost } from './tab/identity.js';

/** What has failed whatever stands in the address. */
const NOT_BY_ADDRESS: readonly unknown[] = [
  'server-invalid',
  'ice-servers-invalid',
  'webrtc-unsupported',
  'browser-unsupported',
];

/** The hub whose stay it is. */
export interface StayHub extends Occupant {
  readonly settings: HubSettings;
  readonly session: Session;
  readonly resume: Resume;
  readonly pending: readonly SnapItem[];
  readonly state: ConnectionState;
  readonly error: SnapError | null;
  become(state: ConnectionState, error: SnapError | null): void;
  /** Something keeps the hub from connecting, to anybody or to somebody. */
  hampered(error: SnapError): void;
  failed(error: SnapError): void;
  /** The room was left. */
  left(): void;
  /**
   * Has what a former hub of the page has left for this room, if there is such. Then it is that
   * which goes on: to be connected.
   */
  succeed(code: string): { readonly stay: { connect(): Promise<void> } } | null;
}

/** A hub's stay in its room: how it gets in, out and back, and when it has to. */
export class Stay<Hub extends StayHub> {
  readonly #hub: Hub;
  readonly #rooms: Occupancy<Hub>;
  /** The room that the hub is in, or on its way into. */
  #code: string | null = null;
  /** See `place`. */
  #place: string | null = null;
  /** What the page wanted at the latest attempt; null while it wants no room at all. */
  #target: string | null = null;
  /** What stood in the address then. */
  #given: string | null = null;
  #iceServers: RTCIceServer[] = [];
  /** What was refused as a list of ICE servers: that is told once. */
  #refused: string | null = null;
  /**
   * Counts connects and disconnects, so that a connect that was overtaken while it waited gives up.
   */
  #attempt = 0;
  /** The latest attempt to connect; never rejects. */
  #connecting = Promise.resolve();

  constructor(hub: Hub, occupancy: Occupancy<Hub>) {
    this.#hub = hub;
    this.#rooms = occupancy;
  }

  /** The room's code while the hub is in it, or on its way into it. */
  get code(): string | null {
    return this.#code;
  }

  /** That room, or the one that it waits for another hub to leave. */
  get place(): string | null {
    return this.#place;
  }

  /** See `SnapConnection.connect`. */
  connect(): Promise<void> {
    const { room } = this.#hub.session;
    return !room || room.state === 'failed' ? this.again() : this.#connecting;
  }

  /** Leaves the room, if it is in one, and enters the one that the page wants now. */
  again(): Promise<void> {
    this.#connecting = this.#connect();
    return this.#connecting;
  }

  /** With `final` for good; else whoever is there waits for this one to come back. Synchronous. */
  leave({ final }: { final: boolean }): void {
    this.#attempt++;
    this.#target = null;
    this.#quit(final);
  }

  /**
   * Leaves for a new room, and takes along what is meant for this one. Returns the code: to be
   * connected.
   */
  async renew(): Promise<string> {
    // What the page's former life has left for this room is to come along: it is here once
    // connecting has come to an end.
    let latest: Promise<void> | null = null;
    while (latest !== this.#connecting) {
      latest = this.#connecting;
      await latest;
    }
    const former = this.#code;
    this.leave({ final: true });
    const code = makeRoomCode();
    await this.#hub.resume.move(deriveKeys(code).tag);
    const { room, fragment } = this.#hub.settings;
    if (room === null) renewCode(fragment, former, code);
    return code;
  }

  /** The page may have said something else. Only what makes a difference is acted on. */
  settingsChanged(): void {
    if (this.#target === null) return;
    const { settings, session, error } = this.#hub;
    if (targetOf(settings) !== this.#target) {
      void this.again();
      return;
    }
    session.room?.rename(settings.name);
    try {
      const before = inWords(this.#iceServers);
      this.#iceServers = iceServersOf(settings);
      // Whom the former ones did not help to reach may be reached by these.
      if (inWords(this.#iceServers) !== before) session.room?.checkNow();
      if (error?.code === 'ice-servers-invalid') void this.again();
    } catch (thrown) {
      // The room goes on with those that it had.
      const refused = inWords(settings.iceServers);
      if (refused !== this.#refused) this.#hub.failed(SnapError.from(thrown, 'ice-servers-invalid'));
      this.#refused = refused;
    }
  }

  /**
   * The person has followed a link to another room, or the page's router has written over the code.
   */
  addressChanged(): void {
    const { fragment, room } = this.#hub.settings;
    if (fragment === '' || room !== null || this.#target === null) return;
    const given = codeInAddress(fragment);
    // No invitation mends what is wrong with the attributes; it is read once they are right.
    if (given === this.#given || NOT_BY_ADDRESS.includes(this.#hub.error?.code)) return;
    if (given === null && this.#code !== null) keepCode(fragment, this.#code);
    else void this.again();
  }

  /** The page goes away, perhaps to come back at once. Synchronous. */
  leaving(): void {
    const { fragment, room } = this.#hub.settings;
    if (room === null && this.#code !== null) rememberAddress(fragment, this.#code);
    this.leave({ final: false });
  }

  /** The room that it waits for is free. */
  free(): void {
    if (this.#place !== null && this.#code === null) void this.again();
  }

  /** Another stay goes on in place of this one, and has its place. */
  end(): void {
    this.#attempt++;
    this.#target = null;
    this.#place = null;
    this.#code = null;
  }

  async #connect(): Promise<void> {
    const { settings } = this.#hub;
    const attempt = ++this.#attempt;
    const overtaken = (): boolean => attempt !== this.#attempt;
    this.#target = targetOf(settings);
    this.#given = givenTo(settings);
    try {
      const entry = entryOptionsOf(settings);
      this.#refused = inWords(settings.iceServers);
      this.#iceServers = iceServersOf(settings);
      this.#refused = null;
      requireBrowser();
      const code = roomCode(settings);
      this.#given = givenTo(settings);
      if (this.#hub.session.room || this.#place !== code)
        this.#quit(this.#code !== null && this.#code !== code);
      this.#place = code;
      if (this.#rooms.ask(code, this.#hub) === 'leaving') {
        this.#hub.become('joining', null);
        await new Promise((resolve) => nextTask(() => resolve(null)));
        if (!overtaken()) this.#rooms.review(code);
        // What it was to have by now goes on in its place.
        if (overtaken()) return;
      }
      if (this.#rooms.ask(code, this.#hub) !== 'yours') throw new SnapError('room-in-use');
      this.#code = code;
      const former = this.#hub.succeed(code);
      if (former) {
        await former.stay.connect();
        return;
      }
      await this.#enter(code, entry, overtaken);
    } catch (thrown) {
      if (overtaken()) return;
      const error = SnapError.from(thrown, 'server-unreachable');
      // It waits for that room, and gets in when it is free.
      if (error.code !== 'room-in-use') this.#quit(false);
      this.#hub.become('failed', error);
      this.#hub.failed(error);
    }
  }

  async #enter(code: string, entry: EntryOptions, overtaken: () => boolean): Promise<void> {
    const { session, resume, settings } = this.#hub;
    this.#hub.become('joining', null);
    const { tag } = deriveKeys(code);
    const identity = await tabIdentity(() => tabsOf(tag));
    if (overtaken()) return;
    tabLost().addEventListener('abort', () => overtaken() || void this.again(), { once: true });
    // What the page's former life has left is read while others are being looked for.
    const resumed = resume
      .enter({ tab: identity.id, room: tag }, this.#hub.pending)
      .catch((thrown: unknown) => this.#hub.failed(SnapError.from(thrown, 'storage-failed')));
    const { server, sendOnly, relayOnly, maxPeers } = entry;
    const self = { identity, name: settings.name, sendOnly };
    const iceServers = (): RTCIceServer[] => this.#iceServers;
    // Read anew for each connection: they may change while the hub is in its room. Lanes connect as
    // the first connection does.
    const signalling = peerjsSignalling({
      ...{ server, relayOnly },
      get iceServers() {
        return iceServers();
      },
      onexhausted: () => overtaken() || this.#hub.hampered(new SnapError('connections-exhausted')),
    });
    const configuration: RTCConfiguration = {
      iceTransportPolicy: relayOnly ? 'relay' : 'all',
      get iceServers() {
        return iceServers();
      },
    };
    session.enter(new Room({ code, self, signalling, maxPeers }), {
      resumed,
      lanes: () => ({ configuration, limit: maxLanesOf(this.#hub.settings) }),
    });
    await resumed;
  }

  #quit(final: boolean): void {
    const place = this.#place;
    this.#place = null;
    this.#code = null;
    this.#hub.session.leave(final);
    this.#hub.left();
    if (place !== null) this.#rooms.vacate(place, this.#hub);
  }
}

/**
 * What stands in the address where the code is looked for; null where nothing does, or it is not
 * looked for there.
 */
function givenTo({ room, fragment }: HubSettings): string | null {
  return room === null && fragment !== '' ? codeInAddress(fragment) : null;
}

/** To know again what the page has said. */
function inWords(given: unknown): string {
  try {
    return JSON.stringify(given);
  } catch {
    return String(given);
  }
}
