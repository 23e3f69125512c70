import { expect } from '@open-wc/testing';
import { Parcel } from '../../src/transfer/parcel.js';
import type { Range } from '../../src/transfer/parcel.js';

describe('a parcel', () => {
  let pressing: boolean;
  let arrived: Range[];
  let missing: Range[];
  let parcel: Parcel;

  beforeEach(() => {
    pressing = true;
    arrived = [];
    missing = [];
    parcel = new Parcel(1, 100, new Uint8Array(20), {
      get pressing() {
        return pressing;
      },
      confirmed: (range) => arrived.push(range),
      lost: (range) => missing.push(range),
    });
    parcel.sent();
  });

  it('is confirmed once, whichever lane was first', () => {
    parcel.sent();
    parcel.confirmed();
    parcel.confirmed();
    expect(arrived).to.deep.equal([{ start: 100, end: 120 }]);
  });

  it('is lost when the last lane that had it has died, and not when another has brought it', () => {
    parcel.sent();
    parcel.lost();
    expect(missing).to.deep.equal([]);
    parcel.lost();
    expect(missing).to.deep.equal([{ start: 100, end: 120 }]);

    parcel.sent();
    parcel.sent();
    parcel.confirmed();
    parcel.lost();
    expect(missing).to.have.length(1);
  });

  it('presses when everything waits for it and no second lane has it', () => {
    expect(parcel.pressing).to.equal(true);
    parcel.sent();
    expect(parcel.pressing).to.equal(false);
    parcel.lost();
    expect(parcel.pressing).to.equal(true);
    pressing = false;
    expect(parcel.pressing).to.equal(false);
  });

  it('presses no more once it has arrived', () => {
    parcel.sent();
    parcel.confirmed();
    expect(parcel.pressing).to.equal(false);
  });
});
