import { SnapError } from '../../errors.js';
import {
  LARGE_FILE,
  MAX_DIMENSION,
  MAX_MESSAGE,
  MAX_MIME,
  MAX_NAME,
  MAX_PREVIEW,
  PIECE_SIZES,
} from './messages.js';
import type { Message } from './messages.js';

/**
 * Everything that a peer says about transfers passes through here first. A message has exactly the
 * keys of its type, each of the right kind and in its range, or `peer-protocol` is thrown. What the
 * numbers mean together (an index beyond the file) the transfer checks.
 */
export function parseMessage(text: string): Message {
  if (!fitsMessage(text)) throw malformed('too long');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw malformed('not JSON', cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('not an object');
  const message = value as Record<string, unknown>;
  const type = message.type;
  if (typeof type !== 'string' || !Object.hasOwn(SHAPES, type)) throw malformed('unknown type');
  const shape = SHAPES[type as Message['type']];
  for (const key of Object.keys(message)) {
    if (key !== 'type' && !Object.hasOwn(shape, key)) throw malformed(`${type}: unexpected key`);
  }
  for (const [key, check] of Object.entries(shape)) {
    if (!Object.hasOwn(message, key) || !check(message[key])) throw malformed(`${type}: ${key}`);
  }
  if (type === 'offer') checkOffer(message as unknown as Extract<Message, { type: 'offer' }>);
  return message as unknown as Message;
}

/**
 * Whether a text is short enough for a control message. A UTF-16 unit takes one to three bytes in
 * UTF-8.
 */
export function fitsMessage(text: string): boolean {
  if (text.length * 3 <= MAX_MESSAGE) return true;
  return text.length <= MAX_MESSAGE && new TextEncoder().encode(text).byteLength <= MAX_MESSAGE;
}

/**
 * How a file of `size` bytes is cut: both sides compute it, so a sender cannot choose pieces that
 * cost the receiver memory.
 */
export function pieceSizeFor(size: number): number {
  return size < LARGE_FILE ? PIECE_SIZES.small : PIECE_SIZES.large;
}

type Check = (value: unknown) => boolean;

const count: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const number32: Check = (value) => count(value) && (value as number) >= 1 && (value as number) <= 0xffff_ffff;
const dimension: Check = (value) => count(value) && (value as number) <= MAX_DIMENSION;
const text =
  (longest: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= longest;
const matching =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const identifier = matching(/^[0-9a-f]{32}$/);
const digest = matching(/^[0-9a-f]{64}$/);
const code: Check = (value) => SnapError.isCode(value);
const base64 = matching(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
const preview: Check = (value) =>
  value === null || (text(Math.ceil(MAX_PREVIEW / 3) * 4)(value) && base64(value));

const SHAPES: {
  [T in Message['type']]: Record<Exclude<keyof Extract<Message, { type: T }>, 'type'>, Check>;
} = {
  offer: {
    no: number32,
    id: identifier,
    name: text(MAX_NAME),
    mime: text(MAX_MIME),
    size: count,
    piece: count,
    format: (value) => value === 'file' || value === 'rgba',
    width: dimension,
    height: dimension,
    takenAt: count,
    preview,
  },
  accept: { no: number32, have: count, credit: (value) => count(value) && (value as number) >= 1 },
  decline: { no: number32, code },
  piece: { no: number32, index: count, digest },
  stored: { no: number32, pieces: count },
  redo: { no: number32, index: count },
  end: { no: number32, root: digest },
  done: { no: number32, root: digest },
  cancel: { no: number32, code },
  expect: { id: identifier },
  withdraw: { id: identifier, code },
};

function checkOffer(offer: Extract<Message, { type: 'offer' }>): void {
  if (offer.piece !== pieceSizeFor(offer.size)) throw malformed('offer: piece');
  if (offer.format === 'rgba' && (offer.size === 0 || offer.width * offer.height * 4 !== offer.size)) {
    throw malformed('offer: size of rgba');
  }
}

function malformed(detail: string, cause?: unknown): SnapError {
  return new SnapError('peer-protocol', { detail: `message: ${detail}`, cause });
}
