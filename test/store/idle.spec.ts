import { expect } from '@open-wc/testing';
import { LONGEST_PAUSE, keptTime } from '../../src/timing/kept-time.js';
import { Idle } from '../../src/store/idle.js';
import { atTime } from './support/at-time.js';

const [HOUR, DAY] = [3_600_000, 86_400_000];

/** For how long nobody has touched the folder, by a page that looks now. */
function lookAt(folder: string, touched: number): number {
  const idle = new Idle();
  const age = idle.of(folder, touched);
  idle.save();
  return age;
}

describe('a folder that is not modified', () => {
  const { now } = Date;
  afterEach(() => {
    Date.now = now;
    localStorage.removeItem('snaptrail-idle');
  });

  for (const leap of [3 * DAY, -3 * DAY])
    it(`gets no older when the clock leaps by ${leap / DAY} days`, () => {
      const touched = Date.now();
      expect(lookAt('a', touched)).to.be.below(1000);
      Date.now = () => now() + leap;
      expect(lookAt('a', touched)).to.be.below(1000);
    });

  it('is old once it has been seen for that long, whatever the clock says', async () => {
    const touched = Date.now();
    lookAt('a', touched);
    const age = await atTime(keptTime.now() + DAY + HOUR, () => Promise.resolve(lookAt('a', touched)));
    expect(age).to.be.greaterThan(DAY);
  });

  it('is nearly old when it is first found and the clock says that it is old', () => {
    expect(lookAt('a', Date.now() - 3 * DAY)).to.be.within(LONGEST_PAUSE, LONGEST_PAUSE + 1000);
    expect(lookAt('b', 0)).to.be.within(LONGEST_PAUSE, LONGEST_PAUSE + 1000);
  });

  // claim: #idle-touched-again
  it('is new again once it is modified', async () => {
    lookAt('a', Date.now());
    const later = keptTime.now() + DAY + HOUR;
    expect(await atTime(later, () => Promise.resolve(lookAt('a', later)))).to.equal(0);
  });

  for (const text of ['null', 'no JSON', '[]'])
    it(`is measured even if localStorage holds ${text}`, () => {
      localStorage.setItem('snaptrail-idle', text);
      expect(lookAt('a', Date.now())).to.be.below(1000);
    });
});
