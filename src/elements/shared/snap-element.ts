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
 * What the four small elements share: the link to their hub, requests that go up, states that page
 * CSS can match with `:state()`, and a registration that survives being loaded twice.
 */
export abstract class SnapElement extends ConfiguredElement {
  static override properties: PropertyDeclarations = {
    connectionId: text('connection', { defaultValue: null }),
  };

  /**
   * The `connection` attribute: the id of the hub in this element's own root; the empty string for
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
   * The hub that this element is linked to. Set it to a hub to link across roots, or to an id, as
   * frameworks do that set properties in place of attributes; set it to null to go by the attribute
   * and the ancestors again.
   */
  get connection(): HubElement | null {
    return this.#hubController.hub;
  }

  set connection(hub: HubElement | string | null | undefined) {
    this.#hubController.set(hub);
  }

  /** Form association, ARIA and custom states of this element. */
  protected get internals(): ElementInternals {
    return this.#internals;
  }

  /** Called whenever this element has another hub than before. */
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
   * Fires a request. False when a listener cancelled it. Without a hub nobody would answer, so the
   * person is told.
   */
  protected request(event: Event): boolean {
    const allowed = this.dispatchEvent(event);
    if (allowed && !this.#hubController.hub) this.fail(new SnapError('connection-missing'));
    return allowed;
  }

  /**
   * Announces an error. False when a listener cancelled it: then the element need not say it in
   * words.
   */
  protected fail(error: SnapError): boolean {
    return this.dispatchEvent(new SnapErrorEvent(error));
  }

  /** Sets or clears what page CSS matches with `:state(name)`. */
  protected setState(name: string, on: boolean): void {
    setState(this.#internals, name, on);
  }
}
