import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { expect } from '@open-wc/testing';
import { SnapError } from '../../../src/errors.js';
import { FRAME_HEADER, decodeFrame, encodeAck, encodeData } from '../../../src/transfer/wire/frames.js';

const MOST_TRANSFER = 0xffff_ffff;

/** A well-formed data frame of four bytes, with some of its bytes replaced. */
function altered(at: number, ...bytes: number[]): Uint8Array {
  const frame = encodeData(7, 1024, Uint8Array.of(1, 2, 3, 4));
  frame.set(bytes, at);
  return frame;
}

function refusal(message: Uint8Array): string {
  try {
    decodeFrame(message);
  } catch (thrown) {
    if (thrown instanceof SnapError) return thrown.code;
    throw thrown;
  }
  return 'none';
}

describe('a frame', () => {
  it('carries bytes with their place', () => {
    const payload = Uint8Array.of(9, 8, 7);
    expect(decodeFrame(encodeData(3, 262_144, payload))).to.deep.equal({
      kind: 'data',
      transfer: 3,
      offset: 262_144,
      payload,
    });
  });

  it('confirms bytes by their place', () => {
    expect(decodeFrame(encodeAck(3, 262_144, 65_536))).to.deep.equal({
      kind: 'ack',
      transfer: 3,
      offset: 262_144,
      length: 65_536,
    });
  });

  it('has the bits of the picture', () => {
    const header = '01 01 0000 00000102 0000000102030405 00000002 00000000'.replaceAll(' ', '');
    expect(bytesToHex(encodeData(0x0102, 0x01_0203_0405, Uint8Array.of(0xaa, 0xbb)))).to.equal(
      `${header}aabb`,
    );
    const ack = '01 02 0000 00000102 0000000102030405 0000ffff 00000000'.replaceAll(' ', '');
    expect(bytesToHex(encodeAck(0x0102, 0x01_0203_0405, 0xffff))).to.equal(ack);
  });

  it('reaches to the last transfer and the last offset', () => {
    const offset = Number.MAX_SAFE_INTEGER - 1;
    expect(decodeFrame(encodeData(MOST_TRANSFER, offset, Uint8Array.of(1)))).to.include({
      transfer: MOST_TRANSFER,
      offset,
    });
    expect(decodeFrame(encodeAck(1, 0, 0xffff_ffff))).to.include({ length: 0xffff_ffff });
  });

  it('is read from a message that is part of a larger buffer', () => {
    const frame = encodeData(7, 5, Uint8Array.of(1, 2, 3));
    const buffer = new Uint8Array(frame.byteLength + 11).fill(0xff);
    buffer.set(frame, 8);
    const read = decodeFrame(buffer.subarray(8, 8 + frame.byteLength));
    expect(read.kind === 'data' && [...read.payload]).to.deep.equal([1, 2, 3]);
  });

  it('does not copy the payload when it is read', () => {
    const frame = encodeData(7, 5, Uint8Array.of(1, 2, 3));
    const read = decodeFrame(frame);
    expect(read.kind === 'data' && read.payload.buffer).to.equal(frame.buffer);
  });

  describe('is refused', () => {
    const cases: [what: string, message: Uint8Array][] = [
      ['when it is empty', new Uint8Array(0)],
      ['when it is shorter than its header', altered(0).subarray(0, FRAME_HEADER - 1)],
      ['in version 0', altered(0, 0)],
      ['in a version of the future', altered(0, 2)],
      ['of kind 0', altered(1, 0)],
      ['of an unknown kind', altered(1, 3)],
      ['with a first reserved bit set', altered(2, 0x80)],
      ['with a middle reserved bit set', altered(3, 1)],
      ['with a last reserved bit set', altered(23, 1)],
      ['for transfer 0', altered(4, 0, 0, 0, 0)],
      ['with an offset beyond 2^53 - 1', altered(8, 0, 0x20)],
      ['with the largest offset of all', altered(8, 255, 255, 255, 255, 255, 255, 255, 255)],
      ['when offset and length go beyond 2^53 - 1', altered(8, 0, 0x1f, 255, 255, 255, 255, 255, 252)],
      ['when its length is 0', altered(16, 0, 0, 0, 0)],
      ['when it announces more than it has', altered(16, 0, 0, 0, 5)],
      ['when it announces less than it has', altered(16, 0, 0, 0, 3)],
      ['when it announces 4 GiB', altered(16, 255, 255, 255, 255)],
      ['as a confirmation with a payload', altered(1, 2)],
      ['as data without a payload', altered(16, 0, 0, 0, 0).subarray(0, FRAME_HEADER)],
      ['as a confirmation of nothing', encodeAck(1, 0, 0)],
    ];
    for (const [what, message] of cases) {
      it(what, () => expect(refusal(message)).to.equal('peer-protocol'));
    }

    it('when any byte of the header but transfer and offset is another', () => {
      const frame = hexToBytes(bytesToHex(encodeData(1, 0, Uint8Array.of(1, 2))));
      for (const at of [0, 1, 2, 3, 16, 17, 18, 19, 20, 21, 22, 23]) {
        for (let value = 0; value < 256; value++) {
          const changed = frame.slice();
          changed[at] = value;
          expect(refusal(changed), `byte ${at} = ${value}`).to.equal(
            value === frame[at] ? 'none' : 'peer-protocol',
          );
        }
      }
    });
  });
});
