import { SnapError } from '../../errors.js';
import { checkFields, fitsUtf8, isCount, isHex, isOneOf, isText, parseTyped } from '../../shape.js';
import type { Check, Shapes } from '../../shape.js';
import { MAX_MESSAGE } from '../wire/messages.js';
import { MAX_ACCEPT } from './messages.js';
import type { OutcomeMessage } from './messages.js';

/**
 * Parses a message on the topic `outcome`: exactly the fields of its type, each in its range.
 *
 * @throws {SnapError} `peer-protocol`
 */
export function parseOutcomeMessage(text: string | Uint8Array): OutcomeMessage {
  if (typeof text !== 'string' || !fitsUtf8(text, MAX_MESSAGE)) throw malformed('too long');
  return checkFields(parseTyped(text, SHAPES, malformed), SHAPES, malformed);
}

const isLimit: Check = (value) => value === null || isCount(value);

const SHAPES: Shapes<OutcomeMessage> = {
  outcome: { id: isHex(32), outcome: isOneOf('delivered', 'opened', 'removed', 'submitted') },
  takes: {
    accept: isText(MAX_ACCEPT),
    max: isLimit,
    count: isCount,
    maxSize: isLimit,
  },
};

function malformed(detail: string, cause?: unknown): SnapError {
  return new SnapError('peer-protocol', { detail: `outcome: ${detail}`, cause });
}
