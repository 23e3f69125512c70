import { expect } from '@open-wc/testing';
import { checkFiles, giveBack, isLost, own, useForSaving, useUntil } from '../../src/hub/file-life.js';

/** A file that takes disk, and whether that was given back. */
function stored(): { file: File; discarded: () => number } {
  const file = new File(['x'], 'film.mp4');
  let count = 0;
  own(file, { onDisk: true, discard: () => count++ });
  return { file, discarded: () => count };
}

function deferred(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let [resolve, reject] = [(): void => undefined, (_: Error): void => undefined];
  const promise = new Promise<void>((...settle) => ([resolve, reject] = settle));
  return { promise, resolve, reject };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('the disk space of a received file', () => {
  it('is freed at once, and only once, when its item is removed', () => {
    const { file, discarded } = stored();
    giveBack(file);
    expect(discarded()).to.equal(1);
    giveBack(file);
    expect(discarded()).to.equal(1);
  });

  it('is not freed while anybody uses the file, however the uses end', async () => {
    const { file, discarded } = stored();
    const [one, other] = [deferred(), deferred()];
    useUntil(file, one.promise);
    useUntil(file, other.promise);
    giveBack(file);
    other.reject(new Error('The person has changed their mind.'));
    await turn();
    expect(discarded()).to.equal(0);
    one.resolve();
    await turn();
    expect(discarded()).to.equal(1);
  });

  it('is freed at once when every use has ended before its item is removed', async () => {
    const { file, discarded } = stored();
    useUntil(file, Promise.resolve());
    await turn();
    giveBack(file);
    expect(discarded()).to.equal(1);
  });

  it('is freed only after the time that a person and a slow disk need to save the file', async () => {
    const { file, discarded } = stored();
    Object.defineProperty(file, 'size', { value: 500_000_000 });
    const later = window.setTimeout.bind(window);
    let [over, delay] = [(): void => undefined, 0];
    window.setTimeout = ((step: () => void, ms: number) => ([over, delay] = [step, ms])) as never;
    useForSaving(file);
    window.setTimeout = later;
    expect(delay).to.equal(160_000);
    giveBack(file);
    await turn();
    expect(discarded()).to.equal(0);
    over();
    await turn();
    expect(discarded()).to.equal(1);
  });
});

describe('a received file that is cleared with the site’s data', () => {
  it('is reported to its hub once, and not at all when its item was removed before', async () => {
    const told: string[] = [];
    const gone = (name: string): File => {
      const file = new File(['x'], name);
      file.slice = () =>
        ({
          arrayBuffer: () => Promise.reject(new DOMException('It is not there.', 'NotFoundError')),
        }) as Blob;
      own(file, { onDisk: true, discard: () => undefined }, () => told.push(name));
      return file;
    };
    const here = new File(['x'], 'here');
    own(here, { onDisk: true, discard: () => undefined }, () => told.push('here'));
    const [lost, removed] = [gone('lost'), gone('removed')];
    giveBack(removed);
    await Promise.all([checkFiles(), checkFiles()]);
    await checkFiles();
    expect(told).to.deep.equal(['lost']);
    expect([here, lost, removed].map(isLost)).to.deep.equal([false, true, false]);
    giveBack(here);
  });
});
