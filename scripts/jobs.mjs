// Runs the programs that a test run consists of: two at a time where they do not disturb each
// other, and one after the other where they do.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { countsFile, readCounts } from './counts.mjs';
import { root } from './setup.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */

/**
 * One program that Node runs, as a part of a suite.
 *
 * @typedef {object} Job
 * @property {string} suite
 * @property {string} title what its output is headed with
 * @property {string[]} args for Node
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [counted] whether a reporter of counts.mjs counts its tests; otherwise the
 *   program counts as one
 * @property {boolean} [alone] whether it measures real time, or needs the whole machine: it runs
 *   last, and nothing runs beside it
 * @property {string} [after] the suite that has to be over before it starts
 */

/** More would not end sooner on two cores, and each browser takes memory. */
const AT_ONCE = Math.min(2, availableParallelism());

const scratch = mkdtempSync(join(tmpdir(), 'snaptrail-test-'));
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    process.exit(1);
  });

/**
 * Runs all of them, in this order where it is free, and calls `ondone` as each ends.
 *
 * @param {Job[]} jobs
 * @param {(job: Job, counts: Counts, seconds: number) => void} ondone
 */
export async function runJobs(jobs, ondone) {
  const waiting = [...jobs.filter(({ alone }) => !alone), ...jobs.filter(({ alone }) => alone)];
  /** @type {Set<Job>} */
  const open = new Set(jobs);
  /** @type {Set<Job>} */
  const busy = new Set();
  const isReady = (/** @type {Job} */ { after, alone }) =>
    (!alone || busy.size === 0) && ![...open].some(({ suite }) => suite === after);

  await new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
    const startNext = () => {
      if (open.size === 0) return resolve();
      while (busy.size < AT_ONCE && ![...busy].some(({ alone }) => alone)) {
        const at = waiting.findIndex(isReady);
        const [job] = at < 0 ? [] : waiting.splice(at, 1);
        if (!job) return;
        busy.add(job);
        const started = performance.now();
        void run(job, jobs.length === 1).then((counts) => {
          busy.delete(job);
          open.delete(job);
          ondone(job, counts, (performance.now() - started) / 1000);
          startNext();
        });
      }
    };
    startNext();
  });
}

let made = 0;

/**
 * Runs one and returns how many of its tests passed and failed. `live`: what it prints is shown at
 * once; otherwise as a whole when it ends, so that two do not mix.
 *
 * @param {Job} job
 * @param {boolean} live
 * @returns {Promise<Counts>}
 */
async function run({ title, args, env, counted }, live) {
  const file = join(scratch, `counts-${made++}.json`);
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...(process.stdout.isTTY && !live && { FORCE_COLOR: '1' }),
      ...env,
      ...(counted && { [countsFile]: file }),
    },
  });
  running.add(child);
  /** @type {Buffer[]} */
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
  const ok = await new Promise((resolve) => child.on('close', (code) => resolve(code === 0)));
  running.delete(child);
  if (!live) console.log(`\n-- ${title}\n${Buffer.concat(output).toString().trim()}`);

  if (!counted) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, failures: ok ? [] : ['see above'] };
  const counts = existsSync(file) ? readCounts(file) : { passed: 0, failed: 0, failures: [] };
  if (ok && counts.passed > 0) return counts;
  // A runner may fail as a whole, before its tests or beside them; and a run without a single test
  // has shown nothing.
  const failures = counts.failures.length > 0 ? counts.failures : ['the runner failed: see above'];
  return { ...counts, failed: Math.max(1, counts.failed), failures };
}
