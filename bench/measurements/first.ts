import { LIMITS } from '../limits.js';
import { MB, transfer } from '../transfer.js';
import { connect } from '../world.js';
import { senders, type Measurement } from './measurement.js';

/** The first transfer on a connection, without a line in between. */
export const first: Measurement = {
  rows: ['first-4mb'],
  contestants: senders,
  async run(world, contestant) {
    const pages = await connect(world, contestant, { pump: LIMITS.direct });
    const ms = await transfer(pages, 4 * MB);
    await pages.close();
    return { 'first-4mb': ms };
  },
};
