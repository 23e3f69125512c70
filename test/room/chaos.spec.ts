import { expect } from '@open-wc/testing';
import { SimulatedClock } from './simulation/clock.js';
import type { SimulatedPage } from './simulation/server.js';
import { Simulation, type Resident } from './simulation/room.js';

/** What happens to a room of six for three minutes: one of these every few seconds. */
const MISFORTUNES: readonly ((town: Simulation, victim: Resident) => unknown)[] = [
  (_town, { page }) => page.freeze(),
  (_town, { page }) => page.cut(),
  (town, { page }) => town.present.length > 3 && page.crash(),
  (town, { page, room }) => town.present.length > 3 && page.clock.running && room.leave(),
  (_town, { room }) => room.checkNow(),
  (_town, { page }) => recover(page),
  (_town, { page }) => recover(page),
  (town) => (town.server.up ? town.server.stop() : town.server.start()),
  (town) => town.server.start(),
  (town) => town.join(`late${town.residents.length}`, { maxPeers: 20 }),
  (town) => town.join(`late${town.residents.length}`, { maxPeers: 20 }),
  (town) => {
    const sides = new Map(town.server.pages.map((page) => [page, town.clock.random() < 0.5]));
    town.server.reachable = (one, other) => sides.get(one) === sides.get(other);
  },
  (town) => (town.server.reachable = () => true),
];

function recover(page: SimulatedPage): void {
  page.thaw();
  page.mend();
}

describe('room, whatever happens', () => {
  afterEach(() => {
    delete (crypto as Partial<Crypto>).getRandomValues;
  });

  for (let seed = 1; seed <= 8; seed += 1) {
    it(`is whole again within 45 s of everything being well (course of events ${seed})`, async function () {
      this.timeout(240_000);
      const { random } = new SimulatedClock(seed);
      // Ids and codes, too, so that a course of events that went wrong can be looked at again.
      crypto.getRandomValues = (<T extends Uint8Array>(bytes: T): T => {
        for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(random() * 256);
        return bytes;
      }) as typeof crypto.getRandomValues;
      const town = new Simulation(seed);
      for (let number = 0; number < 6; number += 1) town.join(`r${number}`, { maxPeers: 20 });
      for (let event = 0; event < 60; event += 1) {
        await town.clock.pass(random() * 6_000);
        const living = town.present;
        const victim = living[Math.floor(random() * living.length)];
        const misfortune = MISFORTUNES[Math.floor(random() * MISFORTUNES.length)]!;
        if (victim && living.length < 14) misfortune(town, victim);
      }
      town.server.start();
      town.server.reachable = () => true;
      for (const { page } of town.present) recover(page);
      await town.clock.until(town.isWhole, 45_000);
      await town.clock.pass(30_000);
      expect(town.isWhole()).to.be.true;
      expect(town.doors, 'doors').to.deep.equal([0, 1, 2].slice(0, Math.min(3, town.present.length)));
      for (const { told } of town.present) expect(told).not.to.include('error peer-protocol');
    });
  }
});
