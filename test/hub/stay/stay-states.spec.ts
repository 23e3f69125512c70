import { expect } from '@open-wc/testing';
import { TRANSITIONS, hasRoom, next, waitsForRoom, wantsRoom } from '../../../src/hub/stay/stay-states.js';
import type { StayEvent, StayState } from '../../../src/hub/stay/stay-states.js';

const EVENTS: readonly StayEvent[] = [
  ...(['connect', 'leave', 'renew', 'replace'] as const),
  ...(['yield', 'block', 'grant', 'enter', 'drop', 'fail'] as const),
];

/** For each state where each of `EVENTS` leads, in their order; a dot: it is illegal. */
const TABLE = `
  outside    opening outside renewing replaced  .        .       .        .      .       .
  opening    opening outside renewing replaced  yielding blocked entering .      .       failed
  yielding   opening outside renewing replaced  .        blocked entering .      .       failed
  blocked    opening outside renewing replaced  .        .       .        .      .       .
  entering   opening outside renewing replaced  .        .       .        inside .       failed
  inside     opening outside renewing replaced  .        .       .        .      dropped failed
  dropped    opening outside renewing replaced  .        .       .        .      .       .
  failed     opening outside renewing replaced  .        .       .        .      .       .
  renewing   opening outside renewing replaced  .        .       .        .      .       .
  replaced   .       replaced .       replaced  .        .       .        .      replaced .
`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/ +/) as [StayState, ...(StayState | '.')[]]);

describe('the states of a stay', () => {
  it('are those of the table', () => {
    expect(TABLE.map(([state]) => state)).to.have.members(Object.keys(TRANSITIONS));
    for (const row of TABLE) expect(row).to.have.length(EVENTS.length + 1);
  });

  for (const [state, ...expected] of TABLE)
    for (const [index, event] of EVENTS.entries()) {
      const to = expected[index];
      it(`${state}: ${event} ${to === '.' ? 'throws' : `leads to ${to}`}`, () => {
        if (to === '.') expect(() => next(state, event)).to.throw(`that is ${state} cannot ${event}`);
        else expect(next(state, event)).to.equal(to);
      });
    }

  const rows = TABLE.map(([state]) => state);
  it('have a room while the hub is in it, is entering it or was dropped by it', () =>
    expect(rows.filter(hasRoom)).to.deep.equal(['entering', 'inside', 'dropped']));

  it('wait for a room that another element has', () =>
    expect(rows.filter(waitsForRoom)).to.deep.equal(['yielding', 'blocked']));

  it('want no room after leaving, while renewing and once replaced', () =>
    expect(rows.filter((state) => !wantsRoom(state))).to.deep.equal(['outside', 'renewing', 'replaced']));
});
