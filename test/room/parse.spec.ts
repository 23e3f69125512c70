import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { SnapError } from '../../src/errors.js';
import type { RoomMessage } from '../../src/room/messages.js';
import { cleanName } from '../../src/room/name.js';
import { parseRoomMessage } from '../../src/room/parse.js';

const ID = '0123456789abcdef'.repeat(2);
const HELLO = {
  type: 'hello',
  versions: [2, 2],
  id: ID,
  key: '0f'.repeat(32),
  signature: 'f0'.repeat(64),
  name: 'Ada',
  sendOnly: false,
  peerId: 'tag-m-abc',
} as const;

const GOOD: readonly RoomMessage[] = [
  { type: 'nonce', nonce: '00'.repeat(32) },
  { type: 'proof', proof: 'ff'.repeat(32) },
  HELLO,
  { type: 'refused', code: 'room-full' },
  {
    type: 'roster',
    name: 'Ada',
    peerId: 'tag-m-abc',
    doors: [0, 2],
    members: [{ id: ID, peerId: 'tag-m-def' }],
  },
  { type: 'ping', number: 1 },
  { type: 'pong', number: 2 ** 40 },
  { type: 'bye', final: true },
];

const codeOf = (text: string | Uint8Array): string => {
  try {
    parseRoomMessage(text);
    return 'none';
  } catch (error) {
    return error instanceof SnapError ? error.code : 'not coded';
  }
};

describe('room messages', () => {
  for (const message of GOOD) {
    it(`are read: ${message.type}`, () => {
      expect(parseRoomMessage(JSON.stringify(message))).to.deep.equal(message);
    });

    it(`are refused with an extra field: ${message.type}`, () => {
      expect(codeOf(JSON.stringify({ ...message, extra: 1 }))).to.equal('peer-protocol');
      expect(codeOf(JSON.stringify(message).replace('{', '{"__proto__":{},'))).to.equal('peer-protocol');
    });

    for (const key of Object.keys(message).filter((key) => key !== 'type')) {
      it(`are refused when ${message.type}.${key} is missing or of another kind`, () => {
        for (const value of [undefined, null, {}, [{}], -1, 1.5, 'x'.repeat(1000)]) {
          expect(codeOf(JSON.stringify({ ...message, [key]: value })), JSON.stringify(value)).to.equal(
            'peer-protocol',
          );
        }
      });
    }
  }

  it('are refused when they are of no known type, or no message at all', () => {
    const texts = [
      '',
      '{',
      'null',
      '[]',
      '"bye"',
      '{}',
      '{"type":1}',
      '{"type":"toString"}',
      '{"type":"constructor"}',
    ];
    for (const text of texts) expect(codeOf(text), text).to.equal('peer-protocol');
    expect(codeOf(new Uint8Array(8))).to.equal('peer-protocol');
  });

  it('are refused when they are larger than 16 KiB', () => {
    const padded = (length: number) => JSON.stringify({ type: 'bye', final: true }).padEnd(length);
    expect(codeOf(padded(16 * 1024))).to.equal('none');
    expect(codeOf(padded(16 * 1024 + 1))).to.equal('peer-protocol');
    expect(codeOf(`${padded(16 * 1024 - 2)}\u3000`)).to.equal('peer-protocol');
  });

  it('are refused when a roster has more members than a room, or a door twice', () => {
    const members = Array.from({ length: 21 }, () => ({ id: ID, peerId: 'tag-m-def' }));
    expect(codeOf(JSON.stringify({ type: 'roster', name: '', peerId: 'a', doors: [], members }))).to.equal(
      'peer-protocol',
    );
    expect(
      codeOf(JSON.stringify({ type: 'roster', name: '', peerId: 'a', doors: [1, 1], members: [] })),
    ).to.equal('peer-protocol');
    expect(
      codeOf(JSON.stringify({ type: 'roster', name: '', peerId: 'a', doors: [3], members: [] })),
    ).to.equal('peer-protocol');
  });

  // claim: #parse-errors-coded
  it('never throw anything but a coded error, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.constantFrom(...GOOD).map((message) => JSON.stringify(message).slice(1)),
        ),
        (text) => ['none', 'peer-protocol', 'peer-version'].includes(codeOf(text)),
      ),
    );
  });
});

describe('hello', () => {
  it('is understood when its versions and ours overlap, and refused when not', () => {
    const code = (versions: unknown) => codeOf(JSON.stringify({ ...HELLO, versions }));
    expect(code([1, 7])).to.equal('none');
    expect(code([0, 2])).to.equal('none');
    expect(code([3, 4])).to.equal('none');
    expect(code([4, 5])).to.equal('peer-version');
    expect(code([0, 1])).to.equal('peer-version');
  });

  it('of another version is told from nonsense, though the rest of it looks different', () => {
    expect(codeOf('{"type":"hello","versions":[4,4],"who":"knows"}')).to.equal('peer-version');
  });
});

describe('a member’s name', () => {
  // claim: #name-one-line
  it('is one line that reads in its own direction', () => {
    expect(cleanName('Ada\u202eadA\n<b>\u0000\ud800 ')).to.equal('AdaadA<b>');
    expect(cleanName('  Зоя 👩‍👩‍👧  ')).to.equal('Зоя 👩‍👩‍👧');
  });

  it('has at most 64 characters, and is refused with more', () => {
    expect([...cleanName('👩'.repeat(300))]).to.have.length(64);
    expect(codeOf(JSON.stringify({ ...HELLO, name: '👩'.repeat(64) }))).to.equal('none');
    expect(codeOf(JSON.stringify({ ...HELLO, name: '👩'.repeat(65) }))).to.equal('peer-protocol');
  });

  it('is cleaned on arrival', () => {
    const text = JSON.stringify({ ...HELLO, name: 'A\u202eB' });
    expect(parseRoomMessage(text)).to.have.property('name', 'AB');
  });
});
