import type { PropertyDeclaration } from 'lit';

/**
 * A reactive property with an attribute that accepts whatever frameworks and pages set:
 * `undefined`, `null`, a number for a text, a text for a number. As in HTML, an invalid value means
 * the default, and nothing throws.
 */
export interface ConfiguredProperty<Value = unknown> extends PropertyDeclaration<Value> {
  readonly attribute: string;
  /** The default. It is never reflected. */
  readonly defaultValue: Value;
  /** Converts what was set to a valid value. */
  readonly clean: (given: unknown) => Value;
}

interface TextOptions<Default> {
  readonly defaultValue: Default;
  /** False for a secret, which must not appear in the markup. */
  readonly reflect?: boolean;
}

/** A text. Values without a useful text, such as plain objects, mean the default. */
export function text<Default extends string | null>(
  attribute: string,
  { defaultValue, reflect }: TextOptions<Default>,
): ConfiguredProperty<string | Default> {
  return configured({ attribute, defaultValue, reflect, clean: (given) => toText(given) ?? defaultValue });
}

/**
 * A text for which falling back to the default would be wrong, such as a server or a room. A value
 * without a useful text becomes an address that the hub rejects.
 */
export function address(
  attribute: string,
  { reflect }: { readonly reflect?: boolean } = {},
): ConfiguredProperty<string | null> {
  const clean = (given: unknown): string | null =>
    // Not `[object Object]`, which would be a valid path relative to the page.
    given === null || given === undefined ? null : (toText(given) ?? 'about:invalid');
  return configured({ attribute, defaultValue: null, reflect, clean });
}

/**
 * A boolean attribute as in HTML: present means true, whatever its value. The exception is `false`:
 * Vue and Svelte render `manual={false}` as `manual="false"` on a server, and set the text
 * `"false"` in the browser for it.
 */
export function flag(attribute: string): ConfiguredProperty<boolean> {
  return {
    ...configured({ attribute, defaultValue: false, clean: (given) => given !== 'false' && Boolean(given) }),
    converter: {
      fromAttribute: (value) => value !== null && value !== 'false',
      toAttribute: (on) => (on ? '' : null),
    },
  };
}

/**
 * A number from `min` to `max`. Smaller numbers and non-numbers mean the default; larger ones are
 * clamped to `max`. Where 0 would make no sense, choose a `min` above 0: given `undefined`, Vue
 * sets a number property to 0.
 */
export function number<Default extends number | null>(
  attribute: string,
  { defaultValue, min = 0, max = Infinity }: { defaultValue: Default; min?: number; max?: number },
): ConfiguredProperty<number | Default> {
  const clean = (given: unknown): number | Default => {
    const text = typeof given === 'boolean' || Array.isArray(given) ? null : toText(given)?.trim();
    const value = text ? Number(text) : NaN;
    return value >= min ? Math.min(value, max) : defaultValue;
  };
  return configured({ attribute, defaultValue, clean });
}

/** One of several keywords, case-insensitive. Anything else means the first one. */
export function choice<Option extends string>(
  attribute: string,
  options: readonly [Option, ...Option[]],
): ConfiguredProperty<Option> {
  const clean = (given: unknown): Option => {
    const wanted = toText(given)?.toLowerCase();
    return options.find((option) => option === wanted) ?? options[0];
  };
  return configured({ attribute, defaultValue: options[0], clean });
}

/**
 * Data that is a text in markup and may be an object or array in a script. It is never reflected,
 * and its user validates it.
 */
export function data<Value>(attribute: string): ConfiguredProperty<Value | string | null> {
  return {
    ...configured<Value | string | null>({
      attribute,
      defaultValue: null,
      reflect: false,
      clean: (given) => (given ?? null) as Value | string | null,
    }),
    // The page may have mutated it.
    hasChanged: (value, old) => value !== old || typeof value === 'object',
  };
}

function configured<Value>({
  attribute,
  defaultValue,
  clean,
  reflect = true,
}: {
  attribute: string;
  defaultValue: Value;
  clean: (given: unknown) => Value;
  reflect?: boolean | undefined;
}): ConfiguredProperty<Value> {
  return {
    attribute,
    defaultValue,
    clean,
    reflect,
    // Otherwise Lit would reflect the default when the element is created.
    useDefault: true,
    converter: {
      fromAttribute: (value) => clean(value),
      toAttribute: (value) => (value === defaultValue ? null : String(value)),
    },
  };
}

/**
 * The text of a value, or null if it has no useful one: `null`, `undefined`, functions, symbols,
 * objects without a `toString()` of their own or with one that throws.
 */
function toText(given: unknown): string | null {
  if (given === null || given === undefined || typeof given === 'symbol' || typeof given === 'function')
    return null;
  try {
    // `[object Object]` is filtered out below.
    // eslint-disable-next-line @typescript-eslint/no-base-to-string
    const text = String(given);
    return typeof given === 'object' && text.startsWith('[object ') ? null : text;
  } catch {
    return null;
  }
}
