// `npm run fuzz -- [--minutes N] [--seed N]`: what no peer may ever do to a page, tried with ever
// new cases until the time is over (by default never). Fails with the least case that it finds, and
// the seed that leads there again.
import { parseArgs } from 'node:util';
import { endWithNpm } from './end-with-npm.mjs';
import { setUp } from './setup.mjs';

/** Cases in one round, over all properties. */
const ROUND = 10_000;

try {
  endWithNpm();
  const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
  const minutes = Number(values.minutes ?? Infinity);
  const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  if (!(minutes > 0) || !Number.isInteger(first)) throw new Error('--minutes and --seed take numbers.');
  await setUp();
  const { register } = await import('tsx/esm/api');
  register();
  const { properties } = await import('../test/transfer/simulation/models/properties.js');

  const end = performance.now() + minutes * 60_000;
  const parts = properties.reduce((sum, { share }) => sum + share, 0);
  let cases = 0;
  for (let seed = first; performance.now() < end; seed++) {
    for (const property of properties) {
      const numRuns = Math.ceil((ROUND * property.share) / parts);
      await property.hold({ numRuns, seed });
      cases += numRuns;
    }
    console.log(`seed ${seed}: ${cases} cases, all well`);
  }
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof Error && error.cause) console.error(error.cause);
  process.exit(1);
}
