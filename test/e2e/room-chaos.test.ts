import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { cutConnections, keepConnections } from '../support/connections.js';
import { LONG } from '../support/form.js';
import { Mischief } from '../support/mischief.js';
import { startPeerServer, type RunningPeerServer } from '../support/peer-server.js';
import { SignallingProxy } from '../support/signalling-proxy.js';
import { Gathering, type Guest } from './support/gathering.js';

/** `npm run test:chaos` asks for sixty. */
const SECONDS = Number(process.env.CHAOS_SECONDS ?? (LONG ? 10 : 4));
/**
 * How often a member loses the server, in ms. Every other time a member loses its peers as well, so
 * that they need the server to find each other again.
 */
const EVERY = 1_000;
const MEMBERS = LONG ? 6 : 4;

describe('a room on a hostile PeerServer', { timeout: SECONDS * 1_000 + 120_000 }, () => {
  let peerServer: RunningPeerServer;
  let proxy: SignallingProxy;
  let gathering: Gathering;
  before(async () => {
    peerServer = await startPeerServer();
    proxy = await SignallingProxy.start(peerServer.url);
    gathering = await Gathering.open(proxy.url);
  });
  after(async () => {
    await gathering.close();
    await proxy.close();
    await peerServer.close();
  });

  it(`survives ${SECONDS} s of dropped, repeated, reordered, delayed and invented messages, with no false member, and is whole within 10 s afterwards`, async (t) => {
    const guests = await gathering.meet(MEMBERS, { prepare: (page) => page.addInitScript(keepConnections) });
    const names = guests.map(({ name }) => name);
    const mischief = new Mischief();
    let relayed = 0;
    proxy.relay = (message, pass) => {
      relayed += 1;
      mischief.take(message, pass);
    };
    await trouble(guests);
    proxy.relay = (message, pass) => pass(message);

    const behavesAt = Date.now();
    await Promise.all(guests.map((guest) => guest.sees(MEMBERS - 1)));
    const took = Date.now() - behavesAt;
    t.diagnostic(`${relayed} messages; whole ${took} ms after the last of it`);
    for (const { page, uncaught } of guests) {
      assert.deepEqual(uncaught, []);
      const told = (await page.evaluate(() => diary)).map(({ what }) => what);
      const joined = told.filter((what) => what.startsWith('join '));
      assert.deepEqual(
        joined.filter((what) => !names.includes(what.slice(5))),
        [],
      );
      assert.deepEqual(
        told.filter((what) => what === 'error peer-protocol'),
        [],
      );
    }
    assert.ok(took < 10_000, `${took} ms`);
  });

  async function trouble(guests: readonly Guest[]): Promise<void> {
    for (let left = (SECONDS * 1_000) / EVERY; left > 0; left -= 1) {
      await setTimeout(EVERY);
      oneOf(proxy.clients)?.terminate();
      if (left % 2 === 0) await oneOf(guests)!.page.evaluate(cutConnections);
    }
  }
});

function oneOf<T>(all: readonly T[]): T | undefined {
  return all[Math.floor(Math.random() * all.length)];
}
