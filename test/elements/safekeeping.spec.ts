import { expect } from '@open-wc/testing';
import { SMALL, Safekeeping } from '../../src/elements/safekeeping.js';
import { randomId } from '../../src/snap-item.js';
import { offerOf } from '../store/offers.js';

describe('private files that do not answer', () => {
  const getDirectory = navigator.storage.getDirectory.bind(navigator.storage);
  let keeping: Safekeeping;
  beforeEach(() => {
    navigator.storage.getDirectory = () => new Promise(() => undefined);
    keeping = new Safekeeping({ tab: randomId(), room: randomId() });
  });
  afterEach(() => {
    navigator.storage.getDirectory = getDirectory;
  });

  it('hold up nothing that fits into memory, and what does not only for a moment', async () => {
    const large = keeping.openSink(offerOf(SMALL + 1));
    const sinks = [keeping.openSink(offerOf(SMALL)), large];
    const first = await Promise.race(sinks.map(async (sink, at) => (await sink, at)));
    expect(first).to.equal(0);
    const sink = await large;
    await sink.write(0, new Uint8Array(1_048_576), '0'.repeat(64));
    expect((await sink.finish()).size).to.equal(1_048_576);
  });
});
