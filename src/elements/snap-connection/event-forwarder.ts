import {
  SnapConnectionChangeEvent,
  SnapErrorEvent,
  SnapPeerJoinEvent,
  SnapPeerLeaveEvent,
  SnapPendingChangeEvent,
  SnapReceivedEvent,
  SnapTransferChangeEvent,
} from '../../events.js';
import type { ConnectionState } from '../../events.js';
import { logHub } from '../../hub/debug-log.js';
import type { Hub } from '../../hub/hub.js';
import { Rhythm } from '../../hub/rhythm.js';
import { setState } from '../shared/custom-state.js';

/**
 * Turns the events of a hub into what a page and the small elements see of its element: DOM events,
 * `:state(…)`, and calls of the listeners that small elements have subscribed.
 */
export class EventForwarder {
  readonly #element: HTMLElement;
  readonly #internals: ElementInternals;
  readonly #listeners = new Set<() => void>();
  /** What is to be sent goes out before anything is rendered. */
  readonly #rhythm = new Rhythm(() => {
    for (const listener of [...this.#listeners]) listener();
  });
  /** The state that the page was notified of last. */
  #notified: ConnectionState = 'idle';
  /** Aborts when the element gets another hub. */
  #following = new AbortController();

  constructor(element: HTMLElement, internals: ElementInternals) {
    this.#element = element;
    this.#internals = internals;
  }

  /** See `HubElement.subscribe`. */
  subscribe(listener: () => void, { signal }: { signal: AbortSignal }): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  /** Has the listeners called: something has changed that no event of a hub stands for. */
  wake(): void {
    this.#rhythm.wake();
  }

  /** Forwards the events of `hub`, and no longer those of the hub before it. Returns `hub`. */
  follow(hub: Hub): Hub {
    this.#following.abort();
    this.#following = new AbortController();
    const { signal } = this.#following;
    logHub(hub, signal);
    for (const type of ['change', 'trouble', 'peer-path'] as const)
      hub.on(type, () => this.wake(), { signal });
    hub.on('state', () => this.stateChanged(hub), { signal });
    hub.on('peer-join', (peer) => this.#dispatch(new SnapPeerJoinEvent(peer)), { signal });
    hub.on('peer-leave', (peer) => this.#dispatch(new SnapPeerLeaveEvent(peer)), { signal });
    hub.on('pending', () => this.#dispatch(new SnapPendingChangeEvent(() => hub.pending)), { signal });
    hub.on('transfer', (transfer) => this.#dispatch(new SnapTransferChangeEvent(transfer)), { signal });
    hub.on('received', ({ item, transfer }) => this.#dispatch(new SnapReceivedEvent(item, transfer)), {
      signal,
    });
    hub.on('error', (error) => this.#dispatch(new SnapErrorEvent(error)), { signal });
    return hub;
  }

  /** `state` or `error` may have changed. Notifies the page of a state once. */
  stateChanged({ state }: Pick<Hub, 'state'>): void {
    this.wake();
    if (state === this.#notified) return;
    setState(this.#internals, this.#notified, false);
    this.#notified = state;
    setState(this.#internals, state, true);
    this.#dispatch(new SnapConnectionChangeEvent(state));
  }

  #dispatch(event: Event): void {
    this.wake();
    this.#element.dispatchEvent(event);
  }
}
