import { writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium, type BrowserContext } from 'playwright';
import { requireBrowser } from '../scripts/browser.mjs';
import { chromiumArgs } from '../scripts/chromium-args.mjs';
import { makeCameraFilm } from './camera-film.js';
import { writeDocs } from './docs.js';
import type { Results } from './goals.js';
import { measurements } from './measurements.js';
import { jsonOf, markdownTable, textTable, type Outcome } from './report.js';
import { runMeasurement } from './run.js';
import { scenarios, type Row } from './scenarios.js';
import { startSite } from './site.js';
import { startTracker } from './tracker.js';
import type { World } from './world.js';

export const usage = `npm run bench -- [options]
  --only NAME,...  these scenarios: ${scenarios.map(({ name }) => name).join(', ')}
  --runs N         of each contestant; default 5
  --all            with simple-peer and trystero
  --quick          one run of a few scenarios: does it work at all?
  --json FILE      writes the results
  --docs           writes the table into docs/benchmarks.md
  --markdown       prints the table as Markdown
  --no-build       measures dist/ as it is`;

/** Fast scenarios that together exercise every part of the bench. */
const QUICK: readonly Row[] = ['first-4mb', 'rtt40-10mbit-ping', 'snap-to-shown', 'join'];

const options = {
  only: { type: 'string' },
  runs: { type: 'string', default: '5' },
  all: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  json: { type: 'string' },
  docs: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
  'no-build': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** All scenarios except those that take too long. */
const usual: readonly Row[] = scenarios
  .filter((scenario) => !('onlyIfAsked' in scenario))
  .map(({ name }) => name);

/** Parses the command line. Throws with a message if it is invalid. */
export function parse(args: readonly string[]) {
  const { values } = parseArgs({ args: [...args], options });
  const names = values.only?.split(',') ?? (values.quick ? QUICK : usual);
  const wrong = names.find((name) => !scenarios.some((scenario) => scenario.name === name));
  if (wrong !== undefined) throw new Error(`No scenario "${wrong}".\n\n${usage}`);
  const runs = values.quick ? 1 : Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs takes a number: not "${values.runs}"`);
  return { ...values, runs, names: new Set(names) };
}

/**
 * Measures and reports. Returns false if something could not be measured; a missed goal is a
 * result.
 */
export async function main(asked: ReturnType<typeof parse>): Promise<boolean> {
  const started = performance.now();
  const film = makeCameraFilm();
  const [site, tracker] = await Promise.all([startSite(), startTracker()]);
  const browser = await chromium.launch({
    executablePath: await requireBrowser({ whole: true }),
    args: [...chromiumArgs, `--use-file-for-fake-video-capture=${film.file}`],
  });
  let whole = true;
  const complain = (what: string): void => {
    whole = false;
    console.error(`  ! ${what}`);
  };
  const newContext = (): Promise<BrowserContext> => browser.newContext();
  const world: World = { newContext, site, tracker: tracker.url, complain };

  try {
    const results = new Map<Row, Results>();
    for (const measurement of measurements.filter(({ rows }) => rows.some((row) => asked.names.has(row)))) {
      console.error(`${measurement.rows.join(', ')} (${seconds(started)} s)`);
      const measured = await runMeasurement(measurement, world, {
        ...asked,
        progress(contestant, run, values) {
          const numbers = Object.values(values).map((value) => value.toFixed(1));
          console.error(`  ${run + 1}/${asked.runs} ${contestant}: ${numbers.join(', ')}`);
        },
      });
      for (const [row, known] of measured) results.set(row, known);
    }
    const outcomes = scenarios
      .filter(({ name }) => asked.names.has(name))
      .map((scenario): Outcome => ({ scenario, results: results.get(scenario.name) ?? {} }));
    await report(outcomes, asked, browser.version());
  } finally {
    await browser.close();
    await Promise.all([site.close(), tracker.close()]);
    film.remove();
  }
  console.error(`${seconds(started)} s`);
  return whole;
}

async function report(
  outcomes: readonly Outcome[],
  { json, docs, markdown, runs }: ReturnType<typeof parse>,
  browserVersion: string,
): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const browser = `Chromium ${browserVersion}`;
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores, ${platform()} ${arch()}`;
  const about = `${date}, ${browser}, ${machine}, Node ${process.version}; medians of ${runs} runs, ours with least and most.`;
  const page = `${about}\n\n${markdownTable(outcomes)}`;
  console.log(markdown ? page : `${textTable(outcomes)}\n\n${about}`);
  if (docs) await writeDocs('npm run bench', page);
  if (json) {
    const written = { date, browser, machine, node: process.version, scenarios: outcomes.map(jsonOf) };
    writeFileSync(json, `${JSON.stringify(written, null, 2)}\n`);
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0);
}
