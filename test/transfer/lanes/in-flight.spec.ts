import { expect } from '@open-wc/testing';
import { Consignment } from '../../../src/transfer/lanes/in-flight.js';
import type { Range } from '../../../src/transfer/lanes/in-flight.js';

describe('a consignment', () => {
  let pressing: boolean;
  let arrived: Range[];
  let missing: Range[];
  let consignment: Consignment;

  beforeEach(() => {
    pressing = true;
    arrived = [];
    missing = [];
    consignment = new Consignment(
      1,
      { start: 100, end: 120 },
      {
        bytes: () => null,
        get pressing() {
          return pressing;
        },
        confirmed: (range) => arrived.push(range),
        lost: (range) => missing.push(range),
      },
    );
    consignment.sent();
  });

  it('is confirmed once, whichever lane was first', () => {
    consignment.sent();
    consignment.confirmed();
    consignment.confirmed();
    expect(arrived).to.deep.equal([{ start: 100, end: 120 }]);
  });

  it('is lost when the last lane that had it has died, and not when another has brought it', () => {
    consignment.sent();
    consignment.lost();
    expect(missing).to.deep.equal([]);
    consignment.lost();
    expect(missing).to.deep.equal([{ start: 100, end: 120 }]);

    consignment.sent();
    consignment.sent();
    consignment.confirmed();
    consignment.lost();
    expect(missing).to.have.length(1);
  });

  it('presses when everything waits for it and no second lane has it', () => {
    expect(consignment.pressing).to.equal(true);
    consignment.sent();
    expect(consignment.pressing).to.equal(false);
    consignment.lost();
    expect(consignment.pressing).to.equal(true);
    pressing = false;
    expect(consignment.pressing).to.equal(false);
  });

  it('presses no more once it has arrived', () => {
    consignment.sent();
    consignment.confirmed();
    expect(consignment.pressing).to.equal(false);
  });
});
