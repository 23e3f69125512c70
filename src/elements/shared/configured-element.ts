import type { PropertyDeclaration } from 'lit';
import { AdoptableElement } from './adoptable-element.js';
import { canBeDefined } from '../../browser-support.js';
import type { ConfiguredProperty } from './property-kinds.js';

/**
 * Base class of elements whose properties accept whatever frameworks and pages set, cleaned by the
 * kind of each property (property-kinds.ts).
 *
 * A value counts whether it was set before the upgrade or after it, as a property, as an attribute,
 * or as an attribute spelled like the property. React's server rendering does the last: it knows no
 * properties there, and writes `maxSize={…}` as `maxsize`.
 */
export abstract class ConfiguredElement extends AdoptableElement {
  constructor() {
    super();
    for (const [name, { defaultValue }] of configuredProperties(this.constructor as typeof ConfiguredElement))
      Reflect.set(this, name, defaultValue);
  }

  /** Registers the class, unless the tag is already taken or the browser is too old for it. */
  static define(tag: string, registry: CustomElementRegistry = globalThis.customElements): void {
    if (canBeDefined(tag) && !registry.get(tag))
      registry.define(tag, this as unknown as CustomElementConstructor);
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...this.aliases().keys()];
  }

  /** Maps each attribute that is spelled like a property in lower case to the documented one. */
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

  /** Wraps the accessors that Lit has defined, so that they clean what is set. */
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
    // If both spellings are present, the documented one wins.
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
 * Sets a property again that was set before the upgrade: as an own property it would hide the
 * accessor of the class.
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
