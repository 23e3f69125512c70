import { expect } from '@open-wc/testing';
import { Controller } from '../../../src/transfer/lanes/controller.js';

const KIB = 1024;

/**
 * A path that holds `rate` bytes per ms and has a round trip of `roundTrip` ms: what goes beyond
 * waits. Each round sends the whole budget in `frames` frames, and confirms them as such a path
 * would. Returns the budget after each round.
 */
function rounds(
  controller: Controller,
  {
    roundTrip,
    rate,
    count,
    frames = 8,
    start = 0,
  }: Record<'roundTrip' | 'rate' | 'count', number> & {
    frames?: number;
    start?: number;
  },
): number[] {
  let now = start;
  return Array.from({ length: count }, () => {
    const size = Math.floor(controller.budget / frames);
    const sent = Array.from({ length: frames }, (_, at) => ({
      snapshot: controller.sent(size * at, now),
      at: now + roundTrip + (size * (at + 1)) / rate,
    }));
    for (const { snapshot, at } of sent) {
      now = at;
      controller.confirmed(size, snapshot, now);
    }
    return controller.budget;
  });
}

describe('the controller', () => {
  it('begins with much on a short path, with little on a long one, and on one that nobody has measured', () => {
    expect(new Controller(1).budget).to.equal(256 * KIB);
    expect(new Controller(100).budget).to.equal(64 * KIB);
    expect(new Controller().budget).to.equal(64 * KIB);
  });

  it('hears of the path from others until it knows better', () => {
    const controller = new Controller();
    controller.measured(2);
    expect(controller.budget).to.equal(256 * KIB);
    controller.confirmed(1000, controller.sent(0, 0), 50);
    const { budget } = controller;
    controller.measured(60);
    expect(controller.budget).to.equal(budget);
    expect(controller.roundTrip).to.equal(2);
  });

  it('doubles as long as the path takes more', () => {
    const budgets = rounds(new Controller(100), { roundTrip: 100, rate: 1e9, count: 5 });
    for (let at = 1; at < budgets.length; at++)
      expect(budgets[at]! / budgets[at - 1]!).to.be.within(1.9, 2.1);
  });

  it('finds what a path holds though a busy page has ended its start far below', () => {
    const controller = new Controller(100);
    rounds(controller, { roundTrip: 100, rate: 1e9, count: 1 });
    rounds(controller, { roundTrip: 180, rate: 1e9, count: 1, start: 1000 });
    const [first, ...later] = rounds(controller, { roundTrip: 100, rate: 1e9, count: 12, start: 2000 });
    expect(first).to.be.lessThan(256 * KIB);
    expect(later.at(-1)).to.equal(4096 * KIB);
  });

  // claim: #window-bounds
  it('never has more on its way than a browser bears: 512 KiB on a short path, 4 MiB on a long one', () => {
    const short = rounds(new Controller(1), { roundTrip: 1, rate: 1e9, count: 30 });
    expect(Math.max(...short)).to.equal(512 * KIB);
    const long = rounds(new Controller(100), { roundTrip: 100, rate: 1e9, count: 60 });
    expect(Math.max(...long)).to.equal(4096 * KIB);
  });

  it('ends up with what the path holds and 30 ms of queue, not with what it could have', () => {
    // 10 Mbit/s, 40 ms: the path holds 50 kB.
    const rate = 1250;
    const budgets = rounds(new Controller(40), { roundTrip: 40, rate, count: 60 }).slice(-20);
    for (const budget of budgets) expect(budget).to.be.within(0.8 * rate * 40, 3 * rate * (40 + 30));
  });

  it('gives way when confirmations come later, and takes it back when they do not', () => {
    const controller = new Controller(40);
    const before = rounds(controller, { roundTrip: 40, rate: 12_500, count: 60 }).at(-1)!;
    // Somebody else’s packets are in the queue.
    const during = rounds(controller, { roundTrip: 140, rate: 12_500, count: 3, start: 1e5 }).at(-1)!;
    expect(during).to.be.lessThan(before / 2);
    const after = rounds(controller, { roundTrip: 40, rate: 12_500, count: 60, start: 2e5 }).at(-1)!;
    expect(after).to.be.greaterThan(during * 1.5);
  });

  it('does not give way for ever where that changes nothing: the path has become longer', () => {
    const controller = new Controller(40);
    const before = rounds(controller, { roundTrip: 40, rate: 12_500, count: 60 });
    const longer = rounds(controller, { roundTrip: 100, rate: 12_500, count: 40, start: 1e5 });
    expect(Math.min(...longer)).to.be.lessThan(before.at(-1)! * 0.7);
    expect(longer.at(-1)).to.be.greaterThan(before.at(-1)!);
  });

  it('takes a delay that grows and grows for a queue, not for a longer path', () => {
    const controller = new Controller(40);
    rounds(controller, { roundTrip: 40, rate: 12_500, count: 60 });
    let budget = Infinity;
    for (let roundTrip = 90; roundTrip <= 640; roundTrip += 50)
      budget = rounds(controller, { roundTrip, rate: 12_500, count: 12, start: roundTrip * 1e4 }).at(-1)!;
    expect(budget).to.be.lessThan(64 * KIB);
  });

  it('keeps the ceiling of a short path, whatever waits on it', () => {
    const controller = new Controller(2);
    rounds(controller, { roundTrip: 2, rate: 12_500, count: 40 });
    rounds(controller, { roundTrip: 60, rate: 12_500, count: 30, start: 1e5 });
    expect(controller.short).to.be.true;
    expect(controller.budget).to.be.at.most(512 * KIB);
  });

  it('never falls below what keeps a lane busy', () => {
    const controller = new Controller(40);
    rounds(controller, { roundTrip: 40, rate: 1250, count: 10 });
    expect(rounds(controller, { roundTrip: 4000, rate: 10, count: 40, start: 1e5 }).at(-1)).to.be.at.least(
      16 * KIB,
    );
  });

  it('learns nothing of a path from a sender that has little to say', () => {
    const controller = new Controller(100);
    for (let at = 0; at < 50; at++) {
      const snapshot = controller.sent(0, at * 1000);
      controller.confirmed(500, snapshot, at * 1000 + 100);
    }
    expect(controller.budget).to.equal(64 * KIB);
  });

  it('decides the same when the same happens', () => {
    const run = (): number[] => rounds(new Controller(20), { roundTrip: 20, rate: 3000, count: 100 });
    expect(run()).to.deep.equal(run());
  });
});
