/**
 * What `make` makes of each of `inputs`, in their order, whichever is made first; so many `ahead`
 * of the one that is waited for are being made already. `make` must not reject.
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
