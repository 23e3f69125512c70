import { expect } from '@open-wc/testing';
import { Grace, VANISHED } from '../../src/hub/grace.js';
import { keptTime } from '../../src/timing/kept-time.js';

const DAY = 86_400_000;

describe('a member that has vanished', () => {
  const { now } = Date;
  afterEach(() => (Date.now = now));

  for (const leap of [3 * DAY, -3 * DAY])
    it(`is expected back when the clock leaps by ${leap / DAY} days, and expires when its time is truly over`, async () => {
      const since = keptTime.now();
      Date.now = () => now() + leap;
      const expired: string[] = [];
      await new Promise<void>((over) => {
        const grace = new Grace({
          left: () => undefined,
          expired: (id) => {
            expired.push(id);
            if (id === 'old') over();
          },
        });
        grace.vanished('of late', since);
        grace.vanished('of tomorrow', since + 2 * DAY);
        grace.vanished('just now');
        grace.vanished('old', since - VANISHED);
      });
      expect(expired).to.deep.equal(['old']);
    });
});
