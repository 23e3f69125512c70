import type { PropertyDeclaration } from 'lit';

/**
 * A property with an attribute, of a kind that takes whatever frameworks and pages give it:
 * `undefined`, `null`, a number for a text, a text for a number. As in HTML, what means nothing is
 * the default, and nothing throws.
 */
export interface ConfiguredProperty<Value = unknown> extends PropertyDeclaration<Value> {
  readonly attribute: string;
  /** The default. Never written into the markup. */
  readonly defaultValue: Value;
  /** What the property becomes when it is set to `given`. */
  readonly clean: (given: unknown) => Value;
}

interface TextOptions<Default> {
  readonly defaultValue: Default;
  /** False for what must not be found in the markup: a secret. */
  readonly reflect?: boolean;
}

/** Text. What cannot be put into words, such as an object, is the default. */
export function text<Default extends string | null>(
  attribute: string,
  { defaultValue, reflect }: TextOptions<Default>,
): ConfiguredProperty<string | Default> {
  return configured({ attribute, defaultValue, reflect, clean: (given) => toText(given) ?? defaultValue });
}

/**
 * Text that names what may not silently be the default: a server, a room. What has no words is kept
 * as an address that the hub refuses.
 */
export function address(
  attribute: string,
  { reflect }: { readonly reflect?: boolean } = {},
): ConfiguredProperty<string | null> {
  const clean = (given: unknown): string | null =>
    // Not a path of this page, as the mere words of an object would be.
    given === null || given === undefined ? null : (toText(given) ?? 'about:invalid');
  return configured({ attribute, defaultValue: null, reflect, clean });
}

/**
 * There or not, as HTML's boolean attributes, whatever their value; except for `false`, which is
 * how Vue and Svelte write `manual={false}` on a server, and what they set where a page has
 * `manual="false"`.
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
 * A number from `min` to `max`. Smaller ones, and what is no number, are the default; larger
 * ones are `max`. Where nothing at all could be done with 0, it is to be less than `min`: Vue
 * sets a property that was a number to 0 where it is given `undefined`.
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

/** One of some words, in any case; another is the first of them. */
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
 * Data that is a text in markup, and may be an object or an array in a script. Never written into
 * the markup. Whoever uses it checks it.
 */
export function data<Value>(attribute: string): ConfiguredProperty<Value | string | null> {
  return {
    ...configured<Value | string | null>({
      attribute,
      defaultValue: null,
      reflect: false,
      clean: (given) => (given ?? null) as Value | string | null,
    }),
    // The page may have changed it inside.
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
    // Else the default would be reflected as soon as an element is made.
    useDefault: true,
    converter: {
      fromAttribute: (value) => clean(value),
      toAttribute: (value) => (value === defaultValue ? null : String(value)),
    },
  };
}

/**
 * In words, or null for what is nothing, or has none: an object whose words tell only that it is
 * one, or that throws.
 */
function toText(given: unknown): string | null {
  if (given === null || given === undefined || typeof given === 'symbol' || typeof given === 'function')
    return null;
  try {
    // Only what has words of its own is kept.
    // eslint-disable-next-line @typescript-eslint/no-base-to-string
    const text = String(given);
    return typeof given === 'object' && text.startsWith('[object ') ? null : text;
  } catch {
    return null;
  }
}
