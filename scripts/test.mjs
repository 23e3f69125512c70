// `npm test`: sets the checkout up if need be, then runs every check that needs no other browser
// than Chromium. Names as arguments run only those suites: `node scripts/test.mjs server unit`.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { endWithNpm } from './end-with-npm.mjs';
import { runJobs } from './jobs.mjs';
import { root, setUp } from './setup.mjs';

/** @typedef {Omit<import('./jobs.mjs').Job, 'suite'>} Part */

/**
 * Tests of `npm test` that measure real time, or load the whole machine: nothing else may run
 * beside them.
 */
const ALONE = ['memory', 'room', 'room-chaos', 'room-of-twelve', 'trouble', 'twelve-megapixels'].map(
  (name) => `test/e2e/${name}.test.ts`,
);
/** Tests of which `npm test` runs a short form. */
const LONG = [
  'address',
  'appearance',
  'crash',
  'demo-pages',
  'gallery',
  'identity',
  'leaping-clock',
  'memory',
  'older-browsers',
  'reload',
  'room',
  'room-chaos',
  'room-of-twelve',
  'server-answers',
  'text-lines',
  'visitors',
].map((name) => `test/e2e/${name}.test.ts`);

/** What each consists of. @type {Record<string, () => Part[]>} */
const suites = {
  build: () => [{ title: 'build', args: [join(root, 'scripts/build.mjs')] }],
  unit: () => [specs('default'), { ...specs('alone'), alone: true }],
  format: () => [tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.')],
  lint: () => [
    tool('eslint/bin/eslint.js', '.', '--max-warnings=0'),
    tool(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--config=dependency-cruiser.config.mjs', 'src', 'server', 'demo', 'bench', 'test'],
    ),
    tool('knip/bin/knip.js', '--no-progress'),
  ],
  types: () => [
    tool('typescript/bin/tsc', '--noEmit'),
    tool('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.node.json'),
  ],
  server: () => [nodeTests(['test/server', 'test/scripts', 'test/docs', 'bench'])],
  e2e: () =>
    testFilesIn('test/e2e').map((file) => ({
      ...nodeTests([file]),
      alone: ALONE.includes(file),
      after: 'build',
    })),
  frameworks: () => [{ ...nodeTests(['test/frameworks']), after: 'build' }],
  firefox: () => [nodeTests(['test/firefox'])],
  relay: () => [nodeTests(['test/relay'])],
  headed: () => [nodeTests(['test/headed'])],
  limits: () => [{ ...nodeTests(['test/limits']), after: 'build' }],
  long: () =>
    LONG.map((file) => ({
      ...nodeTests([file], { LONG: '1' }),
      alone: ALONE.includes(file),
      after: 'build',
    })),
  crash: () => [nodeTests(['test/e2e/crash.test.ts'], { CRASH_POINTS: '50' })],
  chaos: () => [nodeTests(['test/e2e/room-chaos.test.ts'], { CHAOS_SECONDS: '60' })],
  visitors: () => [
    nodeTests(
      ['test/e2e/visitors.test.ts'],
      { LONG: '1', VISITORS: process.env.VISITORS ?? '300' },
      3_600_000,
    ),
  ],
};
/** The longest begins early, and what others wait for before it. */
const usual = ['build', 'unit', 'format', 'lint', 'types', 'server', 'e2e'];
/** Those that drive a Chromium. */
const browsing = [
  ...[
    'unit',
    'e2e',
    'frameworks',
    'firefox',
    'relay',
    'headed',
    'limits',
    'long',
    'crash',
    'chaos',
    'visitors',
  ],
];

/** @param {string} script in node_modules @param {string[]} args @returns {Part} */
function tool(script, ...args) {
  return {
    title: [script.replace(/\/.*/, ''), ...args].join(' '),
    args: [join(root, 'node_modules', script), ...args],
  };
}

/**
 * The specs that run in a browser, of one group of web-test-runner.config.mjs.
 * @param {string} group
 * @returns {Part}
 */
function specs(group) {
  const runner = join(root, 'node_modules/@web/test-runner/dist/bin.js');
  return { title: `specs (${group})`, args: [runner, '--group', group], counted: true };
}

/**
 * Every *.test.ts in these folders, and these files, by Node's own runner.
 *
 * @param {string[]} places
 * @param {NodeJS.ProcessEnv} [env]
 * @param {number} [timeout] in ms
 * @returns {Part}
 */
function nodeTests(places, env = {}, timeout = 900_000) {
  const files = places.flatMap(testFilesIn);
  if (files.length === 0) throw new Error(`No *.test.ts in ${places.join(', ')}`);
  const args = [
    ...['--import', 'tsx', '--test', '--test-concurrency=1'],
    // `peer` keeps timers that nobody can clear, and a process with timers does not end by itself.
    '--test-force-exit',
    // For a whole file, as the last resort. Each suite has a shorter one of its own, which names
    // the test that hangs.
    `--test-timeout=${timeout}`,
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./scripts/counts.mjs', '--test-reporter-destination=stdout'],
    ...files,
  ];
  return { title: places.join(', '), args, env, counted: true };
}

/** @param {string} place */
function testFilesIn(place) {
  if (!existsSync(join(root, place))) return [];
  if (place.endsWith('.test.ts')) return [place];
  return readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .map((file) => `${place}/${file}`);
}

/** @param {string[]} names */
async function main(names) {
  const unknown = names.find((name) => !(name in suites));
  if (unknown) throw new Error(`No suite "${unknown}"; there are: ${Object.keys(suites).join(', ')}`);
  await setUp();
  // Found once, for every suite.
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
  if (names.includes('headed')) {
    const { requireXdotool, requireXvfb } = await import('./windows.mjs');
    process.env.XVFB_PATH = await requireXvfb();
    process.env.XDOTOOL_PATH = await requireXdotool();
  }

  const jobs = names.flatMap((suite) => suites[suite]?.().map((part) => ({ suite, ...part })) ?? []);
  const totals = new Map(names.map((name) => [name, { passed: 0, failed: 0, seconds: 0 }]));
  /** @type {string[]} */
  const everyFailure = [];
  await runJobs(jobs, ({ suite, title }, { passed, failed, failures }, seconds) => {
    everyFailure.push(...failures.map((failure) => `${title}: ${failure}`));
    const total = totals.get(suite);
    if (!total) return;
    total.passed += passed;
    total.failed += failed;
    total.seconds += seconds;
    console.log(`-- ${title}: ${verdict(failed)}, ${passed} of ${passed + failed}, ${seconds.toFixed(1)} s`);
  });

  console.log('');
  for (const [suite, total] of totals) console.log(`== ${suite}: ${summary(total)}`);
  const counts = [...totals.values()];
  const passed = counts.reduce((sum, each) => sum + each.passed, 0);
  const failed = counts.reduce((sum, each) => sum + each.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  // Once more at the end: a log of thousands of lines may be cut.
  for (const failure of everyFailure) console.log(`FAILED ${failure}`);
  return failed === 0;
}

/** @param {number} failed */
const verdict = (failed) => (failed > 0 ? 'FAILED' : 'ok');

/** @param {{ passed: number, failed: number, seconds: number }} total */
const summary = ({ passed, failed, seconds }) =>
  `${verdict(failed)}, ${passed} of ${passed + failed}, ${seconds.toFixed(1)} s`;

try {
  endWithNpm();
  const names = process.argv.slice(2);
  process.exitCode = (await main(names.length > 0 ? names : usual)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
