import { MB, transfer } from '../transfer.js';
import type {} from '../pages/join-peerjs.js';
import { connect, openPage, roomCode } from '../world.js';
import type { Measurement } from './measurement.js';

/** One file to everybody in a room of six. */
export const fanOut: Measurement = {
  rows: ['fan-out-5'],
  contestants: () => ['snaptrail', 'peerjs'],
  async run(world, contestant) {
    const pages = await connect(world, contestant, { receivers: 5 });
    const ms = await transfer(pages, 4 * MB);
    await pages.close();
    return { 'fan-out-5': ms };
  },
};

/**
 * The time from the start of navigation until the page is connected to the member in the room.
 * Nothing is cached.
 */
export const join: Measurement = {
  rows: ['join'],
  contestants: () => ['snaptrail', 'peerjs'],
  async run(world, contestant) {
    const room = roomCode();
    const member = await openPage(world);
    await member.page.goto(world.site.page(contestant, { room, members: 2 }));
    const invitation = await member.page.evaluate(() => bench.invite());
    const fragment = contestant === 'snaptrail' ? `snap=${room}` : invitation;
    const newcomer = await openPage(world);
    await newcomer.page.goto(`${world.site.page(`join-${contestant}`)}#${fragment}`);
    const ms = await newcomer.page.evaluate(() => joined);
    await Promise.all([member.context.close(), newcomer.context.close()]);
    return { join: ms };
  },
};
