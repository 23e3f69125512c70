import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Desk } from '../e2e/support/desk.js';

/** In Mbit/s. */
const RATE = 20;
const SIZE = 5_000_000;

/**
 * Round trips in ms, and how long it may take, in s, to meet and to send {@link SIZE} bytes. With
 * `LONG_PATHS`, the longest one is used for sending too.
 */
const PATHS = [
  { roundTrip: 400, meeting: 15, sending: 15 },
  { roundTrip: 800, meeting: 20, sending: 45 },
  { roundTrip: 1_800, meeting: 40, sending: process.env.LONG_PATHS ? 110 : null },
] as const;

describe('long paths', () => {
  let desk: Desk;

  before(async () => (desk = await Desk.open()));
  after(() => desk.close());

  for (const { roundTrip, meeting, sending } of PATHS)
    it(`connect peers and carry a file in time, with a round trip of ${roundTrip} ms`, async (test) => {
      const began = performance.now();
      const visitor = await desk.visit({ rate: RATE, latency: roundTrip / 2 });
      const met = (performance.now() - began) / 1000;
      test.diagnostic(`met after ${met.toFixed(1)} s`);
      assert.ok(met < meeting, `${met} s to meet`);
      if (sending !== null) {
        const started = performance.now();
        await visitor.sends(SIZE);
        const sent = (performance.now() - started) / 1000;
        test.diagnostic(`${SIZE} bytes in ${sent.toFixed(1)} s`);
        assert.ok(sent < sending, `${sent} s to send`);
      }
      await desk.clear();
    });
});
