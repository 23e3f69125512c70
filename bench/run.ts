import type { BrowserContext } from 'playwright';
import type { Results } from './goals.js';
import type { Measurement, Values } from './measurements/measurement.js';
import type { Row } from './scenarios.js';
import { summarise } from './statistics.js';
import type { World } from './world.js';

/**
 * In ms: longer than any run may take, its patience included. Then something hangs, and the bench
 * goes on without it.
 */
const STUCK = 120_000;

export interface RunOptions {
  readonly runs: number;
  /** With the contestants that are asked for by `--all`. */
  readonly all: boolean;
  /** Told after each run of a contestant. */
  readonly progress: (contestant: string, run: number, values: Values) => void;
}

/**
 * Runs one measurement: each run is a round of the contestants in turn, and each round begins with
 * another of them, so that whatever else the machine does meets all of them alike. Those whose runs
 * go side by side follow, one contestant after the other. A run that fails is told of, and missing
 * in the results.
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

/** One run. One that fails leaves no page behind, and no value. */
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
  const { patience = STUCK } = measurement;
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`did not end within ${patience / 1000} s`)), patience);
  });
  const running = measurement.run({ ...world, newContext }, contestant, run);
  try {
    return await Promise.race([running, stuck]);
  } catch (error) {
    // Playwright appends the browser's whole log.
    const [what = ''] = String(error).split('\n');
    world.complain(`${contestant}, run ${run + 1}: ${what}`);
    // What goes on in pages that are now closed fails once more, and nobody waits for it.
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
