import { requireBrowser } from '../../browser-support.js';
import { SnapError } from '../../errors.js';
import { makeRoomCode } from '../../room/code.js';
import { deriveKeys } from '../../room/keys.js';
import { tabsOf } from '../../store/tabs.js';
import { nextTask } from '../../timing/next-task.js';
import { IceServerSetting } from './ice-server-setting.js';
import { makeRoom } from './make-room.js';
import { codeInAddress, keepCode, rememberAddress, renewCode, roomCode } from '../page/address.js';
import type { Occupancy } from '../page/occupancy.js';
import { entryOptionsOf, maxLanesOf, targetOf } from '../settings.js';
import type { EntryOptions, HubSettings } from '../settings.js';
import type { StayHub } from './stay-hub.js';
import { hasRoom, next, waitsForRoom, wantsRoom } from './stay-states.js';
import type { StayEvent, StayState } from './stay-states.js';
import { tabIdentity, tabLost } from '../tab/identity.js';

/** Failures that no change of the page's address can mend. */
const NOT_BY_ADDRESS: readonly unknown[] = [
  'server-invalid',
  'ice-servers-invalid',
  'webrtc-unsupported',
  'browser-unsupported',
];

/** One attempt to enter a room. */
interface Attempt {
  /** What the page wanted: see `targetOf`. */
  readonly target: string;
  /** The code in the page's address, as the hub left it; null when none was looked for. */
  addressCode: string | null;
  /** Aborts when the stay moves on to something else. */
  readonly signal: AbortSignal;
}

/**
 * A hub's stay in its room: enters it, leaves it and renews it, and does so by itself when the
 * page's settings or its address change. The states and steps are in `stay-states.ts`.
 */
export class Stay<Hub extends StayHub> {
  readonly #hub: Hub;
  readonly #occupancy: Occupancy<Hub>;
  readonly #iceServers = new IceServerSetting();
  #state: StayState = 'outside';
  /** See `room`. */
  #room: string | null = null;
  #attempt: Attempt | null = null;
  #moveOn = new AbortController();
  /** The latest attempt to connect; never rejects. */
  #connecting = Promise.resolve();

  constructor(hub: Hub, occupancy: Occupancy<Hub>) {
    this.#hub = hub;
    this.#occupancy = occupancy;
  }

  get state(): StayState {
    return this.#state;
  }

  /** The code of the room that the hub is in, or entering; else null. */
  get code(): string | null {
    return hasRoom(this.#state) ? this.#room : null;
  }

  /** The same, or the code of the room that it waits for another hub to leave. */
  get room(): string | null {
    return this.#room;
  }

  /** See `SnapConnection.connect`. */
  connect(): Promise<void> {
    return this.#state === 'inside' ? this.#connecting : this.reconnect();
  }

  /** Leaves the room, if the hub is in one, and enters the one that the page wants now. */
  reconnect(): Promise<void> {
    // The hub that goes on is connected, not this one.
    if (this.#state === 'replaced') return Promise.resolve();
    this.#connecting = this.#connect();
    return this.#connecting;
  }

  /**
   * Leaves the room: for good with `final`, else its members wait for this one to come back.
   * Synchronous.
   */
  leave({ final }: { final: boolean }): void {
    this.#go('leave');
    this.#quit(final);
  }

  /** Resolves once no attempt to connect is under way. */
  async settled(): Promise<void> {
    let latest: Promise<void> | null = null;
    while (latest !== this.#connecting) {
      latest = this.#connecting;
      await latest;
    }
  }

  /**
   * Leaves for a new room, and takes along what is meant for the members of this one. Resolves to
   * the new code; `connect` enters it. The page has to set that code if another of its hubs has the
   * room: the two find theirs at the same place in the address.
   */
  async renew(): Promise<string> {
    const former = this.code;
    const isShared = waitsForRoom(this.#state);
    this.#go('renew');
    this.#quit(true);
    const code = makeRoomCode();
    await this.#hub.resume.move(deriveKeys(code).tag);
    const { room, fragment } = this.#hub.settings;
    // The code in the address is that of the other hub, which has the room.
    if (room === null && !isShared) renewCode(fragment, former, code);
    return code;
  }

  /** The page's settings may have changed. Reconnects only if they lead to another room or way. */
  settingsChanged(): void {
    if (!wantsRoom(this.#state)) return;
    const { settings, session, error } = this.#hub;
    if (targetOf(settings) !== this.#attempt?.target) {
      void this.reconnect();
      return;
    }
    session.room?.rename(this.#hub.name);
    const change = this.#iceServers.update(settings.iceServers, (refused) => this.#hub.report(refused));
    if (change === 'refused') return;
    // Members who could not be reached before may be by these.
    if (change === 'changed') session.room?.checkNow();
    if (error?.code === 'ice-servers-invalid') void this.reconnect();
  }

  /**
   * The page's address may have changed: a link led to another room, or a router wrote over the
   * code.
   */
  addressChanged(): void {
    const { fragment, room } = this.#hub.settings;
    if (fragment === '' || room !== null || !wantsRoom(this.#state)) return;
    const given = codeInAddress(fragment);
    if (given === this.#attempt?.addressCode || NOT_BY_ADDRESS.includes(this.#hub.error?.code)) return;
    if (given === null && this.code !== null) keepCode(fragment, this.code);
    else void this.reconnect();
  }

  /** The page goes away, perhaps to come back at once. Synchronous. */
  leaving(): void {
    const { fragment, room } = this.#hub.settings;
    if (room === null && this.code !== null) rememberAddress(fragment, this.code);
    this.leave({ final: false });
  }

  /** The room that the hub waits for is free. */
  free(): void {
    if (waitsForRoom(this.#state)) void this.reconnect();
  }

  /** The room itself has given up. */
  dropped(): void {
    this.#go('drop');
  }

  /** Another hub goes on in place of this one, and has its room. */
  replace(): void {
    this.#go('replace');
    this.#room = null;
  }

  async #connect(): Promise<void> {
    const { settings } = this.#hub;
    const former = this.code;
    this.#go('connect');
    const { signal } = this.#moveOn;
    const attempt = { target: targetOf(settings), addressCode: addressCodeOf(settings), signal };
    this.#attempt = attempt;
    try {
      const options = entryOptionsOf(settings);
      this.#iceServers.read(settings.iceServers);
      requireBrowser();
      const code = roomCode(settings);
      attempt.addressCode = addressCodeOf(settings);
      if (this.#hub.session.room || this.#room !== code) this.#quit(former !== null && former !== code);
      this.#room = code;
      if (this.#occupancy.claim(code, this.#hub) === 'yielding') {
        await this.#yield(code);
        // Asked here, not there: listeners of the page may have run since.
        if (signal.aborted) return;
      }
      if (this.#occupancy.claim(code, this.#hub) !== 'granted') {
        this.#go('block');
        this.#fail(new SnapError('room-in-use'));
        return;
      }
      this.#go('grant');
      const unsent = this.#hub.claimUnsent(code);
      if (unsent) await unsent.stay.connect();
      else await this.#enter(code, options, signal);
    } catch (thrown) {
      if (signal.aborted) return;
      this.#go('fail');
      this.#quit(false);
      this.#fail(SnapError.from(thrown, 'server-unreachable'));
    }
  }

  /**
   * Waits until the page has put the element that has the room back where it belongs, or else makes
   * it leave. This attempt may be over then: what it claimed may have gone on in its place.
   */
  async #yield(code: string): Promise<void> {
    this.#go('yield');
    const { signal } = this.#moveOn;
    this.#hub.become('joining', null);
    await new Promise((resolve) => nextTask(() => resolve(null)));
    if (!signal.aborted) this.#occupancy.review(code);
  }

  async #enter(code: string, options: EntryOptions, signal: AbortSignal): Promise<void> {
    const { session, resume, name } = this.#hub;
    this.#hub.become('joining', null);
    const { tag } = deriveKeys(code);
    const identity = await tabIdentity(() => tabsOf(tag));
    if (signal.aborted) return;
    tabLost().addEventListener('abort', () => void this.reconnect(), { once: true, signal });
    // What an earlier life of the page left is read while members are being looked for.
    const resumed = resume
      .enter({ tab: identity.id, room: tag }, this.#hub.pending)
      .catch((thrown: unknown) => this.#hub.report(SnapError.from(thrown, 'storage-failed')));
    const { room, lanes } = makeRoom(code, { identity, name }, options, {
      maxLanes: () => maxLanesOf(this.#hub.settings),
      iceServers: () => this.#iceServers.current,
      exhausted: () => signal.aborted || this.#hub.hamper(new SnapError('connections-exhausted')),
    });
    this.#go('enter');
    session.enter(room, { resumed, lanes });
    await resumed;
  }

  #fail(error: SnapError): void {
    this.#hub.become('failed', error);
    this.#hub.report(error);
  }

  /** Ends the present attempt where `event` leads elsewhere. */
  #go(event: StayEvent): void {
    this.#state = next(this.#state, event);
    if (event !== 'connect' && event !== 'leave' && event !== 'renew' && event !== 'replace') return;
    this.#moveOn.abort();
    this.#moveOn = new AbortController();
  }

  #quit(final: boolean): void {
    const room = this.#room;
    this.#room = null;
    this.#hub.session.leave(final);
    this.#hub.left();
    if (room !== null) this.#occupancy.vacate(room, this.#hub);
  }
}

/** The code in the page's address; null when there is none, or the hub does not look there. */
function addressCodeOf({ room, fragment }: HubSettings): string | null {
  return room === null && fragment !== '' ? codeInAddress(fragment) : null;
}
