/**
 * Whether the tests run in their long form (`npm run test:long`). `npm test`, and so CI, runs the
 * short one: fewer cases of a kind, and smaller amounts.
 */
export const LONG = process.env.LONG === '1';

/** An option of `it`, for a test that only the long form runs. */
export const onlyLong = { skip: !LONG && 'runs in npm run test:long' };

/** All cases in the long form, and in the short one so many of them, evenly spread. */
export function sample<T>(cases: readonly T[], count: number): readonly T[] {
  if (LONG || cases.length <= count) return cases;
  return Array.from({ length: count }, (_, at) => cases[Math.floor((at * cases.length) / count)]!);
}
