import { expect } from '@open-wc/testing';
import { DecodingBudget, DecodingTimeout } from '../../../src/capture/image/decoding.js';

/** Decoders that end when the test says so. */
class Decoders {
  readonly begun: string[] = [];
  readonly #ends = new Map<string, (end: () => string) => void>();

  decode(name: string): () => Promise<string> {
    const ended = new Promise<() => string>((resolve) => this.#ends.set(name, resolve));
    return async () => {
      this.begun.push(name);
      return (await ended)();
    };
  }

  async end(...names: string[]): Promise<void> {
    for (const name of names) this.#ends.get(name)!(() => name);
    await settled();
  }

  async fail(name: string): Promise<void> {
    this.#ends.get(name)!(() => {
      throw new Error(name);
    });
    await settled();
  }
}

/** Runs pending microtasks. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('DecodingBudget', () => {
  let decoders: Decoders;
  let budget: DecodingBudget;
  beforeEach(() => {
    decoders = new Decoders();
    budget = new DecodingBudget(100);
  });

  /** Starts a decoding in the queue that is the first letter of `name`. */
  function run(name: string, cost: number, signal?: AbortSignal): Promise<string> {
    const result = budget.run(decoders.decode(name), { cost, queue: name[0]!, signal });
    result.catch(() => undefined);
    return result;
  }

  it('runs what fits in the budget, and the rest when memory is released', async () => {
    const results = [run('a1', 60), run('b1', 40), run('c1', 40)];
    expect(decoders.begun).to.deep.equal(['a1', 'b1']);
    await decoders.end('a1');
    expect(decoders.begun).to.deep.equal(['a1', 'b1', 'c1']);
    await decoders.end('b1', 'c1');
    expect(await Promise.all(results)).to.deep.equal(['a1', 'b1', 'c1']);
  });

  it('runs at most three at once, however small', () => {
    for (const name of ['a1', 'b1', 'c1', 'd1']) void run(name, 0);
    expect(decoders.begun).to.deep.equal(['a1', 'b1', 'c1']);
  });

  it('runs at most two of one queue at once', () => {
    for (const name of ['a1', 'a2', 'a3', 'b1']) void run(name, 1);
    expect(decoders.begun).to.deep.equal(['a1', 'a2', 'b1']);
  });

  it('runs a picture that is larger than the budget alone', async () => {
    void run('a1', 1);
    void run('b1', 1000);
    void run('c1', 1);
    expect(decoders.begun).to.deep.equal(['a1']);
    await decoders.end('a1');
    expect(decoders.begun).to.deep.equal(['a1', 'b1']);
    await decoders.end('b1');
    expect(decoders.begun).to.deep.equal(['a1', 'b1', 'c1']);
  });

  it('does not let small pictures overtake a large one for ever', async () => {
    void run('a1', 60);
    void run('b1', 80);
    void run('c1', 10);
    expect(decoders.begun).to.deep.equal(['a1']);
    await decoders.end('a1');
    expect(decoders.begun).to.deep.equal(['a1', 'b1', 'c1']);
  });

  it('serves each queue in order of arrival', async () => {
    for (const name of ['a1', 'a2', 'a3']) void run(name, 100);
    await decoders.end('a1');
    await decoders.end('a2');
    expect(decoders.begun).to.deep.equal(['a1', 'a2', 'a3']);
  });

  // claim: #decode-turns
  it('serves a later picture of another queue before the rest of a long queue', async () => {
    for (const name of ['a1', 'a2', 'a3', 'b1', 'b2', 'b3']) void run(name, 100);
    void run('c1', 10);
    await decoders.end('a1');
    expect(decoders.begun.slice(1)).to.deep.equal(['b1']);
    await decoders.end('b1');
    expect(decoders.begun.slice(2)).to.include('c1');
  });

  it('weighs queues by cost, not by the number of pictures', async () => {
    void run('a1', 100);
    for (const name of ['a2', 'b1', 'b2', 'b3']) void run(name, name === 'a2' ? 100 : 30);
    await decoders.end('a1');
    await decoders.end('b1', 'b2');
    expect(decoders.begun).to.deep.equal(['a1', 'b1', 'b2', 'b3']);
  });

  it('gives no advantage to a queue that was idle', async () => {
    void run('a1', 100);
    await decoders.end('a1');
    void run('b1', 100);
    void run('b2', 100);
    void run('a2', 100);
    await decoders.end('b1');
    expect(decoders.begun.slice(0, 3)).to.deep.equal(['a1', 'b1', 'a2']);
  });

  it('releases the memory of a decoding that rejects or throws', async () => {
    const failed = run('a1', 100);
    void run('b1', 100);
    await decoders.fail('a1');
    expect(await failed.catch((thrown: unknown) => thrown)).to.be.instanceOf(Error);
    expect(decoders.begun).to.deep.equal(['a1', 'b1']);
    await decoders.end('b1');
    const threw = budget.run(
      () => {
        throw new RangeError();
      },
      { cost: 100 },
    );
    expect(await threw.catch((thrown: unknown) => thrown)).to.be.instanceOf(RangeError);
    expect(await budget.run(() => Promise.resolve(1), { cost: 100 })).to.equal(1);
  });

  it('never starts an aborted decoding, and serves the others', async () => {
    const gone = new AbortController();
    void run('a1', 50);
    const given = run('b1', 100, gone.signal);
    void run('c1', 50);
    expect(decoders.begun).to.deep.equal(['a1']);
    gone.abort(new Error('removed'));
    expect(await given.catch(String)).to.equal('Error: removed');
    expect(decoders.begun).to.deep.equal(['a1', 'c1']);
    expect(await run('d1', 1, gone.signal).catch(String)).to.equal('Error: removed');
  });

  // claim: #decode-that-never-ends
  it('rejects a decoding that never ends with DecodingTimeout, and reuses its slot', async () => {
    budget = new DecodingBudget(100, { slot: 1, queue: 100_000 });
    const hangs = run('a1', 100);
    void run('b1', 100);
    expect(await hangs.catch((thrown: unknown) => thrown)).to.be.instanceOf(DecodingTimeout);
    await settled();
    expect(decoders.begun).to.deep.equal(['a1', 'b1']);
  });

  it('starts nothing from a queue with two stuck decodings until one ends', async () => {
    budget = new DecodingBudget(100, { slot: 1, queue: 100_000 });
    for (const name of ['a1', 'a2', 'a3']) void run(name, 100);
    await run('b1', 100).catch(() => undefined);
    expect(decoders.begun).to.deep.equal(['a1', 'b1', 'a2']);
    await decoders.end('a1');
    expect(decoders.begun).to.include('a3');
  });

  it('starts the next of a queue with stuck decodings after a longer timeout', async () => {
    budget = new DecodingBudget(100, { slot: 1, queue: 2 });
    const results = ['a1', 'a2', 'a3'].map((name) => run(name, 100).catch(() => name));
    expect(await Promise.all(results)).to.deep.equal(['a1', 'a2', 'a3']);
    expect(decoders.begun).to.deep.equal(['a1', 'a2', 'a3']);
  });
});
