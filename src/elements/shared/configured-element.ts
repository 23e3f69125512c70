import type { PropertyDeclaration } from 'lit';
import { AdoptableElement } from './adoptable-element.js';
import { canBeDefined } from '../../browser-support.js';
import type { ConfiguredProperty } from './property-kinds.js';

/**
 * An element whose properties and attributes take whatever frameworks and pages give them, each by
 * its kind (property-kinds.ts): before the upgrade and after it, as property, as attribute, and as
 * an attribute spelled like the property. The last is how React writes `maxSize={…}` on a server,
 * where it knows no properties: as `maxsize`.
 */
export abstract class ConfiguredElement extends AdoptableElement {
  constructor() {
    super();
    for (const [name, { defaultValue }] of configuredProperties(this.constructor as typeof ConfiguredElement))
      Reflect.set(this, name, defaultValue);
  }

  /**
   * Registers the class, unless something is registered under that tag already, or the browser is
   * too old for it.
   */
  static define(tag: string, registry: CustomElementRegistry = globalThis.customElements): void {
    if (canBeDefined(tag) && !registry.get(tag))
      registry.define(tag, this as unknown as CustomElementConstructor);
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...this.aliases().keys()];
  }

  /**
   * The attributes that are meant by others, which are spelled like their properties in lower case.
   */
  protected static aliases(): ReadonlyMap<string, string> {
    let found = known.get(this);
    if (!found) {
      this.finalize();
      const pairs = configuredProperties(this).map(
        ([name, { attribute }]) => [name.toLowerCase(), attribute] as const,
      );
      found = new Map(pairs.filter(([spelled, attribute]) => spelled !== attribute));
      known.set(this, found);
    }
    return found;
  }

  /** Lit has made the accessors: they are to clean what is set. */
  protected static override finalize(): void {
    if (Object.hasOwn(this, 'finalized')) return;
    super.finalize();
    for (const [name, { clean }] of configuredProperties(this)) {
      const accessor = Object.getOwnPropertyDescriptor(this.prototype, name);
      if (!accessor?.set) continue;
      const set = function (this: ConfiguredElement, given: unknown): void {
        accessor.set?.call(this, clean(given));
      };
      Object.defineProperty(this.prototype, name, { ...accessor, set });
    }
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    const aliases = (this.constructor as typeof ConfiguredElement).aliases();
    const attribute = aliases.get(name) ?? name;
    const [alias = null] = [...aliases].find(([, meant]) => meant === attribute) ?? [];
    // The one that is documented goes before the other.
    const either = this.getAttribute(attribute) ?? (alias && this.getAttribute(alias));
    super.attributeChangedCallback(attribute, old, alias ? either : value);
  }
}

/** The properties of a registered class that have an attribute, by name. */
export function configuredProperties(
  type: typeof ConfiguredElement,
): readonly (readonly [string, ConfiguredProperty])[] {
  return [...type.elementProperties].flatMap(([name, options]) =>
    isConfigured(options) ? [[String(name), options] as const] : [],
  );
}

/**
 * A property that was set before the element was upgraded hides its accessor: sets it again, this
 * time by that.
 */
export function upgradeProperty(element: HTMLElement, name: string): void {
  if (!Object.hasOwn(element, name)) return;
  const given: unknown = Reflect.get(element, name);
  Reflect.deleteProperty(element, name);
  Reflect.set(element, name, given);
}

function isConfigured(options: PropertyDeclaration): options is ConfiguredProperty {
  return 'clean' in options;
}

const known = new WeakMap<typeof ConfiguredElement, ReadonlyMap<string, string>>();
