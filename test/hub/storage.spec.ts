import { expect } from '@open-wc/testing';
import { SMALL, HubStorage } from '../../src/hub/storage.js';
import { randomId } from '../../src/item.js';
import { SEGMENT } from '../../src/transfer/sinks/segments.js';
import type { SnapError } from '../../src/errors.js';
import { hurry } from '../store/support/hurry.js';
import { offerOf, writePieces } from '../store/support/offers.js';

describe('private files (OPFS) that never open', () => {
  const getDirectory = navigator.storage.getDirectory.bind(navigator.storage);
  let hubStorage: HubStorage;
  beforeEach(() => {
    navigator.storage.getDirectory = () => new Promise(() => undefined);
    hubStorage = new HubStorage({ tab: randomId(), room: randomId() });
  });
  afterEach(() => {
    navigator.storage.getDirectory = getDirectory;
  });

  it('do not delay a file that fits into memory, and delay a larger one only for a moment', async () => {
    const large = hubStorage.openSink(offerOf(SMALL + 1));
    const sinks = [hubStorage.openSink(offerOf(SMALL)), large];
    const first = await Promise.race(sinks.map(async (sink, at) => (await sink, at)));
    expect(first).to.equal(0);
    const sink = await large;
    await sink.write(0, new Uint8Array(1_048_576), '0'.repeat(64));
    expect((await sink.finish()).size).to.equal(1_048_576);
  });
});

describe('a disk that cannot be written to', () => {
  const { storage } = navigator;
  const getDirectory = storage.getDirectory.bind(storage);
  const nothing = (): Promise<never> => Promise.reject(new DOMException('It is gone.', 'NotFoundError'));
  let rest = (): void => undefined;
  afterEach(() => {
    rest();
    Reflect.deleteProperty(storage, 'estimate');
    storage.getDirectory = getDirectory;
  });

  const KINDS: Record<string, () => void> = {
    'its quota is small': () => (storage.estimate = () => Promise.resolve({ usage: 0, quota: 1_000_000 })),
    'it does not say how much space is left': () => (storage.estimate = nothing),
    'it never answers how much space is left': () => {
      storage.estimate = () => new Promise(() => undefined);
      rest = hurry(2_000);
    },
    'there are no private files': () => (storage.getDirectory = nothing),
    'its folders cannot be opened': () => {
      storage.getDirectory = async () => {
        const root = await getDirectory();
        root.getDirectoryHandle = nothing;
        return root;
      };
    },
  };
  for (const [what, break_] of Object.entries(KINDS))
    it(`is replaced by memory as far as that goes, when ${what}`, async () => {
      const hubStorage = new HubStorage({ tab: randomId(), room: randomId() });
      break_();
      const offer = offerOf(SMALL + 1);
      const sink = await hubStorage.openSink(offer);
      await sink.write(0, new Uint8Array(1_048_576), '0'.repeat(64));
      expect((await sink.finish()).size).to.equal(1_048_576);
      const error = await hubStorage
        .openSink(offerOf(1_000_000_000))
        .catch((thrown: SnapError) => thrown.code);
      expect(error).to.be.oneOf(['storage-full', 'storage-failed']);
    });

  it('is used again once it can be written to', async () => {
    const hubStorage = new HubStorage({ tab: randomId(), room: randomId() });
    storage.getDirectory = nothing;
    const first = await hubStorage.openSink(offerOf(SMALL + 1));
    expect(first.onDisk ?? false).to.equal(false);
    storage.getDirectory = getDirectory;
    const offer = offerOf(SEGMENT * 3);
    const second = await hubStorage.openSink(offer);
    await writePieces(
      second,
      offer,
      Array.from({ length: 48 }, (_, at) => at),
    );
    await second.finish();
    expect(second.onDisk).to.equal(true);
    await Promise.all([first.discard(), second.discard()]);
  });
});
