import { expect } from '@open-wc/testing';
import { isRoomCode, makeRoomCode } from '../../src/room/code.js';
import { deriveKeys, doorId, isMemberId, newMemberId } from '../../src/room/keys.js';
import { util } from '../../src/peer/peerjs/vendor/peerjs.js';

const CODE = 'abcdefghijklmnopqrstuvwxyz';

describe('room code', () => {
  it('is 26 characters of a-z and 2-7, and nothing else', () => {
    expect(isRoomCode(CODE)).to.be.true;
    for (const wrong of [
      '',
      CODE.slice(1),
      `${CODE}a`,
      CODE.toUpperCase(),
      `${CODE.slice(1)}1`,
      `${CODE.slice(1)} `,
      `${CODE}\n`,
    ]) {
      expect(isRoomCode(wrong), wrong).to.be.false;
    }
  });

  // claim: #code-fresh
  it('is new each time, and a code', () => {
    const codes = new Set(Array.from({ length: 100 }, makeRoomCode));
    expect(codes.size).to.equal(100);
    for (const code of codes) expect(isRoomCode(code)).to.be.true;
  });
});

describe('room keys', () => {
  it('are the same for the same code, on every machine', () => {
    const { tag, key } = deriveKeys(CODE);
    expect(tag).to.equal(deriveKeys(CODE).tag);
    expect(tag).to.match(/^[a-z2-7]{26}$/);
    expect(key).to.deep.equal(deriveKeys(CODE).key);
    expect(key).to.have.length(32);
  });

  // claim: #keys-differ
  it('have nothing in common for codes that differ in one character', () => {
    const one = deriveKeys(CODE);
    const other = deriveKeys(`b${CODE.slice(1)}`);
    expect(one.tag).not.to.equal(other.tag);
    expect(one.key).not.to.deep.equal(other.key);
  });

  it('agree with the browser’s own HKDF', async () => {
    const text = (value: string) => new TextEncoder().encode(value);
    const secret = await crypto.subtle.importKey('raw', text(CODE), 'HKDF', false, ['deriveBits']);
    const derivation = {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: new Uint8Array(),
      info: text('snaptrail/1 auth'),
    };
    const bits = await crypto.subtle.deriveBits(derivation, secret, 256);
    expect(deriveKeys(CODE).key).to.deep.equal(new Uint8Array(bits));
  });

  // claim: #ids-hide-code
  it('give ids that PeerJS takes, and that do not show the code', () => {
    const { tag } = deriveKeys(CODE);
    for (const id of [newMemberId(tag), doorId(tag, 0)]) {
      expect(util.validateId(id)).to.be.true;
      expect(id).not.to.contain(CODE);
    }
  });

  it('tell a member of the room from anything else', () => {
    const { tag } = deriveKeys(CODE);
    expect(isMemberId(newMemberId(tag), tag)).to.be.true;
    for (const id of [doorId(tag, 0), newMemberId('x'.repeat(26)), `${tag}-m-`, `${newMemberId(tag)}a`]) {
      expect(isMemberId(id, tag), id).to.be.false;
    }
  });
});
