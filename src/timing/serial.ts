/**
 * Runs asynchronous tasks one at a time, in the order in which they were added. A task that fails
 * does not stop those behind it.
 */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Settles as the task does. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/**
 * Yields what `make` makes of each input, in the order of the inputs, whichever is ready first.
 * While one is awaited, the next `ahead` are being made already. `make` must not reject.
 */
export async function* inOrder<Input, Output>(
  inputs: readonly Input[],
  ahead: number,
  make: (input: Input) => Promise<Output>,
): AsyncGenerator<Output> {
  const begun: Promise<Output>[] = [];
  for (const input of inputs) {
    if (begun.length > ahead) yield await begun.shift()!;
    begun.push(make(input));
  }
  for (const output of begun) yield await output;
}
