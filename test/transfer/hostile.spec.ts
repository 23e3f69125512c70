import { properties } from './simulation/models/properties.js';

/** Cases in all; `npm run fuzz` goes on for as long as one likes. */
const CASES = 11_000;

// claim: #transfer-fuzz
describe('whatever a peer does', () => {
  const parts = properties.reduce((sum, { share }) => sum + share, 0);
  for (const property of properties)
    it(property.name, async function () {
      this.timeout(120_000);
      // A failure prints its seed and its least case.
      await property.hold({ numRuns: Math.ceil((CASES * property.share) / parts), seed: 20_260_901 });
    });
});
