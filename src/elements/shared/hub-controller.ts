import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ancestors, isElement } from '../../ancestors.js';
import { HUB_PRESENT, HUB_TAG } from '../../hub/hub-element.js';
import type { HubElement } from '../../hub/hub-element.js';
import { REQUEST_EVENTS, claim } from '../../hub/requests.js';

/** A small element: it may name its hub by property or by id. */
export interface HubControllerHost extends ReactiveControllerHost, HTMLElement {
  /**
   * The id in the `connection` attribute; the empty string means none; null: the nearest ancestor.
   */
  readonly connectionId: string | null;
}

/**
 * Links a small element to its hub by the form-owner rule of HTML: the `connection` property; else
 * the element with the id in `connection="id"` in the host's own root; else the nearest
 * `<snap-connection>` ancestor, climbing out of shadow roots.
 *
 * ```html
 * <snap-connection id="desk"></snap-connection>
 * <snap-camera connection="desk"></snap-camera>            by id: anywhere in the same root
 *
 * <snap-connection><snap-camera></snap-camera></snap-connection>   by nesting
 *
 * <snap-camera connection=""></snap-camera>                none
 * ```
 *
 * The id may appear later, or move to another element; the hub may be defined later; either may
 * move. While the host is in a document the controller watches for all of it, and once it is out it
 * leaves nothing behind.
 */
export class HubController implements ReactiveController {
  readonly #host: HubControllerHost;
  readonly #changed: (hub: HubElement | null) => void;
  /**
   * A hub, perhaps one that is not upgraded yet, or the id of one; null: as the attribute and the
   * ancestors have it.
   */
  #explicit: HTMLElement | string | null = null;
  #hub: HubElement | null = null;
  /** Aborted when the host leaves its document. */
  #presence: AbortController | null = null;
  /** Aborted when the hub changes. */
  #attachment: AbortController | null = null;

  /**
   * `changed` is called whenever the host has another hub than before. The host is updated by
   * itself, also when the hub's state changes.
   */
  constructor(host: HubControllerHost, changed: (hub: HubElement | null) => void = () => undefined) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  /** The hub, or null. */
  get hub(): HubElement | null {
    return this.#hub;
  }

  /**
   * What is set by property goes before all else: a hub, or the id of one. `null` returns to the
   * attribute and the ancestors. What is neither is ignored.
   */
  set(given: unknown): void {
    if (given === null || given === undefined || typeof given === 'string' || isHubTag(given)) {
      this.#explicit = given ?? null;
      this.resolve();
    } else {
      const tag = this.#host.localName;
      // A mistake of the page's author: thrown, it would end what a framework renders.
      // eslint-disable-next-line no-console
      console.warn(`<${tag}>: connection takes a <${HUB_TAG}>, the id of one, or null; not`, given);
    }
  }

  hostConnected(): void {
    const presence = new AbortController();
    this.#presence = presence;
    const { signal } = presence;
    for (const type of REQUEST_EVENTS) {
      // Without a hub it belongs to nobody, not to whatever hub it bubbles through.
      this.#host.addEventListener(type, (event) => !this.#hub && claim(event, null), { signal });
    }
    watchTree(this.#host.getRootNode(), () => this.resolve(), signal);
    this.resolve();
  }

  hostDisconnected(): void {
    this.#presence?.abort();
    this.#presence = null;
    this.#use(null);
  }

  /**
   * Looks again. Called by itself; the host calls it when its `connection` attribute has changed.
   */
  resolve(): void {
    if (this.#presence) this.#use(this.#find());
  }

  #find(): HubElement | null {
    if (isHubTag(this.#explicit)) return isHub(this.#explicit) ? this.#explicit : null;
    const id = this.#explicit ?? this.#host.connectionId;
    if (id === '') return null;
    if (id === null) return nearestHub(this.#host);
    const root = this.#host.getRootNode() as Document | ShadowRoot;
    const element = root.getElementById(id);
    return isHub(element) ? element : null;
  }

  #use(hub: HubElement | null): void {
    if (hub === this.#hub) return;
    this.#attachment?.abort();
    this.#attachment = null;
    this.#hub = hub;
    if (hub) {
      this.#attachment = new AbortController();
      const { signal } = this.#attachment;
      hub.attach(this.#host, { signal });
      hub.subscribe(() => this.#host.requestUpdate(), { signal });
    }
    this.#changed(hub);
    this.#host.requestUpdate();
  }
}

function nearestHub(from: Element): HubElement | null {
  for (const node of ancestors(from)) if (isHub(node)) return node;
  return null;
}

/**
 * By name and ability, not by class: another copy of the script may have defined it. An element not
 * yet upgraded has no `attach`.
 */
function isHub(node: Node | null): node is HubElement {
  return isHubTag(node) && 'attach' in node;
}

/** Also one of another window, or one that is not upgraded yet. */
function isHubTag(given: unknown): given is HTMLElement {
  return typeof given === 'object' && given !== null && 'localName' in given && given.localName === HUB_TAG;
}

/** One observer for each root, however many elements watch it. */
const watchers = new WeakMap<
  Node,
  { observer: MutationObserver; listeners: Set<() => void>; stop: AbortController }
>();

/**
 * Calls `listener` when a hub may have appeared, gone, or changed its id in `root`, or entered the
 * page anywhere (an ancestor outside of a shadow root, a late definition).
 */
function watchTree(root: Node, listener: () => void, signal: AbortSignal): void {
  let watcher = watchers.get(root);
  if (!watcher) {
    const listeners = new Set<() => void>();
    const tell = (): void => listeners.forEach((each) => each());
    const observer = new MutationObserver((records) => {
      if (records.some(concernsHub)) tell();
    });
    observer.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['id'] });
    const stop = new AbortController();
    root.addEventListener(HUB_PRESENT, tell, { signal: stop.signal });
    root.ownerDocument?.addEventListener(HUB_PRESENT, tell, { signal: stop.signal });
    watcher = { observer, listeners, stop };
    watchers.set(root, watcher);
  }
  const { observer, listeners, stop } = watcher;
  listeners.add(listener);
  signal.addEventListener('abort', () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer.disconnect();
    stop.abort();
    watchers.delete(root);
  });
}

function concernsHub(record: MutationRecord): boolean {
  if (record.type === 'attributes') return true;
  return [...record.addedNodes, ...record.removedNodes].some(
    (node) =>
      isElement(node) &&
      (node.localName === HUB_TAG || node.hasAttribute('id') || node.querySelector(HUB_TAG) !== null),
  );
}
