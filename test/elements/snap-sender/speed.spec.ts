import { expect } from '@open-wc/testing';
import { fakeTransfer } from '../../../demo/fake-hub.js';
import { Batch } from '../../../src/elements/snap-sender/batch.js';
import { Gauge, Speeds } from '../../../src/elements/snap-sender/speed.js';

describe('the speed of a transfer', () => {
  it('is not told before it says anything', () => {
    const gauge = new Gauge();
    expect(gauge.read(0, 1000, 0)).to.equal(null);
    expect(gauge.read(400, 1000, 500)).to.equal(null);
    expect(gauge.read(500, 1000, 1000)).to.deep.equal({ speed: 500, left: 1 });
  });

  it('is that of the last seconds, not of all the time', () => {
    const gauge = new Gauge();
    for (let second = 0; second <= 10; second += 1) gauge.read(second * 1000, 1e6, second * 1000);
    for (let second = 11; second <= 20; second += 1)
      gauge.read(10_000 + (second - 10) * 100, 1e6, second * 1000);
    expect(gauge.read(11_000, 1e6, 20_000)?.speed).to.equal(100);
  });

  it('stays as it is for a second, or nobody could read it', () => {
    const gauge = new Gauge();
    gauge.read(0, 10_000, 0);
    const first = gauge.read(1000, 10_000, 1000);
    expect(gauge.read(5000, 10_000, 1900)).to.equal(first);
    expect(gauge.read(5000, 10_000, 2000)?.speed).to.equal(2500);
  });

  it('falls to nothing, without a time left, when nothing moves any more', () => {
    const gauge = new Gauge();
    for (let second = 0; second <= 2; second += 1) gauge.read(second * 1000, 10_000, second * 1000);
    let pace = null;
    for (let second = 3; second <= 8; second += 1) pace = gauge.read(2000, 10_000, second * 1000);
    expect(pace).to.deep.equal({ speed: 0, left: null });
  });

  it('is measured anew when the transfer begins again, or was paused', () => {
    const gauge = new Gauge();
    gauge.read(0, 10_000, 0);
    gauge.read(5000, 10_000, 1000);
    expect(gauge.read(0, 10_000, 2000)).to.equal(null);

    const speeds = new Speeds();
    const transfer = fakeTransfer('sending', { loaded: 1000 });
    speeds.of(transfer, 0);
    transfer.progress(2000);
    expect(speeds.of(transfer, 1000)?.speed).to.equal(1000);
    transfer.move('queued');
    expect(speeds.of(transfer, 2000)).to.equal(null);
    transfer.move('sending');
    expect(speeds.of(transfer, 60_000)).to.equal(null);
  });
});

describe('the total of what is being sent', () => {
  it('counts what has arrived since nothing was being sent, and nothing that has failed', () => {
    const batch = new Batch();
    const transfers = [100, 200, 300, 400].map((size) => fakeTransfer('queued', { size }));
    const running = (): typeof transfers => transfers.filter(({ ended }) => !ended);
    const total = (): unknown => {
      const read = batch.read(running(), 0);
      return read && [read.arrived, read.count, read.loaded, read.size];
    };
    expect(total()).to.deep.equal([0, 4, 0, 1000]);
    transfers[0]!.move('delivered');
    transfers[1]!.progress(50);
    expect(total()).to.deep.equal([1, 4, 150, 1000]);
    transfers[3]!.move('cancelled');
    expect(total()).to.deep.equal([1, 3, 150, 600]);
    transfers[1]!.move('delivered');
    transfers[2]!.move('delivered');
    expect(total()).to.equal(null);
    transfers.push(fakeTransfer('queued', { size: 7 }));
    expect(total(), 'one alone').to.equal(null);
    transfers.push(fakeTransfer('queued', { size: 8 }));
    expect(total()).to.deep.equal([0, 2, 0, 15]);
  });
});
