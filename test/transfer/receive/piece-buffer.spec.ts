import { expect } from '@open-wc/testing';
import { SnapError } from '../../../src/errors.js';
import { PieceBuffer } from '../../../src/transfer/receive/piece-buffer.js';
import { patternedBytes } from '../support/two-sides.js';

const bytes = patternedBytes(4096);

/** Puts `[start, end)` of the pattern. */
function put(buffer: PieceBuffer, start: number, end: number): number {
  return buffer.put(start, bytes.subarray(start, end));
}

describe('a piece buffer', () => {
  let buffer: PieceBuffer;
  beforeEach(() => (buffer = new PieceBuffer(4096)));

  it('is complete when all bytes have come in order', () => {
    for (let at = 0; at < 4096; at += 1024) {
      expect(buffer.complete).to.equal(false);
      expect(put(buffer, at, at + 1024)).to.equal(1024);
    }
    expect(buffer.complete).to.equal(true);
    expect(buffer.bytes).to.deep.equal(bytes);
  });

  it('is complete when all bytes have come in any other order', () => {
    for (const at of [3072, 0, 2048, 1024]) put(buffer, at, at + 1024);
    expect(buffer.complete).to.equal(true);
    expect(buffer.bytes).to.deep.equal(bytes);
  });

  it('counts bytes that come twice only once', () => {
    expect(put(buffer, 100, 200)).to.equal(100);
    expect(put(buffer, 100, 200)).to.equal(0);
    expect(put(buffer, 150, 250)).to.equal(50);
    expect(put(buffer, 0, 4096)).to.equal(4096 - 150);
  });

  it('joins ranges that overlap, touch or bridge others', () => {
    put(buffer, 0, 10);
    put(buffer, 20, 30);
    put(buffer, 40, 50);
    expect(put(buffer, 5, 45)).to.equal(20);
    expect(put(buffer, 50, 4096)).to.equal(4046);
    expect(buffer.complete).to.equal(true);
  });

  it('is not written to once it is complete, because it is being hashed', () => {
    put(buffer, 0, 4096);
    expect(buffer.put(0, new Uint8Array(4096))).to.equal(0);
    expect(buffer.bytes).to.deep.equal(bytes);
  });

  it('is incomplete while the first or the last byte is missing', () => {
    put(buffer, 1, 4096);
    expect(buffer.complete).to.equal(false);
    buffer = new PieceBuffer(4096);
    put(buffer, 0, 4095);
    expect(buffer.complete).to.equal(false);
  });

  it('rejects data in crumbs, which would cost more than they bring', () => {
    const crumble = () => {
      for (let at = 0; at < 4096; at += 2) put(buffer, at, at + 1);
    };
    expect(crumble).to.throw(SnapError).with.property('code', 'peer-protocol');
  });

  it('accepts the smallest frames of an honest sender in the worst order', () => {
    const large = new PieceBuffer(1_048_576);
    const payload = new Uint8Array(4096);
    for (let at = 0; at < 256; at += 2) large.put(at * 4096, payload);
    for (let at = 255; at > 0; at -= 2) large.put(at * 4096, payload);
    expect(large.complete).to.equal(true);
  });
});
