// `npm test`: sets the checkout up if need be, then runs every check that needs no other browser
// than Chromium, the cheap ones first. Names as arguments run only those: `node scripts/test.mjs
// server unit`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countsFile, readCounts } from './counts.mjs';
import { endWithNpm } from './end-with-npm.mjs';
import { root, setUp } from './setup.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */

/** Each returns what to add to the total. @type {Record<string, () => Promise<Counts>>} */
const suites = {
  format: () => check('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  lint: async () =>
    add(
      await check('eslint/bin/eslint.js', '.', '--max-warnings=0'),
      await check(
        'dependency-cruiser/bin/dependency-cruise.mjs',
        ...['--config=dependency-cruiser.config.mjs', 'src', 'server', 'demo', 'bench', 'test'],
      ),
    ),
  types: async () =>
    add(
      await check('typescript/bin/tsc', '--noEmit'),
      await check('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.node.json'),
    ),
  server: () => nodeTests(['test/server', 'test/scripts', 'test/docs', 'bench']),
  unit: () => counted([join(root, 'node_modules/@web/test-runner/dist/bin.js')]),
  build: () => step([join(root, 'scripts/build.mjs')]),
  e2e: () => nodeTests(['test/e2e']),
  frameworks: () => nodeTests(['test/frameworks']),
  firefox: () => nodeTests(['test/firefox']),
  relay: () => nodeTests(['test/relay']),
  limits: () => nodeTests(['test/limits']),
  // The long forms of some of the above.
  crash: () => nodeTests(['test/e2e/crash.test.ts'], { CRASH_POINTS: '50' }),
  chaos: () => nodeTests(['test/e2e/room-chaos.test.ts'], { CHAOS_SECONDS: '60' }),
  visitors: () =>
    nodeTests(['test/e2e/visitors.test.ts'], { VISITORS: process.env.VISITORS ?? '300' }, 3_600_000),
};
const usual = ['format', 'lint', 'types', 'server', 'unit', 'build', 'e2e'];
/** Those that drive a Chromium. */
const browsing = ['unit', 'e2e', 'frameworks', 'firefox', 'relay', 'limits', 'crash', 'chaos', 'visitors'];

const scratch = mkdtempSync(join(tmpdir(), 'snaptrail-test-'));
/** @type {import('node:child_process').ChildProcess | undefined} */
let running;

process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => {
    running?.kill(signal);
    process.exit(1);
  });

/**
 * Runs Node with `args`, and tells whether it ended well.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function succeeds(args, env) {
  return new Promise((resolve) => {
    running = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    running.on('close', (code) => resolve(code === 0));
  });
}

/** What has no tests to count counts as one. @param {string[]} args @returns {Promise<Counts>} */
async function step(args) {
  return (await succeeds(args)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @param {string} script in node_modules @param {string[]} args */
function check(script, ...args) {
  return step([join(root, 'node_modules', script), ...args]);
}

/**
 * Every *.test.ts in these folders, and these files, by Node's own runner.
 *
 * @param {string[]} places
 * @param {NodeJS.ProcessEnv} [env]
 * @param {number} [patience] in ms
 * @returns {Promise<Counts>}
 */
async function nodeTests(places, env, patience = 600_000) {
  const files = places.flatMap(testFilesIn);
  if (files.length === 0) {
    console.error(`No *.test.ts in ${places.join(', ')}`);
    return { passed: 0, failed: 1 };
  }
  const args = [
    ...['--import', 'tsx', '--test', '--test-concurrency=1'],
    // `peer` keeps timers that nobody can clear, and a process with timers does not end by itself.
    '--test-force-exit',
    // For a whole file, the last resort: each suite has its own, shorter, by which one sees which
    // test waited in vain.
    `--test-timeout=${patience}`,
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./scripts/counts.mjs', '--test-reporter-destination=stdout'],
    ...files,
  ];
  return counted(args, env);
}

/** @param {string} place */
function testFilesIn(place) {
  if (!existsSync(join(root, place))) return [];
  if (place.endsWith('.test.ts')) return [place];
  return readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(place, file));
}

/**
 * Runs a test runner that one of the reporters in counts.mjs listens to.
 *
 * @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Promise<Counts>}
 */
async function counted(args, env) {
  const file = join(scratch, 'counts.json');
  rmSync(file, { force: true });
  const ok = await succeeds(args, { ...env, [countsFile]: file });
  const counts = existsSync(file) ? readCounts(file) : { passed: 0, failed: 0 };
  // A runner may fail as a whole, before or beside its tests; and one that ran no test has shown
  // nothing.
  return ok && counts.passed > 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) };
}

/** @param {Counts} a @param {Counts} b @returns {Counts} */
const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

/** @param {string[]} names */
async function main(names) {
  const unknown = names.find((name) => !(name in suites));
  if (unknown) throw new Error(`No suite "${unknown}"; there are: ${Object.keys(suites).join(', ')}`);
  await setUp();
  // Found once, and the same for every suite.
  if (browsing.some((name) => names.includes(name))) {
    const { requireBrowser } = await import('./browser.mjs');
    process.env.CHROME_PATH = await requireBrowser();
  }
  if (names.includes('firefox')) {
    const { requireFirefox } = await import('./firefox.mjs');
    process.env.FIREFOX_PATH = await requireFirefox();
  }
  if (names.includes('relay')) {
    const { requireCoturn } = await import('./coturn.mjs');
    process.env.TURNSERVER_PATH = await requireCoturn();
  }

  /** @type {Counts} */
  let total = { passed: 0, failed: 0 };
  for (const name of names) {
    const started = performance.now();
    console.log(`\n== ${name}`);
    const counts = await /** @type {() => Promise<Counts>} */ (suites[name])();
    total = add(total, counts);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const verdict = counts.failed > 0 ? 'FAILED' : 'ok';
    console.log(`== ${name}: ${verdict}, ${counts.passed} of ${counts.passed + counts.failed}, ${seconds} s`);
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0;
}

try {
  endWithNpm();
  const names = process.argv.slice(2);
  process.exitCode = (await main(names.length > 0 ? names : usual)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
