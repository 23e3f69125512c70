import { expect } from '@open-wc/testing';
import {
  EbmlReader,
  encodeElement,
  encodeSize,
  encodeUint,
  readUint,
  readVint,
} from '../../../src/capture/media/ebml.js';

const view = (...values: number[]): DataView => new DataView(Uint8Array.from(values).buffer);

describe('readVint', () => {
  const numbers: [bytes: number[], value: number, length: number][] = [
    [[0x80], 0, 1],
    [[0xfe], 126, 1],
    [[0xff], Infinity, 1],
    [[0x40, 0x7f], 127, 2],
    [[0x7f, 0xff], Infinity, 2],
    [[0x1f, 0xff, 0xff, 0xfe], 2 ** 28 - 2, 4],
    [[0x01, 0, 0, 0, 0, 0, 1, 0], 256, 8],
    [[0x01, 255, 255, 255, 255, 255, 255, 255], Infinity, 8],
  ];
  for (const [bytes, value, length] of numbers)
    it(`reads ${bytes.map((byte) => byte.toString(16)).join(' ')} as ${value}`, () =>
      expect(readVint(view(...bytes), 0)).to.deep.equal({ value, length }));

  it('throws a RangeError for a size of more than eight bytes', () =>
    expect(() => readVint(view(0, 1), 0)).to.throw(RangeError));
});

describe('encodeUint and encodeSize', () => {
  it('are read back as they were written', () => {
    for (const number of [0, 1, 255, 256, 2 ** 32, 2 ** 40 + 7]) {
      expect(readUint(new DataView(encodeUint(number, 6).buffer), 0, 6)).to.equal(number);
      expect(readVint(new DataView(encodeSize(number, 8).buffer), 0)).to.deep.equal({
        value: number,
        length: 8,
      });
    }
  });
});

describe('EbmlReader', () => {
  const first = encodeElement(0x4489, [Uint8Array.of(1, 2, 3)]);
  const second = encodeElement(0xae, []);
  const parent = encodeElement(0x1549a966, [first, second]);

  it('reads an element, its children and their content', async () => {
    const reader = new EbmlReader(new Blob([parent]));
    const element = await reader.element(0);
    expect(element).to.deep.equal({ id: 0x1549a966, at: 0, start: 8, end: parent.length });
    const children = [];
    for await (const child of reader.children(element)) children.push(child);
    expect(children.map(({ id }) => id)).to.deep.equal([0x4489, 0xae]);
    expect([...(await reader.bytes(children[0]!.start, children[0]!.end))]).to.deep.equal([1, 2, 3]);
  });

  it('throws a RangeError beyond the end of the file', async () => {
    const error: unknown = await new EbmlReader(new Blob([parent]))
      .bytes(0, parent.length + 1)
      .catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(RangeError);
  });
});
