/** Whether a value is what a field may hold. */
export type Check = (value: unknown) => boolean;

/** For each type of message: its fields beside `type`, each with its check. */
export type Shapes<Message extends { readonly type: string }> = {
  readonly [T in Message['type']]: Readonly<
    Record<Exclude<keyof Extract<Message, { type: T }>, 'type'>, Check>
  >;
};

/** Makes the error for a message that breaks its shape. `detail` is for the developer. */
export type Malformed = (detail: string, cause?: unknown) => Error;

/** A message whose type is known, and whose fields are still to be checked. */
type Unchecked<Type extends string> = { readonly type: Type } & Readonly<Record<string, unknown>>;

/**
 * Parses JSON from a peer, and finds out which of the types in `shapes` it has.
 *
 * @throws What `malformed` makes, unless it is an object with one of the types.
 */
export function parseTyped<Message extends { readonly type: string }>(
  text: string,
  shapes: Shapes<Message>,
  malformed: Malformed,
): Unchecked<Message['type']> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw malformed('not JSON', cause);
  }
  if (typeof value !== 'object' || value === null) throw malformed('not an object');
  const { type } = value as Record<string, unknown>;
  // Own, so that `toString` is not taken for a type.
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type)) throw malformed('unknown type');
  return value as Unchecked<Message['type']>;
}

/**
 * The message, if it has exactly the fields of its type and each passes its check.
 *
 * @throws What `malformed` makes: over a missing, extra or wrong field.
 */
export function checkFields<Message extends { readonly type: string }>(
  message: Unchecked<Message['type']>,
  shapes: Shapes<Message>,
  malformed: Malformed,
): Message {
  const { type } = message;
  const shape: Readonly<Record<string, Check>> = shapes[type];
  for (const field of Object.keys(message)) {
    if (field !== 'type' && !Object.hasOwn(shape, field)) throw malformed(`${type}: unexpected field`);
  }
  for (const [field, check] of Object.entries(shape)) {
    if (!Object.hasOwn(message, field) || !check(message[field])) throw malformed(`${type}: ${field}`);
  }
  return message as unknown as Message;
}

/**
 * Whether `text` takes at most `maxBytes` in UTF-8, where a UTF-16 unit takes one to three bytes.
 */
export function fitsUtf8(text: string, maxBytes: number): boolean {
  if (text.length * 3 <= maxBytes) return true;
  return text.length <= maxBytes && new TextEncoder().encode(text).byteLength <= maxBytes;
}

/** A whole number from 0 that a double tells exactly. */
export const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;

export const isBoolean: Check = (value) => typeof value === 'boolean';

/** So many lower-case hexadecimal digits. */
export function isHex(digits: number): Check {
  return (value) => typeof value === 'string' && value.length === digits && /^[0-9a-f]*$/.test(value);
}

/** A text of at most `maxLength` UTF-16 units that matches the pattern. */
export function isText(maxLength: number, pattern = /^/): Check {
  return (value) => typeof value === 'string' && value.length <= maxLength && pattern.test(value);
}

export function isOneOf(...values: readonly string[]): Check {
  return (value) => typeof value === 'string' && values.includes(value);
}
