import { DelayLine } from '../delay-line.js';
import { LIMITS } from '../limits.js';
import { lines } from '../lines.js';
import type {} from '../pages/ping.js';
import { TIMEOUT } from '../scenarios.js';
import { percentile } from '../statistics.js';
import { MB, transfer } from '../transfer.js';
import { connect } from '../world.js';
import { senders, type Measurement } from './measurement.js';

/** All alternatives use one connection, which a slow line limits to less than 1 MB/s. */
function sideBySide(contestant: string): boolean {
  return contestant !== 'snaptrail' && contestant !== 'limit';
}

/** A path to another country with 1 % loss. */
export const lossy: Measurement = {
  rows: ['rtt40-loss1-4mb'],
  contestants: senders,
  sideBySide,
  async run(world, contestant, run) {
    // In each run, all contestants lose the same packets.
    const line = new DelayLine(lines.rtt40loss1, run);
    const pages = await connect(world, contestant, { line, pump: LIMITS.rtt40loss1 });
    const ms = await transfer(pages, 4 * MB, { timeout: TIMEOUT });
    await pages.close();
    await line.close();
    return { 'rtt40-loss1-4mb': ms };
  },
};

/** A path to another continent, on a connection that was used before. */
export const long: Measurement = {
  rows: ['rtt100-8mb'],
  contestants: senders,
  sideBySide,
  async run(world, contestant) {
    const line = new DelayLine(lines.rtt100);
    const pages = await connect(world, contestant, { line, pump: LIMITS.rtt100 });
    await transfer(pages, MB, { timeout: TIMEOUT });
    const ms = await transfer(pages, 8 * MB, { timeout: TIMEOUT });
    await pages.close();
    await line.close();
    return { 'rtt100-8mb': ms };
  },
};

/** An ordinary uplink, with a call beside the transfer. */
export const uplink: Measurement = {
  rows: ['rtt40-10mbit-4mb', 'rtt40-10mbit-ping'],
  contestants: () => senders(false),
  sideBySide,
  async run(world, contestant) {
    const line = new DelayLine(lines.rtt40rate10);
    const beside = await connect(world, 'ping', { line });
    const pages = await connect(world, contestant, { line, pump: LIMITS.rtt40rate10 });
    await beside.sender.evaluate(() => call.start());
    const ms = await transfer(pages, 4 * MB, { timeout: TIMEOUT });
    const roundTrips = await beside.sender.evaluate(() => call.stop());
    await Promise.all([pages.close(), beside.close()]);
    await line.close();
    return { 'rtt40-10mbit-4mb': ms, 'rtt40-10mbit-ping': percentile(roundTrips, 0.95) };
  },
};
