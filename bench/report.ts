import type { Goal, Results, Verdict } from './goals.js';
import type { Scenario } from './scenarios.js';
import type { Summary } from './statistics.js';

/** A scenario and its measurements. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly results: Results;
}

/**
 * The columns of the table, in order; empty ones are left out. `alone` is not a contestant: the
 * goal of its row reports it.
 */
const CONTESTANTS = ['snaptrail', 'peerjs', 'codelab', 'buffered', 'simple-peer', 'trystero', 'limit'];

/** The table for a terminal. */
export function textTable(outcomes: readonly Outcome[]): string {
  const rows = table(outcomes);
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The table for docs/benchmarks.md. */
export function markdownTable(outcomes: readonly Outcome[]): string {
  const [head, ...rows] = table(outcomes, ({ name, what }) => `\`${name}\`: ${what}`);
  return [head!, head!.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** What `--json` writes for each scenario. */
export function jsonOf({ scenario: { name, unit, better, what, goals }, results }: Outcome): object {
  return {
    name,
    unit,
    better,
    what,
    results,
    goals: goals.map((goal) => ({ goal: goal.text, ...judged(goal, results) })),
  };
}

function table(outcomes: readonly Outcome[], title = ({ name }: Scenario): string => name): string[][] {
  const contestants = CONTESTANTS.filter((each) => outcomes.some(({ results }) => each in results));
  const head = ['scenario', ...contestants, 'goal', 'reached', 'met'];
  const rows = outcomes.flatMap(({ scenario, results }) =>
    scenario.goals.map((goal, i) => {
      const { text, met } = judged(goal, results);
      const cells = contestants.map((each) => cell(results[each], scenario, each === 'snaptrail'));
      // A second goal of the same row leaves these cells empty.
      const begin = i === 0 ? [title(scenario), ...cells] : ['', ...cells.map(() => '')];
      return [...begin, goal.text, text, met === null ? '' : met ? 'yes' : 'NO'];
    }),
  );
  return [head, ...rows];
}

function judged(goal: Goal, results: Results): Verdict | { text: string; met: null } {
  return goal.judge(results) ?? { text: 'not measured', met: null };
}

/** The median; with `range`, also the minimum and maximum. */
function cell(summary: Summary | undefined, { unit, timeout = Infinity }: Scenario, range: boolean): string {
  if (!summary) return '';
  const { min, median, max } = summary;
  const [least, middle, most] = [min, median, max].map((value) => value.toFixed(unit === 'MB/s' ? 1 : 0));
  const shown = `${median < timeout ? '' : '> '}${middle} ${unit}`;
  return range ? `${shown} (${least}–${most})` : shown;
}
