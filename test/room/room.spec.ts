import { expect } from '@open-wc/testing';
import { SnapError } from '../../src/errors.js';
import type { Connection } from '../../src/peer/channel.js';
import { Identity } from '../../src/room/identity.js';
import { Simulation } from './simulation/room.js';

describe('room', () => {
  let town: Simulation;

  beforeEach(() => {
    town = new Simulation();
  });

  it('waits when nobody else is there', async () => {
    const ada = town.join('ada');
    await town.clock.until(() => ada.room.state === 'waiting', 1_000);
    expect(ada.told).to.deep.equal(['state joining', 'state waiting']);
    expect(town.doors).to.deep.equal([0]);
  });

  it('introduces a newcomer within 300 ms', async () => {
    const ada = town.join('ada');
    await town.clock.pass(1_000);
    const bob = town.join('bob');
    expect(await town.clock.until(() => bob.room.state === 'connected', 1_000)).to.be.at.most(350);
    await town.clock.until(town.isWhole, 1_000);
    expect(ada.sees).to.deep.equal(['bob']);
    expect(bob.told).to.deep.equal(['state joining', 'join ada', 'state connected']);
  });

  for (const count of [2, 3, 10, 20]) {
    it(`connects ${count} members that arrive at once`, async () => {
      for (let number = 0; number < count; number += 1) town.join(`r${number}`, { maxPeers: 20 });
      await town.clock.until(town.isWhole, 8_000);
      await town.clock.pass(20_000);
      expect(town.isWhole()).to.be.true;
      for (const { told } of town.residents)
        expect(told.filter((line) => line.startsWith('join'))).to.have.length(count - 1);
      expect(town.doors).to.deep.equal([0, 1, 2].slice(0, Math.min(3, count)));
    });
  }

  it('claims doors as members join, and releases them as members leave', async () => {
    const [first, ...others] = await town.room(4);
    await town.clock.until(() => town.doors.length === 3, 5_000);
    for (const other of others) other.room.leave();
    await town.clock.until(() => first!.room.state === 'waiting' && town.doors.join() === '0', 5_000);
  });

  // claim: #goodbye-on-reload
  it('distinguishes a final goodbye from a page that may be reloading', async () => {
    const [ada, bob] = await town.room(2);
    bob!.room.leave({ final: false });
    await town.clock.until(() => ada!.told.includes('away r1'), 1_000);
    expect(ada!.room.members).to.have.length(0);
    const again = town.join('bob again', { identity: bob!.identity });
    await town.clock.until(() => ada!.told.includes('join bob again'), 5_000);
    again.room.leave();
    await town.clock.until(() => ada!.told.includes('bye bob again'), 1_000);
  });

  it('distinguishes a goodbye from a crash', async () => {
    const [ada, bob, cyd] = await town.room(3);
    bob!.room.leave();
    await town.clock.until(() => ada!.told.includes('bye r1'), 1_000);
    cyd!.page.crash();
    await town.clock.until(() => ada!.told.includes('lost r2'), 16_000);
    expect(ada!.room.state).to.equal('reconnecting');
    await town.clock.until(() => ada!.told.includes('gone r2'), 61_000);
    expect(ada!.room.state).to.equal('waiting');
  });

  it('refuses a newcomer when it is full', async () => {
    for (const name of ['ada', 'bob']) town.join(name, { maxPeers: 2 });
    await town.clock.until(town.isWhole, 5_000);
    const cyd = town.join('cyd', { maxPeers: 2 });
    await town.clock.until(() => cyd.room.state === 'failed', 3_000);
    expect(cyd.told).to.deep.equal(['state joining', 'state failed', 'error room-full']);
    expect(town.isWhole()).to.be.true;
  });

  it('recognizes a member whose page was reloaded', async () => {
    const [ada, bob] = await town.room(2);
    bob!.page.crash();
    await town.clock.pass(1_000);
    const again = town.join('bob again', { identity: bob!.identity });
    await town.clock.until(() => ada!.sees.includes('bob again'), 5_000);
    await town.clock.until(() => again.sees.includes('r0'), 1_000);
    expect(ada!.room.members).to.have.length(1);
    expect(ada!.told).to.include('path bob again');
  });

  // claim: #stranger-without-code
  it('admits nobody who does not know the code', async () => {
    const ada = town.join('ada');
    await town.clock.pass(1_000);
    const eve = town.server.page();
    const claim = await claimNow(town, eve, 'eve');
    const target = town.server.ids.find((id) => id.includes('-m-'))!;
    const dialling = claim.dial(target, { timeout: 5_000 });
    await town.clock.pass(500);
    const connection = await dialling;
    const heard: unknown[] = [];
    connection.channel('room').onmessage = (message) => heard.push(message);
    connection.channel('room').send(JSON.stringify({ type: 'nonce', nonce: '00'.repeat(32) }));
    await town.clock.pass(1_000);
    expect(heard).to.have.length(1);
    expect(heard[0]).to.match(/^\{"type":"nonce","nonce":"[0-9a-f]{64}"\}$/);
    connection.channel('room').send(JSON.stringify({ type: 'proof', proof: '00'.repeat(32) }));
    await town.clock.pass(100);
    expect(connection.closed.aborted).to.be.true;
    expect(ada.told).to.include('error peer-unverified');
    expect(ada.room.members).to.have.length(0);
  });

  // claim: #rule-breaker-parted
  it('disconnects a member that breaks a rule, and bars it for a while', async () => {
    const [ada, bob, cyd] = await town.room(3);
    await town.clock.pass(10_000);
    const [connection] = [...bob!.page.connections].filter(({ other }) => other.page === ada!.page);
    connection!.channel('room').send('{"type":"roster"}');
    await town.clock.pass(1_000);
    expect(ada!.told.slice(-2)).to.deep.equal(['error peer-protocol', 'gone r1']);
    await town.clock.pass(50_000);
    expect(ada!.sees).to.deep.equal(['r2']);
    expect(cyd!.sees).to.deep.equal(['r0', 'r1']);
    await town.clock.until(town.isWhole, 60_000);
    expect(ada!.told.filter((line) => line.startsWith('error'))).to.have.length(1);
  });

  it('disconnects a member whose bytes break a rule of the transfer', async () => {
    const [ada] = await town.room(2);
    ada!.room.members[0]!.transfer!.close(new SnapError('peer-protocol'));
    await town.clock.pass(1_000);
    expect(ada!.told.slice(-3)).to.deep.equal(['error peer-protocol', 'gone r1', 'state waiting']);
  });

  // claim: #stranger-as-ourselves
  it('does not admit a peer that claims our own id', async () => {
    const [ada] = await town.room(1);
    const double = town.join('double', { identity: ada!.identity });
    await town.clock.pass(5_000);
    expect(ada!.sees).to.deep.equal([]);
    expect(double.sees).to.deep.equal([]);
    expect(ada!.told).to.deep.equal(['state joining', 'state waiting']);
  });

  // claim: #stranger-error-flood
  it('does not flood the page with errors', async () => {
    const ada = town.join('ada');
    await town.clock.pass(1_000);
    const claim = await claimNow(town, town.server.page(), 'eve');
    for (let attempt = 0; attempt < 50; attempt += 1) {
      void claim.dial(
        town.server.ids.find((id) => id.includes('-m-'))!,
        { timeout: 5_000 },
      );
      await town.clock.pass(200);
    }
    await town.clock.pass(20_000);
    const errors = ada.told.filter((line) => line.startsWith('error'));
    expect(errors.length).to.be.within(1, 5);
  });

  // claim: #fingerprints-differ
  it('is refused over fingerprints that differ', async () => {
    town.server.tamper = ({ local }) => ({ local, remote: `sha-256 ${'EE:'.repeat(31)}EE` });
    const [ada, bob] = [town.join('ada'), town.join('bob')];
    await town.clock.pass(10_000);
    for (const { told, sees } of [ada, bob]) {
      expect(sees).to.deep.equal([]);
      expect(told).to.include('error peer-unverified');
    }
    town.server.tamper = null;
    await town.clock.until(town.isWhole, 15_000);
  });

  // claim: #fingerprint-exactly-one
  it('is refused when there is not exactly one fingerprint', async () => {
    town.server.tamper = ({ local }) => ({ local, remote: null });
    const [ada, bob] = [town.join('ada'), town.join('bob')];
    await town.clock.pass(10_000);
    expect([...ada.sees, ...bob.sees]).to.deep.equal([]);
  });

  it('reports who a member is, and when it changes its name', async () => {
    const ada = town.join('ada');
    const bob = town.join('', { self: { identity: new Identity(), name: ' B\u202eob ', sendOnly: true } });
    await town.clock.until(town.isWhole, 5_000);
    const [member] = ada.room.members;
    expect(member).to.include({ name: 'Bob', sendOnly: true, connected: true });
    bob.room.rename('Bobby');
    await town.clock.until(() => member!.name === 'Bobby', 1_000);
    await town.clock.pass(6_000);
    expect(member!.roundTrip).to.equal(30);
    expect(member!.relayed).to.be.false;
  });

  it('gives each connection channels of its own', async () => {
    const [ada, bob] = await town.room(2);
    const [member] = ada!.room.members;
    const { lane } = member!;
    const transfer = member!.transfer!;
    expect(member!.transfer).to.equal(transfer);
    const heard: unknown[] = [];
    bob!.room.members[0]!.transfer!.onmessage = (message) => heard.push(message);
    transfer.send('{}');
    transfer.send(new Uint8Array([1]));
    await town.clock.pass(100);
    expect(heard).to.deep.equal(['{}', new Uint8Array([1])]);
    transfer.close();
    await town.clock.until(() => ada!.told.includes('path r1') || bob!.told.includes('path r0'), 5_000);
    await town.clock.until(town.isWhole, 1_000);
    expect(member!.transfer).not.to.equal(transfer);
    expect(member!.lane).not.to.equal(lane);
  });

  it('leaves nothing behind', async () => {
    const [ada, bob] = await town.room(2);
    ada!.room.leave();
    bob!.room.leave();
    const told = [ada!, bob!].map((each) => each.told.length);
    await town.clock.pass(1_000);
    expect(town.server.ids).to.deep.equal([]);
    for (const { page } of [ada!, bob!]) expect(page.connections.size).to.equal(0);
    await town.clock.pass(600_000);
    expect([ada!, bob!].map((each) => each.told.length)).to.deep.equal(told);
  });

  it('does not enter after it was left while joining', async () => {
    for (const moment of [0, 10, 20, 40, 100, 200, 300]) {
      await town.room(1);
      const late = town.join('late');
      await town.clock.pass(moment);
      late.room.leave();
      await town.clock.pass(2_000);
      expect(late.room.state).to.equal('closed');
      expect(late.page.connections.size).to.equal(0);
      for (const { room } of town.residents) room.leave();
      await town.clock.pass(2_000);
      expect(town.server.ids).to.deep.equal([]);
      town = new Simulation();
    }
  });

  /** A stranger who has reached a member. */
  async function stranger(): Promise<Connection> {
    town.join('ada');
    await town.clock.pass(1_000);
    const claim = await claimNow(town, town.server.page(), 'eve');
    const dialling = claim.dial(
      town.server.ids.find((id) => id.includes('-m-'))!,
      { timeout: 5_000 },
    );
    await town.clock.pass(500);
    return dialling;
  }

  // claim: #stranger-silent
  it('closes a silent stranger within 6 s', async () => {
    const connection = await stranger();
    await town.clock.until(() => connection.closed.aborted, 6_000);
  });

  // claim: #stranger-late-proof
  it('closes a stranger with a nonce and no proof within 10 s, however late that comes', async () => {
    for (const wait of [0, 2_000, 4_000]) {
      town = new Simulation();
      const connection = await stranger();
      await town.clock.pass(wait);
      connection.channel('room').send(JSON.stringify({ type: 'nonce', nonce: 'ab'.repeat(32) }));
      await town.clock.until(() => connection.closed.aborted, 5_100);
    }
  });
});

async function claimNow(town: Simulation, page: ReturnType<Simulation['server']['page']>, id: string) {
  const claiming = page.claim(id);
  await town.clock.pass(100);
  return claiming;
}
