import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { Gathering, type Guest } from '../e2e/support/gathering.js';
import { startPeerServer, type RunningPeerServer } from '../support/peer-server.js';
import { TurnServer, nobodyListening } from './support/turn-server.js';

/** In ms, until both sides must know. */
const TOLD_WITHIN = 20_000;

/** The hub's state, and its error code. */
const hubOf = ({ page }: Guest): Promise<{ state: string; code: string | null }> =>
  page.evaluate(() => {
    const { state, error } = document.querySelector<SnapConnection>('snap-connection')!;
    return { state, code: error?.code ?? null };
  });

/** Resolves when the hub has one peer whose `relayed` is `expected`. */
const relayed = ({ page }: Guest, expected: boolean): Promise<unknown> =>
  page.waitForFunction((wanted) => {
    const { peers } = document.querySelector<SnapConnection>('snap-connection')!;
    return peers.length === 1 && peers[0]!.relayed === wanted;
  }, expected);

/** Resolves when the hub waits for peers, with that error code. */
const waiting = ({ page }: Guest, code: string): Promise<unknown> =>
  page.waitForFunction((wanted) => {
    const { state, error } = document.querySelector<SnapConnection>('snap-connection')!;
    return state === 'waiting' && error?.code === wanted;
  }, code);

const noError = ({ page }: Guest): Promise<unknown> =>
  page.waitForFunction(() => document.querySelector<SnapConnection>('snap-connection')!.error === null);

describe('a relay', { timeout: 600_000 }, () => {
  let peerServer: RunningPeerServer;
  let gathering: Gathering;
  let forUser: TurnServer;
  let forRest: TurnServer;
  before(async () => {
    peerServer = await startPeerServer();
    [gathering, forUser, forRest] = await Promise.all([
      Gathering.open(peerServer.url),
      TurnServer.start('one user'),
      TurnServer.start('REST'),
    ]);
  });
  afterEach(() => gathering.clear());
  after(async () => {
    await Promise.all([gathering.close(), forUser.stop(), forRest.stop()]);
    await peerServer.close();
  });

  const relayOnly = (iceServers: string) => ({ 'ice-servers': iceServers, 'relay-only': '' });

  for (const [how, servers] of [
    ['over UDP', () => forUser.forUser('udp')],
    ['over TCP', () => forUser.forUser('tcp')],
    ['with short-lived credentials', () => forRest.forRest(600)],
  ] as const) {
    // claim: #relay-over-udp
    it(`connects two members ${how}, and both see that they are relayed`, async () => {
      const guests = await gathering.meet(2, { attributes: relayOnly(servers()) });
      await Promise.all(guests.map((guest) => relayed(guest, true)));
      for (const guest of guests) assert.deepEqual(await hubOf(guest), { state: 'connected', code: null });
    });
  }

  it('is not used where a direct path exists, and both members see that', async () => {
    const guests = await gathering.meet(2, { attributes: { 'ice-servers': forUser.forUser() } });
    await Promise.all(guests.map((guest) => relayed(guest, false)));
  });

  it('causes no error when it refuses members who do not need it', async () => {
    const guests = await gathering.meet(2, {
      attributes: { 'ice-servers': forUser.forUser('udp', 'wrong') },
    });
    for (const guest of guests) {
      const told = (await guest.diary()).map(({ what }) => what);
      assert.deepEqual(
        told.filter((what) => what.startsWith('error')),
        [],
      );
    }
  });

  for (const [what, code, servers] of [
    ['refuses the password', 'relay-refused', () => forUser.forUser('udp', 'wrong')],
    ['refuses the password over TCP', 'relay-refused', () => forUser.forUser('tcp', 'wrong')],
    ['refuses credentials that have expired', 'relay-refused', () => forRest.forRest(-60)],
    ['does not listen', 'relay-unreachable', () => nobodyListening('udp')],
    ['does not listen for TCP', 'relay-unreachable', () => nobodyListening('tcp')],
    ['is not named', 'relay-missing', () => '[]'],
    ['is only a STUN server', 'relay-missing', () => '[{"urls":"stun:127.0.0.1:9"}]'],
  ] as const) {
    it(`that ${what} makes both sides emit ${code} within 20 s, and they meet once it is fixed`, async () => {
      const attributes = relayOnly(await servers());
      const one = await gathering.guest('one', { attributes });
      await one.told('state waiting');
      const since = Date.now();
      const two = await gathering.guest('two', { attributes });
      for (const guest of [one, two]) {
        assert.ok((await guest.told(`error ${code}`)) - since < TOLD_WITHIN, guest.name);
        await waiting(guest, code);
      }
      for (const { page } of [one, two])
        await page.evaluate((mended) => {
          document.querySelector<SnapConnection>('snap-connection')!.iceServers = mended;
        }, forUser.forUser());
      await Promise.all([one.sees(1), two.sees(1)]);
      await Promise.all([noError(one), noError(two)]);
      for (const guest of [one, two]) {
        const told = (await guest.diary()).filter(({ what }) => what.startsWith('error'));
        assert.deepEqual(
          told.map((each) => each.what),
          [`error ${code}`],
        );
      }
    });
  }

  it('that only one member has makes it emit peer-unreachable, and the other relay-missing', async () => {
    const one = await gathering.guest('one', { attributes: relayOnly(forUser.forUser()) });
    await one.told('state waiting');
    const since = Date.now();
    const two = await gathering.guest('two', { attributes: relayOnly('[]') });
    assert.ok((await one.told('error peer-unreachable')) - since < TOLD_WITHIN);
    assert.ok((await two.told('error relay-missing')) - since < TOLD_WITHIN);
  });
});
