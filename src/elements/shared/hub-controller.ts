import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ancestors, isElement } from '../../ancestors.js';
import { HUB_PRESENT, HUB_TAG } from '../../hub/hub-element.js';
import type { HubElement } from '../../hub/hub-element.js';
import { REQUEST_EVENTS, claim } from '../../hub/requests.js';

/** An element that belongs to a hub, and may name it by property or by id. */
export interface HubControllerHost extends ReactiveControllerHost, HTMLElement {
  /**
   * The `connection` attribute: an id; the empty string for no hub; null for the nearest ancestor.
   */
  readonly connectionId: string | null;
}

/**
 * Finds the hub of an element by HTML's form-owner rule: the `connection` property; else the
 * element with the id in `connection="id"` in the host's own root; else the nearest
 * `<snap-connection>` ancestor, also across shadow roots.
 *
 * ```html
 * <snap-connection id="desk"></snap-connection>
 * <snap-camera connection="desk"></snap-camera>            by id, anywhere in the same root
 *
 * <snap-connection><snap-camera></snap-camera></snap-connection>   by nesting
 *
 * <snap-camera connection=""></snap-camera>                no hub
 * ```
 *
 * The id may appear later or move to another element, the hub may be defined later, and both
 * elements may move. The controller watches for all of that while the host is in a document, and
 * stops when the host leaves it.
 */
export class HubController implements ReactiveController {
  readonly #host: HubControllerHost;
  readonly #changed: (hub: HubElement | null) => void;
  /**
   * The `connection` property: a hub (perhaps not upgraded yet), the id of one, or null to go by
   * the attribute and the ancestors.
   */
  #explicit: HTMLElement | string | null = null;
  #hub: HubElement | null = null;
  /** Aborted when the host leaves its document. */
  #presence: AbortController | null = null;
  /** Aborted when the host gets another hub. */
  #attachment: AbortController | null = null;

  /**
   * `changed` is called when the host gets another hub. The controller also updates the host, then
   * and whenever the state of the hub changes.
   */
  constructor(host: HubControllerHost, changed: (hub: HubElement | null) => void = () => undefined) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  /** The current hub. */
  get hub(): HubElement | null {
    return this.#hub;
  }

  /**
   * Sets the hub by property, which takes precedence over everything else: a hub, the id of one, or
   * null to go by the attribute and the ancestors again. Other values are ignored with a warning.
   */
  set(given: unknown): void {
    if (given === null || given === undefined || typeof given === 'string' || isHubTag(given)) {
      this.#explicit = given ?? null;
      this.resolve();
    } else {
      const tag = this.#host.localName;
      // A warning for the page's author. Throwing would break the rendering of a framework.
      // eslint-disable-next-line no-console
      console.warn(`<${tag}>: connection takes a <${HUB_TAG}>, the id of one, or null; not`, given);
    }
  }

  hostConnected(): void {
    const presence = new AbortController();
    this.#presence = presence;
    const { signal } = presence;
    for (const type of REQUEST_EVENTS) {
      // A request of an element without a hub must not reach a hub that it bubbles through.
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

  /** Looks for the hub again. The host calls it when its `connection` attribute has changed. */
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
 * Checks name and methods, not the class: another copy of the script may have defined it. An
 * element that is not upgraded yet has no `attach`.
 */
function isHub(node: Node | null): node is HubElement {
  return isHubTag(node) && 'attach' in node;
}

/** Also true for an element of another window, or one that is not upgraded yet. */
function isHubTag(given: unknown): given is HTMLElement {
  return typeof given === 'object' && given !== null && 'localName' in given && given.localName === HUB_TAG;
}

/** One observer per root, shared by all elements in it. */
const watchers = new WeakMap<
  Node,
  { observer: MutationObserver; listeners: Set<() => void>; stop: AbortController }
>();

/**
 * Calls `listener` when a hub may have appeared, disappeared or changed its id in `root`, or has
 * entered the page elsewhere (as an ancestor outside a shadow root, or by a late definition).
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
