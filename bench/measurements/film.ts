import type {} from '../pages/snaptrail.js';
import { MB, timedTransfer, transfer } from '../transfer.js';
import { connect } from '../world.js';
import type { Measurement } from './measurement.js';

/** In bytes. */
const PHOTO = 300_000;
const FILM = 64 * MB;

/** In bytes: how much of the film is confirmed when the photo is taken. */
const UNDER_WAY = 8 * MB;

/** A photo that is sent during a film, and as `alone`, the same photo without a film. */
export const film: Measurement = {
  rows: ['photo-during-film'],
  contestants: () => ['snaptrail', 'alone'],
  async run(world, contestant) {
    const pages = await connect(world, 'snaptrail');
    // Both photos use a connection that was used before.
    await transfer(pages, MB, { name: 'before' });
    if (contestant === 'alone') {
      const ms = await transfer(pages, PHOTO, { name: 'photo' });
      await pages.close();
      return { 'photo-during-film': ms };
    }
    const filmed = timedTransfer(pages, FILM, { name: 'film' });
    await pages.sender.evaluate((bytes) => snaptrailBench.underWay('film', bytes), UNDER_WAY);
    const { started, ended } = await timedTransfer(pages, PHOTO, { name: 'photo' });
    if ((await filmed).ended < ended)
      throw new Error('The film was there before the photo: nothing was measured');
    await pages.close();
    return { 'photo-during-film': ended - started };
  },
};
