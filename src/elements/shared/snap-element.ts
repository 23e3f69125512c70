import type { PropertyDeclarations } from 'lit';
import { SnapError } from '../../errors.js';
import { SnapErrorEvent } from '../../events.js';
import { ConfiguredElement, upgradeProperty } from './configured-element.js';
import { setState } from './custom-state.js';
import { addStyleBoundary } from './style-boundary.js';
import type { HubElement } from '../../hub/hub-element.js';
import { HubController } from './hub-controller.js';
import { text } from './property-kinds.js';

/**
 * Base class of the four visible elements. It connects the element to its hub, dispatches requests
 * and errors, and provides `:state()` for page CSS.
 */
export abstract class SnapElement extends ConfiguredElement {
  static override properties: PropertyDeclarations = {
    connectionId: text('connection', { defaultValue: null }),
  };

  /**
   * The `connection` attribute: the id of the hub in this element's root; the empty string for
   * none.
   */
  declare connectionId: string | null;

  readonly #hubController: HubController = new HubController(this, (hub) => this.hubChanged(hub));
  readonly #internals = this.attachInternals();

  constructor() {
    super();
    upgradeProperty(this, 'connection');
  }

  /**
   * The hub of this element. Set it to a hub to connect across shadow roots, to an id (frameworks
   * set properties in place of attributes), or to null to go by the attribute and the ancestors
   * again.
   */
  get connection(): HubElement | null {
    return this.#hubController.hub;
  }

  set connection(hub: HubElement | string | null | undefined) {
    this.#hubController.set(hub);
  }

  /** The element's `ElementInternals`: form association, ARIA, custom states. */
  protected get internals(): ElementInternals {
    return this.#internals;
  }

  /** Called when this element gets another hub. */
  protected hubChanged(_hub: HubElement | null): void {}

  protected override createRenderRoot(): HTMLElement {
    const root = addStyleBoundary(super.createRenderRoot() as ShadowRoot);
    this.renderOptions.renderBefore = null;
    return root;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('connectionId')) this.#hubController.resolve();
  }

  /**
   * Dispatches a request event; returns false if a listener cancelled it. Without a hub nobody
   * would serve it, so the person is told.
   */
  protected request(event: Event): boolean {
    const allowed = this.dispatchEvent(event);
    if (allowed && !this.#hubController.hub) this.fail(new SnapError('connection-missing'));
    return allowed;
  }

  /**
   * Dispatches `snap-error`; returns false if a listener cancelled it, in which case the element
   * shows no message.
   */
  protected fail(error: SnapError): boolean {
    return this.dispatchEvent(new SnapErrorEvent(error));
  }

  /** Sets or clears a custom state, which page CSS matches with `:state(name)`. */
  protected setState(name: string, on: boolean): void {
    setState(this.#internals, name, on);
  }
}
