import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { LONG } from '../support/form.js';
import { Stage, items, peers } from './support/stage.js';

const MB = 1_000_000;
const DAY = 86_400_000;

/** Runs in a page: moves its clock by so many ms. */
function leap(by: number): void {
  const Genuine = Date;
  globalThis.Date = class extends Genuine {
    constructor(...when: unknown[]) {
      super(...((when.length > 0 ? when : [Genuine.now() + by]) as [number]));
    }
    static override now(): number {
      return Genuine.now() + by;
    }
  } as DateConstructor;
}

const states = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .querySelector<SnapConnection>('snap-connection')!
      .transfers.map(({ state, error }) => error?.code ?? state),
  );

describe('a transfer that waits while the clock leaps', { timeout: 600_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open({ camerasOff: true });
  });
  afterEach(() => stage.clear());
  after(() => stage.close());

  for (const days of [3, -3]) {
    const cases = [
      ['in the page', (page: Page) => page.evaluate(leap, days * DAY)],
      [
        'before a reload',
        async (page: Page) => {
          await page.evaluate(leap, days * DAY);
          await page.addInitScript(leap, days * DAY);
          await page.reload();
        },
      ],
      [
        'during a reload',
        async (page: Page) => {
          await page.addInitScript(leap, days * DAY);
          await page.reload();
        },
      ],
    ] as const;
    // The short form goes forward in the page, and back during a reload.
    for (const [when, happen] of LONG ? cases : [cases[days > 0 ? 0 : 2]])
      // claim: #clock-leap-during-reload
      it(`is delivered after a leap of ${days} days ${when}`, async () => {
        const [one, two] = await stage.meet(2, { upload: 2 * MB });
        await one!.evaluate((size) => {
          const bytes = Array.from({ length: size / 50_000 }, () =>
            crypto.getRandomValues(new Uint8Array(50_000)),
          );
          document.querySelector<SnapConnection>('snap-connection')!.send(new File(bytes, 'waits.bin'));
        }, 4 * MB);
        await two!.waitForFunction(
          (least) =>
            document
              .querySelector<SnapConnection>('snap-connection')!
              .transfers.some((each) => each.loaded > least),
          MB,
        );
        await two!.goto('about:blank');
        await one!.waitForFunction(
          () => document.querySelector<SnapConnection>('snap-connection')!.transfers[0]!.state === 'queued',
        );
        await happen(one!);
        await one!.waitForFunction(
          () => document.querySelector<SnapConnection>('snap-connection')?.transfers.length === 1,
        );
        await two!.goBack();
        await Promise.all([peers(one!, 1), items(two!, 1)]);
        await one!.waitForFunction(
          () =>
            document.querySelector<SnapConnection>('snap-connection')!.transfers[0]!.state === 'delivered',
        );
        assert.deepEqual(await states(one!), ['delivered']);
      });
  }
});
