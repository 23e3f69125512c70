/**
 * In ms: for how long anybody waits for the browser's storage. It opens within 50 ms, on a phone
 * that has just been started within a second; but one whose profile is damaged, or locked by
 * another version of the page, may never answer, and whoever sees nothing happen for longer than
 * this takes the page for broken.
 */
export const STORAGE_PATIENCE = 2_000;

/**
 * What `promise` resolves to, or `otherwise` once that takes longer than `patience`, in ms. What
 * comes of it later is for whoever else waits. Rejects as `promise` does, if in time.
 */
export function inTime<T, U>(promise: Promise<T>, patience: number, otherwise: U): Promise<T | U> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(otherwise), patience);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
