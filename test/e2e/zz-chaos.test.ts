import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setInterval } from 'node:timers/promises';
import { cutConnections, keepConnections } from '../support/connections.js';
import { Mischief } from '../support/mischief.js';
import { startPeerServer, type RunningPeerServer } from '../support/peer-server.js';
import { SignallingProxy } from '../support/signalling-proxy.js';
import { Gathering, type Guest } from './gathering.js';

/** `npm run test:chaos` asks for sixty. */
const SECONDS = Number(process.env.CHAOS_SECONDS ?? 10);
/** How often somebody loses the server, and perhaps everybody else, so that something has to be said by way of it. In ms. */
const EVERY = 1_500;
const MEMBERS = 6;

describe('a PeerServer that means no good', { timeout: SECONDS * 1_000 + 120_000 }, () => {
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

  it(`drops, repeats, reorders, delays and invents for ${SECONDS} s: no crash, no false member, and the room is whole within 10 s after it behaves`, async (t) => {
    const mischief = new Mischief();
    let relayed = 0;
    proxy.relay = (message, pass) => {
      relayed += 1;
      mischief.take(message, pass);
    };
    const names = Array.from({ length: MEMBERS }, (_, number) => `guest ${number}`);
    const guests = await Promise.all(
      names.map((name) => gathering.guest(name, { prepare: (page) => page.addInitScript(keepConnections).then(() => page.addInitScript(() => { document.addEventListener('snap-error', (e: any) => console.log('ERR ' + e.error.message + ' / ' + e.error.cause?.message)); })) })),
    );
    for (const g of guests) {
      g.page.on('websocket', (w) => { const id = new URL(w.url()).searchParams.get('id').slice(-8); trace.push([Date.now(), g.name, 'ws open ' + id]); 
        w.on('close', () => trace.push([Date.now(), g.name, 'ws close ' + id]));
        w.on('framesent', ({payload}) => { if (!/HEARTB/.test(String(payload))) trace.push([Date.now(), g.name, id + ' > ' + brief(payload)]); });
        w.on('framereceived', ({payload}) => trace.push([Date.now(), g.name, id + ' < ' + brief(payload)])); });
      g.page.on('console', (m) => trace.push([Date.now(), g.name, m.text().slice(0, 200)]));
    }
    await trouble(guests);
    proxy.relay = (message, pass) => pass(message);

    const behavesAt = Date.now();
    await Promise.all(guests.map((guest) => guest.sees(MEMBERS - 1))).then(() => { if (Date.now() - behavesAt > 8000) throw new Error('late'); }).catch(async (e) => {
      for (const g of guests) {
        console.log(g.name, 'doors', [...g.doors], await g.page.evaluate(() => { const h = document.querySelector('snap-connection'); return JSON.stringify([h.state, h.peers.map(p => p.name)]); }));
        console.log((await g.diary()).map((d) => `${d.at - behavesAt} ${d.what}`).join('; '));
        console.log(trace.filter((x) => x[0] > behavesAt - 12000 && x[1] === g.name).map((x) => `${x[0] - behavesAt} ${x[2]}`).join('\n'));
      }
      throw e; });
    const took = Date.now() - behavesAt;
    t.diagnostic(`${relayed} messages; whole ${took} ms after it behaved`);
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
    const end = Date.now() + SECONDS * 1_000;
    for await (const until of setInterval(EVERY, end)) {
      if (Date.now() >= until) return;
      oneOf(proxy.clients)?.terminate();
      if (Math.random() < 0.3) await oneOf(guests)!.page.evaluate(cutConnections);
    }
  }
});

const trace: any[] = [];
function brief(t: any) { const m = JSON.parse(String(t)); return [m.type, m.src?.slice(-8), m.dst?.slice(-8), m.payload?.connectionId === 'snaptrail_probe' ? m.payload.candidate.slice(0, 12) : m.payload?.connectionId?.slice(0, 6)].join(' '); }
function oneOf<T>(all: readonly T[]): T | undefined {
  return all[Math.floor(Math.random() * all.length)];
}
