import { expect } from '@open-wc/testing';
import { SnapError } from '../../../src/errors.js';
import {
  LARGE_FILE,
  MAX_MESSAGE,
  MAX_MIME,
  MAX_NAME,
  MAX_PREVIEW,
  PIECE_SIZES,
} from '../../../src/transfer/wire/messages.js';
import { parseMessage, pieceSizeFor } from '../../../src/transfer/wire/parse.js';
import { ID, ROOT, messages, offer } from '../support/messages.js';

function refusal(text: string): string {
  try {
    parseMessage(text);
  } catch (thrown) {
    if (thrown instanceof SnapError) return thrown.code;
    throw thrown;
  }
  return 'none';
}

const refused = (message: unknown): void => {
  expect(refusal(JSON.stringify(message)), JSON.stringify(message).slice(0, 200)).to.equal('peer-protocol');
};

const taken = (message: unknown): void => {
  expect(parseMessage(JSON.stringify(message))).to.deep.equal(message);
};

describe('a control message', () => {
  for (const message of messages) {
    describe(message.type, () => {
      it('is read as it was written', () => taken(message));

      it('is refused with a key too many', () => {
        refused({ ...message, more: 1 });
        refused({ ...message, toString: 1 });
        expect(refusal(JSON.stringify(message).replace('{', '{"__proto__":{},'))).to.equal('peer-protocol');
      });

      for (const key of Object.keys(message)) {
        it(`is refused without ${key}`, () => refused({ ...message, [key]: undefined }));

        it(`is refused with a ${key} of another kind`, () => {
          for (const value of [true, [], {}, -1, 0.5, 1e300, '', 'x', key === 'preview' ? 0 : null]) {
            // The empty name and the empty type are as good as any; 0 is not tried: it is a number
            // like others.
            if (typeof value === 'string' && (key === 'name' || key === 'mime')) continue;
            if (value === '' && key === 'preview') continue;
            refused({ ...message, [key]: value });
          }
        });
      }
    });
  }

  it('is refused when it is no object', () => {
    for (const text of ['', 'null', '1', '"offer"', '[]', '{}', '{"type":null}', '{"type":"offer"', '\0']) {
      expect(refusal(text), text).to.equal('peer-protocol');
    }
  });

  it('is refused when its type is a name that every object knows', () => {
    for (const type of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) refused({ type });
  });

  it('is refused when it is too long, counted in bytes', () => {
    const spaces = (count: number) => JSON.stringify({ type: 'stored', no: 1, pieces: 1 }).padEnd(count);
    expect(refusal(spaces(MAX_MESSAGE))).to.equal('none');
    expect(refusal(spaces(MAX_MESSAGE + 1))).to.equal('peer-protocol');
    const long = { ...offer, name: '€'.repeat(MAX_NAME), mime: '€'.repeat(MAX_MIME) };
    taken(long);
    refused({ ...long, preview: 'A'.repeat(10_920), name: '\u0001'.repeat(MAX_NAME) });
  });

  it('counts transfers from 1, in 32 bits', () => {
    taken({ type: 'stored', no: 1, pieces: 0 });
    taken({ type: 'stored', no: 0xffff_ffff, pieces: 0 });
    for (const no of [0, 0x1_0000_0000, '1']) refused({ type: 'stored', no, pieces: 0 });
  });

  it('needs digests in lower-case hexadecimal, neither longer nor shorter', () => {
    for (const root of [ROOT.toUpperCase(), `${ROOT}0`, ROOT.slice(1), `${ROOT.slice(1)}g`, `${ROOT}\n`]) {
      refused({ type: 'done', no: 1, root });
    }
  });

  it('says why by a code that is known', () => {
    taken({ type: 'cancel', no: 1, code: 'source-unreadable' });
    for (const code of ['', 'nonsense', 'toString', '__proto__']) refused({ type: 'decline', no: 1, code });
  });

  it('gives credit for one piece at least', () => {
    taken({ type: 'accept', no: 1, have: 0, credit: 1 });
    refused({ type: 'accept', no: 1, have: 0, credit: 0 });
  });
});

describe('an offer', () => {
  it('has the longest name, type and preview together', () => {
    taken({ ...offer, name: 'n'.repeat(MAX_NAME), mime: 'm'.repeat(MAX_MIME), preview: 'A'.repeat(10_924) });
    expect(Math.ceil(MAX_PREVIEW / 3) * 4).to.equal(10_924);
    refused({ ...offer, name: 'n'.repeat(MAX_NAME + 1) });
    refused({ ...offer, mime: 'm'.repeat(MAX_MIME + 1) });
    refused({ ...offer, preview: 'A'.repeat(10_928) });
  });

  it('needs a preview in base64', () => {
    for (const preview of ['', 'AAAA', 'AA==', 'AAA=', '+/+/']) taken({ ...offer, preview });
    for (const preview of ['A', 'AA', 'AAA', 'A===', 'AA=A', '-_AA', 'AA\n=='])
      refused({ ...offer, preview });
  });

  it('must cut the file as everybody does', () => {
    for (const size of [0, 1, LARGE_FILE - 1]) expect(pieceSizeFor(size)).to.equal(PIECE_SIZES.small);
    for (const size of [LARGE_FILE, 2 ** 40]) expect(pieceSizeFor(size)).to.equal(PIECE_SIZES.large);
    taken({ ...offer, size: LARGE_FILE, piece: PIECE_SIZES.large });
    for (const piece of [0, 1, PIECE_SIZES.large]) refused({ ...offer, size: 1000, piece });
    refused({ ...offer, size: LARGE_FILE, piece: PIECE_SIZES.small });
  });

  it('of pixels has as many bytes as they need', () => {
    const pixels = { ...offer, format: 'rgba', width: 640, height: 480, size: 1_228_800 };
    taken(pixels);
    for (const size of [0, 1, 1_228_799, 1_228_804]) refused({ ...pixels, size });
    refused({ ...pixels, width: 0, size: 0 });
    refused({ ...pixels, width: 65_536 });
    refused({ ...pixels, format: 'RGBA' });
  });

  it('has an id of 32 digits', () => {
    for (const id of [ID.toUpperCase(), ID.slice(1), `${ID}0`, '']) refused({ ...offer, id });
  });

  it('may be of any size that a number can tell exactly', () => {
    taken({ ...offer, size: Number.MAX_SAFE_INTEGER, piece: PIECE_SIZES.large });
    refused({ ...offer, size: Number.MAX_SAFE_INTEGER + 1, piece: PIECE_SIZES.large });
  });
});
