import fc from 'fast-check';
import { ERROR_CODES } from '../../../../src/errors.js';
import type { SnapErrorCode } from '../../../../src/errors.js';
import { encodeAck, encodeData } from '../../../../src/transfer/wire/frames.js';
import { messages } from '../../support/messages.js';
import { CONTENTS } from './contents.js';

/** What a hostile sender may do next; and what the page's person and storage do meanwhile. */
export type SenderStep =
  /** `skip`: off the number that is due. `change`: keys that are not as they should be. */
  | { do: 'offer'; content: number; skip: number; waits: boolean; change: Record<string, unknown> }
  | {
      do: 'piece';
      no: number;
      index: number;
      cut: number;
      right: boolean;
      twice: boolean;
      backwards: boolean;
    }
  | { do: 'data'; no: number; offset: number; length: number; right: boolean }
  | { do: 'digest'; no: number; index: number; right: boolean }
  | { do: 'end'; no: number; right: boolean }
  | { do: 'noise'; noise: string | Uint8Array }
  | { do: 'person'; answer: SnapErrorCode | null }
  | { do: 'store'; well: boolean }
  | { do: 'reconnect' | 'leave' | 'cancel' | 'wait' };

/** What a hostile receiver may do next; and what the page's person does meanwhile. */
export type ReceiverStep =
  | { do: 'accept'; no: number; have: number; credit: number }
  | { do: 'ack'; which: number; twice: boolean }
  | { do: 'stored'; no: number; pieces: number }
  | { do: 'redo'; no: number; index: number }
  | { do: 'done'; no: number; right: boolean }
  | { do: 'decline'; no: number; code: SnapErrorCode }
  | { do: 'noise'; noise: string | Uint8Array }
  | { do: 'send'; content: number }
  | { do: 'reconnect' | 'leave' | 'cancel' | 'retry' | 'wait' };

const no = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 3 }), weight: 9 },
  { arbitrary: fc.nat(20), weight: 1 },
);
const index = fc.oneof({ arbitrary: fc.nat(2), weight: 9 }, { arbitrary: fc.maxSafeNat(), weight: 1 });
/** Most cases should cost little: the files of several pieces are the last three. */
const content = fc.oneof(
  { arbitrary: fc.nat(3), weight: 6 },
  { arbitrary: fc.nat(CONTENTS.length - 1), weight: 1 },
);
const mostly = fc.oneof(
  { arbitrary: fc.constant(true), weight: 4 },
  { arbitrary: fc.constant(false), weight: 1 },
);
const code = fc.constantFrom(...(Object.keys(ERROR_CODES) as SnapErrorCode[]));

/** A message of any type about any transfer, well-formed or nearly. */
const message = fc
  .record({
    template: fc.constantFrom(...messages),
    no,
    index,
    code,
    key: fc.string(),
    value: fc.jsonValue(),
  })
  .map(({ template, key, value, ...over }) => {
    const known = Object.entries(over).filter(([name]) => name in template);
    const odd = key.length === 1 ? { [Object.keys(template)[key.charCodeAt(0) % 5] ?? 'no']: value } : {};
    return JSON.stringify({ ...template, ...Object.fromEntries(known), ...odd });
  });

const offset = fc.oneof(
  { arbitrary: fc.nat(700), weight: 4 },
  { arbitrary: fc.constantFrom(262_143, 262_144, 599_999, 2 ** 40), weight: 1 },
);
const length = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 800 }), weight: 6 },
  { arbitrary: fc.constantFrom(4096, 262_120), weight: 1 },
);

const frame = fc
  .record({ no, offset, length, ack: fc.boolean() })
  .map((over) =>
    over.ack
      ? encodeAck(over.no, over.offset, over.length)
      : encodeData(over.no, over.offset, new Uint8Array(over.length)),
  );

const noise = fc
  .oneof(
    { arbitrary: message, weight: 6 },
    { arbitrary: frame, weight: 3 },
    { arbitrary: fc.string(), weight: 1 },
    { arbitrary: fc.uint8Array({ maxLength: 40 }), weight: 1 },
  )
  .map((each) => ({ do: 'noise' as const, noise: each }));

const change = fc.oneof(
  { arbitrary: fc.constant({}), weight: 12 },
  {
    arbitrary: fc.constantFrom<Record<string, unknown>>(
      { name: 'another.bin' },
      { size: 262_143 },
      { size: 2 ** 50, piece: 1_048_576 },
      { size: Number.MAX_SAFE_INTEGER, piece: 1_048_576 },
      { preview: 'AAAA' },
    ),
    weight: 1,
  },
);

const simple = <D extends string>(...dos: D[]): fc.Arbitrary<{ do: D }> =>
  fc.constantFrom(...dos).map((each) => ({ do: each }));

const weighted = <T>(...cases: [weight: number, arbitrary: fc.Arbitrary<T>][]): fc.Arbitrary<T> =>
  fc.oneof(...cases.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** The steps of one hostile sender. */
export const senderSteps = fc.array(
  weighted<SenderStep>(
    [
      6,
      fc.record({
        do: fc.constant('offer'),
        content,
        skip: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 1, -1),
        waits: mostly,
        change,
      }),
    ],
    [
      8,
      fc.record({
        do: fc.constant('piece'),
        no,
        index,
        cut: fc.integer({ min: 1, max: 6 }),
        right: mostly,
        twice: fc.boolean(),
        backwards: fc.boolean(),
      }),
    ],
    [3, fc.record({ do: fc.constant('data'), no, offset, length, right: mostly })],
    [8, fc.record({ do: fc.constant('digest'), no, index, right: mostly })],
    [6, fc.record({ do: fc.constant('end'), no, right: mostly })],
    [2, fc.record({ do: fc.constant('person'), answer: fc.option<SnapErrorCode>(code, { freq: 3 }) })],
    [3, fc.record({ do: fc.constant('store'), well: mostly })],
    [1, noise],
    [8, simple('wait')],
    [2, simple('reconnect', 'leave', 'cancel')],
  ),
  { minLength: 1, maxLength: 24 },
);

/** The steps of one hostile receiver. */
export const receiverSteps = fc.array(
  weighted<ReceiverStep>(
    [4, fc.record({ do: fc.constant('send'), content })],
    [
      6,
      fc.record({ do: fc.constant('accept'), no, have: fc.nat(2), credit: fc.integer({ min: 1, max: 9 }) }),
    ],
    [
      8,
      fc.record({
        do: fc.constant('ack'),
        which: fc.nat(9),
        twice: fc.constantFrom(false, false, false, true),
      }),
    ],
    [3, fc.record({ do: fc.constant('stored'), no, pieces: index })],
    [2, fc.record({ do: fc.constant('redo'), no, index })],
    [4, fc.record({ do: fc.constant('done'), no, right: mostly })],
    [1, fc.record({ do: fc.constant('decline'), no, code })],
    [1, noise],
    [10, simple('wait')],
    [2, simple('reconnect', 'leave', 'cancel', 'retry')],
  ),
  { minLength: 1, maxLength: 24 },
);
