import { expect } from '@open-wc/testing';
import { WaitingLine } from '../../../src/transfer/receive/waiting-line.js';
import { task } from '../../timing/support/virtual-time.js';

describe('a waiting line', () => {
  let line: WaitingLine;
  let inside: string[];
  const holders: Record<string, object> = { a: {}, b: {}, c: {}, d: {} };

  beforeEach(() => {
    line = new WaitingLine(100);
    inside = [];
  });

  function enter(name: string, weight: number): void {
    void line.enter(holders[name]!, weight).then(() => inside.push(name));
  }

  it('lets in what there is room for', async () => {
    enter('a', 60);
    enter('b', 40);
    enter('c', 1);
    await task();
    expect(inside).to.deep.equal(['a', 'b']);
  });

  it('keeps its order, though something smaller would fit', async () => {
    enter('a', 60);
    enter('b', 50);
    enter('c', 10);
    await task();
    expect(inside).to.deep.equal(['a']);
    line.leave(holders.a!);
    await task();
    expect(inside).to.deep.equal(['a', 'b', 'c']);
  });

  it('lets everybody on who waited for somebody that went away', async () => {
    enter('a', 60);
    enter('b', 50);
    enter('c', 10);
    line.leave(holders.b!);
    await task();
    expect(inside).to.include.members(['a', 'c']);
  });

  it('has room for who comes back, and none for others until then', async () => {
    enter('a', 100);
    await task();
    line.leave(holders.a!);
    line.reenter(holders.a!, 100);
    enter('b', 1);
    await task();
    expect(inside).to.deep.equal(['a']);
    line.leave(holders.a!);
    line.leave(holders.a!);
    await task();
    expect(inside).to.deep.equal(['a', 'b']);
  });
});
