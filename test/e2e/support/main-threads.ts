import type { Browser, Page } from 'playwright';

/** A task of a page's main thread. */
export interface Task {
  /** In ms: how long it ran, and how much of it on a processor. */
  readonly took: number;
  readonly cpu: number;
  /** What of it took 5 ms or more. */
  readonly within: string;
}

/** An event of Chromium's traces, those with a duration. In microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: Record<string, unknown>;
}

const CATEGORIES = ['toplevel', 'blink', 'blink.user_timing', 'cc', 'devtools.timeline', 'v8', 'mojom'];

/**
 * Traces `browser` while `act` runs. Resolves to the longest task of the main thread of each page,
 * of those that began after `act` did.
 */
export async function longestTasks<Name extends string>(
  browser: Browser,
  pages: Record<Name, Page>,
  act: () => Promise<void>,
): Promise<Record<Name, Task>> {
  const named = Object.entries<Page>(pages);
  await browser.startTracing(undefined, { categories: CATEGORIES });
  // Starting it stops the pages for a moment; they answer when that is over.
  for (const [name, page] of named) await page.evaluate((mark) => performance.mark(mark), `begin ${name}`);
  let trace: Buffer;
  try {
    await act();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  return Object.fromEntries(
    named.map(([name]) => [name, longestSince(traceEvents, `begin ${name}`)]),
  ) as Record<Name, Task>;
}

function longestSince(events: readonly TraceEvent[], mark: string): Task {
  const begin = events.find(({ name }) => name === mark);
  if (!begin) throw new Error(`The trace has no “${mark}”`);
  const { pid, tid, ts } = begin;
  const mine = events.filter(
    (each) => each.ph === 'X' && each.pid === pid && each.tid === tid && each.ts > ts,
  );
  const tasks = mine.filter(({ name }) => name.endsWith('RunTask'));
  const longest = tasks.reduce((most, each) => (each.dur! > most.dur! ? each : most));
  const end = longest.ts + longest.dur!;
  const within = mine
    .filter((each) => each.ts >= longest.ts && each.ts + each.dur! <= end && each.dur! >= 5000)
    .sort((a, b) => b.dur! - a.dur!)
    .map(({ name, dur, args }) => `${source(args) ?? name} ${(dur! / 1000).toFixed(0)} ms`);
  return {
    took: longest.dur! / 1000,
    cpu: (longest.tdur ?? 0) / 1000,
    within: [...new Set(within)].slice(0, 8).join(', '),
  };
}

/** The function of Chromium that posted the task. */
function source(args: Record<string, unknown> = {}): string | undefined {
  return typeof args.src_func === 'string' ? args.src_func : undefined;
}
