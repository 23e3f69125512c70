import { expect } from '@open-wc/testing';
import { takesOf } from '../../../src/hub/page/takes.js';

const OPEN = { accept: '*/*', maxSize: null };
const trail = (max: number | null, held: number): object => ({ max, held });

describe('what a page takes', () => {
  for (const { title, settings = OPEN, elements = [], takes } of [
    { title: 'is anything by default', takes: {} },
    { title: 'is not counted without a limit', elements: [trail(null, 4)], takes: {} },
    { title: 'is as much as its trail takes', elements: [trail(3, 1)], takes: { max: 3, count: 1 } },
    {
      title: 'is as much as the fuller of two trails takes',
      elements: [trail(9, 1), trail(null, 7), trail(4, 3)],
      takes: { max: 4, count: 3 },
    },
    {
      title: 'is nothing more where there are too many',
      elements: [trail(2, 5)],
      takes: { max: 2, count: 5 },
    },
    {
      title: 'is what the hub accepts',
      settings: { accept: 'image/*', maxSize: 9 },
      takes: { accept: 'image/*', maxSize: 9 },
    },
    { title: 'is not limited by other elements', elements: [{ filesOnly: true }, document.body], takes: {} },
  ] as const)
    it(title, () => {
      const anything = { accept: '', max: null, count: 0, maxSize: null };
      expect(takesOf(settings, elements)).to.deep.equal({ ...anything, ...takes });
    });
});
