import type { Page } from 'playwright';
import type {} from '../pages/snap-page.js';
import { connect, type Connected } from '../world.js';
import type { Measurement } from './measurement.js';

/** The last one counts as warm. */
const SNAPS = 10;

/** The time from a click on *Snap & Send* to the picture in the other page. */
export const snap: Measurement = {
  rows: ['snap-to-shown', 'snap-to-shown-warm'],
  contestants: () => ['snaptrail', 'codelab'],
  async run(world, contestant) {
    const pages = await connect(world, contestant, {
      pages: [`snap-${contestant}-send`, `snap-${contestant}-show`],
      // The camera is on before the other page joins.
      before: cameraReady,
    });
    const times: number[] = [];
    while (times.length < SNAPS) times.push(await snapAndSend(pages));
    await pages.close();
    return { 'snap-to-shown': times[0]!, 'snap-to-shown-warm': times.at(-1)! };
  },
};

async function cameraReady(page: Page): Promise<void> {
  const size = await page.evaluate(() => snapBench.cameraReady());
  if (size !== '1920x1080') throw new Error(`The camera films ${size}, not 1920x1080`);
}

async function snapAndSend({ sender, receiver }: Connected): Promise<number> {
  const shown = receiver.evaluate(() => snapBench.shown());
  const clicked = sender.evaluate(() => snapBench.clicked());
  await sender.getByRole('button', { name: 'Snap & Send' }).click();
  return (await shown) - (await clicked);
}
