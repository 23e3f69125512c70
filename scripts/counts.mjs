// Counts the tests that passed and failed. Reporters inside the test runners write the counts to a
// file, from which scripts/jobs.mjs reads them.
import { readFileSync, writeFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * The environment variable that names the file. It is not set when a person runs a test runner.
 */
export const countsFile = 'SNAPTRAIL_COUNTS';

/** @param {string} file @returns {Counts} */
export const readCounts = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Synchronous, since `--test-force-exit` does not wait for streams.
 * @param {Counts} counts
 */
function write(counts) {
  const file = process.env[countsFile];
  if (file) writeFileSync(file, JSON.stringify(counts));
}

/**
 * A reporter for node:test that prints nothing. The runner ends with diagnostics such as `pass 12`,
 * `fail 0` and `cancelled 0`.
 *
 * @param {AsyncIterable<{ type: string, data?: any }>} events
 */
export default async function* nodeCounter(events) {
  /** @type {Record<string, number>} */
  const last = {};
  for await (const { type, data } of events) {
    if (type !== 'test:diagnostic') continue;
    const [, what = '', count] = /^(pass|fail|cancelled) (\d+)$/.exec(data.message) ?? [];
    if (!what) continue;
    last[what] = Number(count);
    write({ passed: last['pass'] ?? 0, failed: (last['fail'] ?? 0) + (last['cancelled'] ?? 0) });
  }
  yield '';
}

/**
 * A reporter for @web/test-runner that prints nothing.
 * @returns {import('@web/test-runner').Reporter}
 */
export function wtrCounter() {
  return {
    stop({ sessions }) {
      let passed = 0;
      let failed = 0;
      for (const { testResults, passed: whole } of sessions) {
        const results = testResults ? allTests(testResults).filter(({ skipped }) => !skipped) : [];
        const passes = results.filter((test) => test.passed).length;
        passed += passes;
        // A file that does not load, or whose page crashes, fails without a failed test.
        failed += Math.max(results.length - passes, whole ? 0 : 1);
      }
      write({ passed, failed });
    },
  };
}

/**
 * @param {import('@web/test-runner').TestSuiteResult} suite
 * @returns {import('@web/test-runner').TestResult[]}
 */
const allTests = (suite) => [...suite.tests, ...suite.suites.flatMap(allTests)];
