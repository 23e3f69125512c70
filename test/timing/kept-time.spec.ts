import { expect } from '@open-wc/testing';
import { KeptTime, LONGEST_PAUSE } from '../../src/timing/kept-time.js';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const START = 1_790_000_000_000;

/** A machine whose clock may leap, and what its pages have written down. */
class Machine {
  wall = START;
  steady = 0;
  text: string | null = null;

  /** Time passes, and everybody sees it. */
  pass(time: number): void {
    this.wall += time;
    this.steady += time;
  }

  page(): KeptTime {
    const origin = this.steady;
    return new KeptTime({
      wall: () => this.wall,
      steady: () => this.steady - origin,
      read: () => this.text,
      write: (text) => (this.text = text),
    });
  }
}

describe('the clock of what outlives a page', () => {
  const leaps = { 'three days forwards': 3 * DAY, 'three days backwards': -3 * DAY, 'ten years': 3650 * DAY };
  for (const [leap, by] of Object.entries(leaps)) {
    it(`ignores a system clock that jumps ${leap} while the page lives, or before a reload`, () => {
      const machine = new Machine();
      const page = machine.page();
      machine.pass(HOUR);
      machine.wall += by;
      machine.pass(MINUTE);
      expect(page.now()).to.equal(START + HOUR + MINUTE);
      page.save();
      machine.pass(MINUTE);
      expect(machine.page().now()).to.equal(START + HOUR + 2 * MINUTE);
    });

    // claim: #time-leap-between-pages
    it(`makes nothing 24 h older when the system clock jumps ${leap} between two pages`, () => {
      const machine = new Machine();
      machine.page().save();
      machine.wall += by;
      const now = machine.page().now();
      expect(now).to.be.at.least(START);
      expect(now).to.be.at.most(START + DAY - HOUR);
    });
  }

  it('follows the system clock while there is no page', () => {
    const machine = new Machine();
    machine.page();
    machine.pass(9 * HOUR);
    expect(machine.page().now()).to.equal(START + 9 * HOUR);
  });

  // claim: #time-counts-while-closed
  it('has advanced by a day once a page has been open for an hour, after days without one', () => {
    const machine = new Machine();
    machine.page();
    machine.pass(3 * DAY);
    const page = machine.page();
    machine.pass(HOUR + 1);
    expect(page.now() - START).to.be.greaterThan(DAY);
    expect(page.now() - START).to.equal(LONGEST_PAUSE + HOUR + 1);
  });

  it('never runs backwards for a page, however many pages there are', () => {
    const machine = new Machine();
    const first = machine.page();
    machine.pass(HOUR);
    machine.wall += 3 * DAY;
    const second = machine.page();
    const before = first.now();
    first.save();
    expect(first.now()).to.be.at.least(before);
    second.save();
    expect(Math.abs(first.now() - second.now())).to.be.below(2);
  });

  for (const text of ['', 'no JSON', 'null', '[]', '{"kept":"x","wall":1}', '{"kept":1e400,"wall":null}'])
    it(`starts at the system time when the stored text is ${text || 'nothing'}`, () => {
      const machine = new Machine();
      machine.text = text;
      expect(machine.page().now()).to.equal(START);
    });
});
