import { SnapError } from '../../errors.js';
import {
  checkFields,
  fitsUtf8,
  isCount,
  isHex,
  isOneOf,
  isText,
  parseTyped,
  type Check,
  type Shapes,
} from '../../shape.js';
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
 * Parses a message on the topic `transfer`: exactly the fields of its type, each in its range.
 * Whether the numbers make sense together (an index beyond the end of the file) is for the transfer
 * to check.
 *
 * @throws {SnapError} `peer-protocol`
 */
export function parseMessage(text: string): Message {
  if (!fitsMessage(text)) throw malformed('too long');
  const message = checkFields(parseTyped(text, SHAPES, malformed), SHAPES, malformed);
  if (message.type === 'offer') checkOffer(message);
  return message;
}

/** Whether a text is short enough for a control message. */
export function fitsMessage(text: string): boolean {
  return fitsUtf8(text, MAX_MESSAGE);
}

/**
 * The size of the pieces of a file of `size` bytes. Both sides compute it, so that no sender can
 * choose pieces that cost the receiver memory.
 */
export function pieceSizeFor(size: number): number {
  return size < LARGE_FILE ? PIECE_SIZES.small : PIECE_SIZES.large;
}

/** The number of a transfer: from 1, in 32 bits. */
const isNumber: Check = (value) => isCount(value) && value !== 0 && (value as number) <= 0xffff_ffff;
const isDimension: Check = (value) => isCount(value) && (value as number) <= MAX_DIMENSION;
const isId = isHex(32);
const isDigest = isHex(64);
const isCode: Check = (value) => SnapError.isCode(value);
const isBase64 = isText(
  Math.ceil(MAX_PREVIEW / 3) * 4,
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
);

const SHAPES: Shapes<Message> = {
  offer: {
    no: isNumber,
    id: isId,
    name: isText(MAX_NAME),
    mime: isText(MAX_MIME),
    size: isCount,
    piece: isCount,
    format: isOneOf('file', 'rgba'),
    width: isDimension,
    height: isDimension,
    takenAt: isCount,
    preview: (value) => value === null || isBase64(value),
  },
  accept: { no: isNumber, have: isCount, credit: (value) => isCount(value) && value !== 0 },
  decline: { no: isNumber, code: isCode },
  piece: { no: isNumber, index: isCount, digest: isDigest },
  stored: { no: isNumber, pieces: isCount },
  redo: { no: isNumber, index: isCount },
  end: { no: isNumber, root: isDigest },
  done: { no: isNumber, root: isDigest },
  cancel: { no: isNumber, code: isCode },
  expect: { id: isId },
  withdraw: { id: isId, code: isCode },
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
