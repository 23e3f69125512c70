// Counts the tests that passed and failed, and names those that failed. Reporters inside the test
// runners write both to a file, from which scripts/jobs.mjs reads them.
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * `failures`: a line for each test that failed, with the first line of its error.
 * @typedef {{ passed: number, failed: number, failures: string[] }} Counts
 */

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
  /** @type {string[]} */
  const failures = [];
  for await (const { type, data } of events) {
    if (type === 'test:fail') {
      const { failureType, cause } = data.details.error;
      // A suite fails with its tests, which are named already.
      if (failureType !== 'subtestsFailed') failures.push(line(data.name, cause ?? data.details.error));
    }
    if (type !== 'test:diagnostic') continue;
    const [, what = '', count] = /^(pass|fail|cancelled) (\d+)$/.exec(data.message) ?? [];
    if (!what) continue;
    last[what] = Number(count);
    const failed = (last['fail'] ?? 0) + (last['cancelled'] ?? 0);
    write({ passed: last['pass'] ?? 0, failed, failures });
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
      /** @type {string[]} */
      const failures = [];
      for (const { testFile = '', testResults, passed: whole, errors } of sessions) {
        const results = testResults ? allTests(testResults).filter(({ skipped }) => !skipped) : [];
        const failing = results.filter((test) => !test.passed);
        passed += results.length - failing.length;
        // A file that does not load, or whose page crashes, fails without a failed test.
        failed += Math.max(failing.length, whole ? 0 : 1);
        const file = testFile.replace(/^.*?\/(?=test\/)/, '');
        for (const { name, error } of failing) failures.push(line(`${file}: ${name}`, error));
        if (!whole && failing.length === 0) failures.push(line(file, errors?.[0]));
      }
      write({ passed, failed, failures });
    },
  };
}

/**
 * @param {import('@web/test-runner').TestSuiteResult} suite
 * @returns {import('@web/test-runner').TestResult[]}
 */
const allTests = (suite) => [...suite.tests, ...suite.suites.flatMap(allTests)];

/** @param {string} title @param {{ message?: string } | undefined} error */
const line = (title, error) => `${title}: ${error?.message?.split('\n', 1)[0] ?? 'failed'}`;
