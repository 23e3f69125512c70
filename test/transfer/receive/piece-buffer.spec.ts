import { expect } from '@open-wc/testing';
import { SnapError } from '../../../src/errors.js';
import { PieceBuffer } from '../../../src/transfer/receive/piece-buffer.js';
import { patternedBytes } from '../support/two-sides.js';

const bytes = patternedBytes(4096);

/** Puts `[start, end)` of the pattern. */
function put(buffer: PieceBuffer, start: number, end: number): number {
  return buffer.put(start, bytes.subarray(start, end));
}

describe('a piece on its way', () => {
  let buffer: PieceBuffer;
  beforeEach(() => (buffer = new PieceBuffer(4096)));

  it('is complete when all its bytes are here, in order', () => {
    for (let at = 0; at < 4096; at += 1024) {
      expect(buffer.complete).to.equal(false);
      expect(put(buffer, at, at + 1024)).to.equal(1024);
    }
    expect(buffer.complete).to.equal(true);
    expect(buffer.bytes).to.deep.equal(bytes);
  });

  it('is complete in any other order, too', () => {
    for (const at of [3072, 0, 2048, 1024]) put(buffer, at, at + 1024);
    expect(buffer.complete).to.equal(true);
    expect(buffer.bytes).to.deep.equal(bytes);
  });

  it('counts what comes twice only once', () => {
    expect(put(buffer, 100, 200)).to.equal(100);
    expect(put(buffer, 100, 200)).to.equal(0);
    expect(put(buffer, 150, 250)).to.equal(50);
    expect(put(buffer, 0, 4096)).to.equal(4096 - 150);
  });

  it('joins what overlaps, touches or bridges', () => {
    put(buffer, 0, 10);
    put(buffer, 20, 30);
    put(buffer, 40, 50);
    expect(put(buffer, 5, 45)).to.equal(20);
    expect(put(buffer, 50, 4096)).to.equal(4046);
    expect(buffer.complete).to.equal(true);
  });

  it('is never written to once it is complete: it is being hashed', () => {
    put(buffer, 0, 4096);
    expect(buffer.put(0, new Uint8Array(4096))).to.equal(0);
    expect(buffer.bytes).to.deep.equal(bytes);
  });

  it('is not complete while one byte is missing, first or last', () => {
    put(buffer, 1, 4096);
    expect(buffer.complete).to.equal(false);
    buffer = new PieceBuffer(4096);
    put(buffer, 0, 4095);
    expect(buffer.complete).to.equal(false);
  });

  it('refuses to be filled with crumbs: each would cost more than it brings', () => {
    const crumble = () => {
      for (let at = 0; at < 4096; at += 2) put(buffer, at, at + 1);
    };
    expect(crumble).to.throw(SnapError).with.property('code', 'peer-protocol');
  });

  it('takes the smallest frames of an honest sender in the worst order', () => {
    const large = new PieceBuffer(1_048_576);
    const payload = new Uint8Array(4096);
    for (let at = 0; at < 256; at += 2) large.put(at * 4096, payload);
    for (let at = 255; at > 0; at -= 2) large.put(at * 4096, payload);
    expect(large.complete).to.equal(true);
  });
});
