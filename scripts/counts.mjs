// How many tests passed and failed: told by reporters inside the test runners, through a file, to
// scripts/test.mjs.
import { readFileSync, writeFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * The environment variable that names the file. Absent when somebody runs a test runner by hand.
 */
export const countsFile = 'SNAPTRAIL_COUNTS';

/** @param {string} file @returns {Counts} */
export const readCounts = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * In one synchronous step: `--test-force-exit` does not wait for streams.
 * @param {Counts} counts
 */
function write(counts) {
  const file = process.env[countsFile];
  if (file) writeFileSync(file, JSON.stringify(counts));
}

/**
 * A reporter for node:test that prints nothing. Its runner ends with diagnostics: `pass 12`, `fail
 * 0`, `cancelled 0`.
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
        // A file that could not be loaded, or died half-way, has no failed test and failed all the
        // same.
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
