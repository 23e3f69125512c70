// The source of the numbers in bench/limits.ts. `node --import tsx bench/tune.ts rtt100 [runs]`
// tries the bare pump with every sensible number of lanes and window on that line, and prints the
// minimum and median time in ms.
import { chromium } from 'playwright';
import { requireBrowser } from '../scripts/browser.mjs';
import { chromiumArgs } from '../scripts/chromium-args.mjs';
import { DelayLine } from './delay-line.js';
import { lines, type LineName } from './lines.js';
import { startSite } from './site.js';
import { median } from './statistics.js';
import { MB, transfer } from './transfer.js';
import { connect, type World } from './world.js';

const LANES = [1, 2, 4, 8, 16];
const WINDOWS = [64, 128, 256, 512, 1024].map((kib) => kib * 1024);

/**
 * In bytes, over all lanes: on the line of that name, less leaves it idle and more was never
 * better.
 */
const TOTAL: Record<LineName, readonly [least: number, most: number]> = {
  direct: [256 * 1024, 2048 * 1024],
  rtt40loss1: [512 * 1024, 4096 * 1024],
  rtt100: [1024 * 1024, 4096 * 1024],
  rtt40rate10: [64 * 1024, 512 * 1024],
};

const [name = 'direct', runs = '3'] = process.argv.slice(2);
if (!(name in lines)) throw new Error(`No line "${name}"; there are: ${Object.keys(lines).join(', ')}`);
const lineName = name as LineName;

const site = await startSite();
const browser = await chromium.launch({
  executablePath: await requireBrowser({ whole: true }),
  args: chromiumArgs,
});
const world: World = { newContext: () => browser.newContext(), site, tracker: '', complain: console.error };
const [least, most] = TOTAL[lineName];
const pumps = LANES.flatMap((lanes) => WINDOWS.map((window) => ({ lanes, window }))).filter(
  ({ lanes, window }) => lanes * window >= least && lanes * window <= most,
);

const times = new Map(pumps.map((pump) => [pump, [] as number[]]));
for (let run = 0; run < Number(runs); run++) {
  for (const pump of pumps) times.get(pump)!.push(await once(pump));
}
for (const [{ lanes, window }, known] of times) {
  const figures = [Math.min(...known), median(known)].map((ms) => ms.toFixed(0).padStart(6)).join(' ');
  console.log(`${String(lanes).padStart(2)} x ${String(window / 1024).padStart(4)} KiB ${figures}`);
}
await browser.close();
process.exit();

/** Runs the scenario of that line once. */
async function once(pump: { lanes: number; window: number }): Promise<number> {
  const line = lineName === 'direct' ? undefined : new DelayLine(lines[lineName]);
  const pages = await connect(world, 'limit', { pump, ...(line && { line }) });
  if (lineName === 'rtt100') await transfer(pages, MB);
  const ms = await transfer(pages, (lineName === 'rtt100' ? 8 : 4) * MB, { timeout: 10_000 });
  await pages.close();
  await line?.close();
  return ms;
}
