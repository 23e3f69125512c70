import type { BrowserContext } from 'playwright';
import type { Results } from './goals.js';
import type { Measurement, Values } from './measurements/measurement.js';
import type { Row } from './scenarios.js';
import { summarise } from './statistics.js';
import type { World } from './world.js';

/**
 * In ms: longer than any run takes, including its timeout. A run that takes longer is stuck, and
 * the bench continues without it.
 */
const STUCK = 120_000;

export interface RunOptions {
  readonly runs: number;
  /** Includes the contestants that `--all` adds. */
  readonly all: boolean;
  /** Called after each run of a contestant. */
  readonly progress: (contestant: string, run: number, values: Values) => void;
}

/**
 * Runs one measurement. The contestants take turns, and each round starts with another one, so that
 * other load on the machine affects all of them equally. Contestants that may run side by side
 * follow, one after the other. A run that fails is reported, and missing in the results.
 */
export async function runMeasurement(
  measurement: Measurement,
  world: World,
  { runs, all, progress }: RunOptions,
): Promise<Map<Row, Results>> {
  const contestants = measurement.contestants(all);
  const together = contestants.filter((each) => measurement.sideBySide?.(each));
  const alone = contestants.filter((each) => !together.includes(each));
  const measured = new Map<string, Values[]>(contestants.map((each) => [each, []]));

  const one = async (contestant: string, run: number): Promise<void> => {
    const values = await attempt(measurement, world, contestant, run);
    measured.get(contestant)!.push(values);
    progress(contestant, run, values);
  };
  for (let run = 0; run < runs; run++) {
    const first = run % alone.length;
    for (const contestant of [...alone.slice(first), ...alone.slice(0, first)]) await one(contestant, run);
  }
  for (const contestant of together) {
    await Promise.all(Array.from({ length: runs }, (_, run) => one(contestant, run)));
  }
  await measurement.end?.();
  return new Map(measurement.rows.map((row) => [row, resultsOf(row, measured)]));
}

/** Runs once. Closes all pages, and returns no value if the run fails. */
async function attempt(
  measurement: Measurement,
  world: World,
  contestant: string,
  run: number,
): Promise<Values> {
  const opened: BrowserContext[] = [];
  const newContext = async (): Promise<BrowserContext> => {
    const context = await world.newContext();
    opened.push(context);
    return context;
  };
  const { timeout = STUCK } = measurement;
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`did not end within ${timeout / 1000} s`)), timeout);
  });
  const running = measurement.run({ ...world, newContext }, contestant, run);
  try {
    return await Promise.race([running, stuck]);
  } catch (error) {
    // Playwright appends the whole log of the browser.
    const [what = ''] = String(error).split('\n');
    world.complain(`${contestant}, run ${run + 1}: ${what}`);
    // Closing the pages makes the abandoned run reject again.
    running.catch(() => undefined);
    await Promise.all(opened.map((context) => context.close()));
    return {};
  } finally {
    clearTimeout(timer);
  }
}

function resultsOf(row: Row, measured: ReadonlyMap<string, readonly Values[]>): Results {
  const summaries = [...measured].flatMap(([contestant, runs]) => {
    const values = runs.map((run) => run[row]).filter((value) => value !== undefined);
    return values.length > 0 ? [[contestant, summarise(values)] as const] : [];
  });
  return Object.fromEntries(summaries);
}
