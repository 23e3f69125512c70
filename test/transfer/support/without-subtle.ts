/** Runs something as on a plain-HTTP page, where `crypto.subtle` is missing. */
export async function withoutSubtle(run: () => PromiseLike<unknown>): Promise<void> {
  Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined, configurable: true });
  try {
    await run();
  } finally {
    // What is left is the prototype's.
    delete (globalThis.crypto as { subtle?: SubtleCrypto }).subtle;
  }
}
