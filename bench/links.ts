// `npm run bench:links [-- --docs]` runs the real lanes and controller over simulated links, in
// simulated time. The results are the same on every machine.
import { crowd, detour, meeting, oneTransfer, rateDrop } from '../test/transfer/simulation/runs.js';
import type { Outcome, Run } from '../test/transfer/simulation/runs.js';
import { writeDocs } from './docs.js';

const ROUND_TRIPS = [1, 20, 100, 300];
const LOSSES = [0, 0.01, 0.03];
/** In bytes, by the rate in Mbit/s: a few seconds each. */
const SIZES = { 1: 1_000_000, 10: 8_000_000, 100: 32_000_000 } as const;
const RATES = [1, 10, 100] as const;

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function shown({ share, wait }: Outcome): string {
  return `${percent(share)}, ${wait.mean.toFixed(0)} / ${wait.p95.toFixed(0)} ms`;
}

/**
 * For every link of the matrix: the share of the ideal throughput, and the mean and 95th percentile
 * of the queueing delay.
 */
function single(): string {
  const rows = ROUND_TRIPS.flatMap((roundTrip) =>
    LOSSES.map((loss) => [
      `${roundTrip} ms`,
      percent(loss),
      ...RATES.map((rate) => shown(oneTransfer({ roundTrip, loss, rate, size: SIZES[rate] }))),
    ]),
  );
  return table(['round trip', 'loss', ...RATES.map((rate) => `${rate} Mbit/s`)], rows);
}

/** The rate drops to a tenth half-way. */
function drops(): string {
  const rows = [20, 100].map((roundTrip) => {
    const run: Run = { roundTrip, loss: 0, rate: 10, size: 8_000_000 };
    const { drained, highest, share } = rateDrop(run);
    return [`${roundTrip} ms`, `${highest.toFixed(0)} ms`, `${drained.toFixed(0)} ms`, percent(share)];
  });
  return table(['round trip', 'longest wait', 'until below 200 ms', 'share of the lower rate'], rows);
}

/** The path becomes longer half-way. */
function detours(): string {
  const rows = [
    [5, 60],
    [20, 40],
    [20, 80],
    [40, 40],
    [40, 200],
    [100, 50],
  ].map(([roundTrip, longer]) => {
    const run: Run = { roundTrip: roundTrip!, loss: 0, rate: 20, size: 20_000_000 };
    return [`${roundTrip} ms`, `${roundTrip! + longer!} ms`, percent(detour(run, longer!))];
  });
  return table(['round trip', 'later', 'share from then on'], rows);
}

/** Two transfers on one link; the second starts 4 s after the first. */
function meetings(): string {
  const rows = [20, 100].map((roundTrip) => {
    const run: Run = { roundTrip, loss: 0, rate: 10, size: 1_000_000_000 };
    const { share, used, wait } = meeting(run, 4000, 20_000);
    return [
      `${roundTrip} ms`,
      percent(share),
      percent(used),
      `${wait.mean.toFixed(0)} / ${wait.p95.toFixed(0)} ms`,
    ];
  });
  return table(['round trip', 'the second has', 'both use', 'wait, mean / p95'], rows);
}

/** One page sends to several over one uplink. */
function crowds(): string {
  const rows = [2, 4, 8, 12].map((count) => {
    const { wait, least } = crowd({ roundTrip: 40, loss: 0, rate: 10, size: 1_000_000_000 }, count, 30_000);
    return [count, `${wait.toFixed(0)} ms`, percent(least)];
  });
  return table(['recipients', 'wait, mean', 'of an equal share, the one with least'], rows);
}

const page = [
  'Share of the ideal (all bytes one after the other at the full rate, and one round trip), and the wait in the link’s queue of 256 KiB, mean / p95:',
  single(),
  'The rate drops from 10 to 1 Mbit/s half-way:',
  drops(),
  'The path becomes longer half-way, at 20 Mbit/s, as on a Wi-Fi that is being walked away from:',
  detours(),
  'A second transfer joins the first on a link of 10 Mbit/s:',
  meetings(),
  'One page sends to several over its uplink of 10 Mbit/s, 40 ms:',
  crowds(),
].join('\n\n');
console.log(page);
if (process.argv.includes('--docs')) await writeDocs('npm run bench:links', page);
