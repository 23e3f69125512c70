import { expect } from '@open-wc/testing';
import { fakeTransfer } from '../../demo/fake-hub.js';
import { Rechoose } from '../../src/hub/rechoose.js';
import { payloadOf } from '../../src/hub/sendable.js';

const CHANGED = 1_700_000_000_000;
const file = (name: string, text: string, lastModified = CHANGED): File =>
  new File([text], name, { lastModified });

const { description } = payloadOf(file('film.mp4', 'four'));

describe('a file that has to be chosen again', () => {
  const waiting = fakeTransfer('failed', { name: 'film.mp4', size: 4, error: 'source-unreadable' });
  let rechoose: Rechoose;
  beforeEach(() => {
    rechoose = new Rechoose();
    rechoose.add(waiting, { changedAt: CHANGED, description });
  });

  const cases: [what: string, chosen: File, found: boolean][] = [
    ['the same name, size and date', file('film.mp4', 'four'), true],
    ['another name', file('other.mp4', 'four'), false],
    ['another size', file('film.mp4', 'other'), false],
    ['another date', file('film.mp4', 'four', CHANGED + 1), false],
    ['the name before it was cleaned', file('film\u202e.mp4', 'four'), true],
  ];
  for (const [what, chosen, found] of cases)
    it(`is ${found ? 'found' : 'not found'} by ${what}`, () =>
      expect(rechoose.find(chosen)).to.deep.equal(found ? { transfer: waiting, description } : null));

  it('is not found while its transfer is running again', () => {
    const again = fakeTransfer('sending', { name: 'clip.webm', size: 4 });
    rechoose.add(again, { changedAt: CHANGED, description });
    expect(rechoose.find(file('clip.webm', 'four'))).to.equal(null);
  });

  it('is not found once its transfer is dropped', () => {
    rechoose.delete(waiting);
    expect(rechoose.find(file('film.mp4', 'four'))).to.equal(null);
  });
});
