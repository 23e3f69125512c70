import { expect } from '@open-wc/testing';
import { fakeItem } from '../../demo/fake-hub.js';
import { Pending } from '../../src/hub/pending.js';
import type { SnapError } from '../../src/errors.js';
import type { SnapItem } from '../../src/item.js';
import { pictureOf } from '../capture/support/pictures.js';

/** A queue, what it tells, and promises for that. */
class Hub {
  readonly sent: string[] = [];
  readonly failed: string[] = [];
  /** The names in it, after each change. */
  readonly listed: string[][] = [];
  readonly queue: Pending = new Pending({
    changed: () => this.#tell(() => this.listed.push(namesOf(this.queue.items))),
    added: () => undefined,
    send: (item) => {
      this.#tell(() => this.sent.push(item.file.name));
      return Promise.resolve();
    },
    failed: (error: SnapError) => this.#tell(() => this.failed.push(error.code)),
  });
  readonly #watchers = new Set<() => void>();

  /** Resolves once that is so. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#watchers.add(resolve));
  }

  #tell(tell: () => void): void {
    tell();
    for (const watcher of this.#watchers) watcher();
    this.#watchers.clear();
  }
}

const namesOf = (items: readonly SnapItem[]): string[] => items.map(({ file }) => file.name);
const text = (name: string): File => new File([name], name, { type: 'text/plain' });

/** A file whose first read ends when `end` is called. */
function slowFile(name: string): { file: File; read: Promise<void>; end: () => void } {
  const file = text(name);
  let tellRead = (): void => undefined;
  let end = (): void => undefined;
  const read = new Promise<void>((resolve) => (tellRead = resolve));
  const ended = new Promise<void>((resolve) => (end = resolve));
  const arrayBuffer = file.arrayBuffer.bind(file);
  file.arrayBuffer = async () => {
    tellRead();
    await ended;
    return arrayBuffer();
  };
  return { file, read, end };
}

function unreadable(name: string): File {
  const file = text(name);
  file.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'));
  return file;
}

describe('the queue, when files are chosen,', () => {
  let hub: Hub;
  beforeEach(() => {
    hub = new Hub();
  });

  it('lists each file as soon as it is decoded', async () => {
    const last = slowFile('c');
    hub.queue.choose([text('a'), text('b'), last.file], false);
    await hub.until(() => hub.queue.items.length === 2);
    expect(hub.listed).to.deep.equal([['a'], ['a', 'b']]);
    last.end();
    await hub.until(() => hub.queue.items.length === 3);
  });

  it('lists them in the order in which they were chosen, whichever is decoded first', async () => {
    const first = slowFile('a');
    hub.queue.choose([first.file, text('b'), new File([await pictureOf('image/png', 9, 9)], 'c')], false);
    hub.queue.choose([text('d')], false);
    await first.read;
    first.end();
    await hub.until(() => hub.queue.items.length === 4);
    expect(hub.listed.at(-1)).to.deep.equal(['a', 'b', 'c', 'd']);
  });

  it('decodes only a few at once, however many there are', async () => {
    const files = Array.from({ length: 30 }, (_, at) => slowFile(String(at)));
    let begun = 0;
    for (const { read } of files) void read.then(() => (begun += 1));
    hub.queue.choose(
      files.map(({ file }) => file),
      false,
    );
    for (const [at, { read, end }] of files.entries()) {
      await read;
      expect(begun).to.be.at.most(at + 5);
      end();
    }
    await hub.until(() => hub.queue.items.length === 30);
  });

  it('reports each file that cannot be read, and lists the others', async () => {
    hub.queue.choose([unreadable('a'), text('b'), unreadable('c')], false);
    await hub.until(() => hub.queue.items.length === 1 && hub.failed.length === 2);
    expect(hub.failed).to.deep.equal(['source-unreadable', 'source-unreadable']);
    expect(namesOf(hub.queue.items)).to.deep.equal(['b']);
  });

  it('sends each file as soon as it is decoded, in that order, when they are to be sent', async () => {
    const last = slowFile('c');
    hub.queue.choose([text('a'), text('b'), last.file], true);
    await hub.until(() => hub.sent.length === 2);
    last.end();
    await hub.until(() => hub.sent.length === 3);
    expect(hub.sent).to.deep.equal(['a', 'b', 'c']);
  });

  it('sends all of them on Send, also those not decoded yet, and nothing that was added later', async () => {
    const last = slowFile('b');
    hub.queue.choose([text('a'), last.file], false);
    await hub.until(() => hub.queue.items.length === 1);
    hub.queue.send(null);
    hub.queue.choose([text('later')], false);
    last.end();
    await hub.until(() => hub.sent.length === 2 && hub.queue.items.length === 1);
    expect(hub.sent).to.deep.equal(['a', 'b']);
    expect(namesOf(hub.queue.items)).to.deep.equal(['later']);
  });

  it('does not send what was removed before its turn', async () => {
    const last = slowFile('b');
    hub.queue.choose([text('a'), last.file], false);
    await hub.until(() => hub.queue.items.length === 1);
    hub.queue.send(null);
    hub.queue.remove(hub.queue.items[0]!);
    last.end();
    await hub.until(() => hub.sent.length === 1);
    expect(hub.sent).to.deep.equal(['b']);
  });
});

describe('the queue, when something is removed,', () => {
  const items = ['a', 'b', 'c', 'd'].map((name) => fakeItem(text(name)));
  let added: [string, boolean][];
  let queue: Pending;
  beforeEach(() => {
    added = [];
    queue = new Pending({
      changed: () => undefined,
      added: (item, chosen) => added.push([item.file.name, chosen]),
      send: () => Promise.resolve(),
      failed: () => undefined,
    });
    for (const [index, item] of items.entries()) queue.add(item, { chosen: index % 2 === 0 });
    added = [];
  });

  for (const removed of [[1], [0, 1], [1, 0], [2, 3], [0, 1, 2, 3], [3, 1]])
    it(`puts ${removed.map((index) => 'abcd'[index]).join(', ')} back to where it was, the last one first`, () => {
      for (const index of removed) queue.remove(items[index]!);
      for (const index of [...removed].reverse()) queue.restore(items[index]!);
      expect(namesOf(queue.items)).to.deep.equal(['a', 'b', 'c', 'd']);
    });

  it('adds it as what it was: captured or chosen', () => {
    for (const item of items) queue.remove(item);
    for (const item of items) queue.restore(item);
    expect(added).to.deep.equal([
      ['a', true],
      ['b', false],
      ['c', true],
      ['d', false],
    ]);
  });

  it('puts nothing back that is here, or was never here', () => {
    queue.restore(items[0]!);
    queue.restore(fakeItem(text('stranger')));
    queue.remove(items[0]!);
    queue.restore(items[0]!);
    queue.restore(items[0]!);
    expect(namesOf(queue.items)).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(added).to.deep.equal([['a', true]]);
  });
});
