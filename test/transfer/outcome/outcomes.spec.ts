import { expect } from '@open-wc/testing';
import { randomId } from '../../../src/item.js';
import { Transfers } from '../../../src/transfer/transfers.js';
import { bytesSource } from '../../../src/transfer/send/source.js';
import { MAX_ACCEPT, MAX_REPEATED } from '../../../src/transfer/outcome/messages.js';
import type { Takes } from '../../../src/transfer/outcome/messages.js';
import type { Outcome, Transfer } from '../../../src/transfer/transfer.js';
import { MAX_NOWHERE } from '../../../src/transfer/wire/messages.js';
import type { FakeChannel } from '../support/fake-channel.js';
import {
  Side,
  connect,
  connectWithOutcomes,
  description,
  disconnect,
  eventually,
  patternedBytes,
} from '../support/two-sides.js';

const TAKES: Takes = { accept: 'image/*', max: 3, count: 1, maxSize: 5_000_000 };

describe('what becomes of what was delivered', () => {
  let phone: Side;
  let desk: Side;
  beforeEach(() => {
    phone = new Side('phone');
    desk = new Side('desk');
  });

  const outcomes = (transfer: Transfer): Outcome[] => transfer.recipients.map(({ outcome }) => outcome);

  async function deliver(id = randomId()): Promise<Transfer> {
    const transfer = phone.transfers.send(bytesSource(patternedBytes(100)), description({ id }), [desk.peer]);
    await transfer.finished;
    return transfer;
  }

  it('is told to its sender, until it was submitted', async () => {
    connectWithOutcomes(phone, desk);
    const transfer = await deliver();
    expect(outcomes(transfer)).to.deep.equal(['delivered']);
    for (const outcome of ['opened', 'removed', 'delivered', 'submitted'] as const) {
      desk.transfers.tell(phone.peer.id, transfer.id, outcome);
      await phone.until(() => outcomes(transfer)[0] === outcome);
    }
    desk.transfers.tell(phone.peer.id, transfer.id, 'removed');
    const next = await deliver();
    desk.transfers.tell(phone.peer.id, next.id, 'opened');
    await phone.until(() => outcomes(next)[0] === 'opened');
    expect(outcomes(transfer)).to.deep.equal(['submitted']);
    expect([phone.violations, desk.violations]).to.deep.equal([[], []]);
  });

  it('is told once, however often the page says so', async () => {
    const [, end] = connectWithOutcomes(phone, desk);
    const transfer = await deliver();
    for (let times = 0; times < 5; times++) desk.transfers.tell(phone.peer.id, transfer.id, 'opened');
    await phone.until(() => outcomes(transfer)[0] === 'opened');
    expect(end.sent).to.have.lengthOf(1);
  });

  it('is told over the next connection where the last was lost before', async () => {
    const [, end] = connectWithOutcomes(phone, desk);
    const transfer = await deliver();
    end.tamper = () => null;
    desk.transfers.tell(phone.peer.id, transfer.id, 'opened');
    disconnect(phone, desk, end);
    desk.transfers.tell(phone.peer.id, transfer.id, 'submitted');
    expect(outcomes(transfer)).to.deep.equal(['delivered']);
    connectWithOutcomes(phone, desk);
    await phone.until(() => outcomes(transfer)[0] === 'submitted');
  });

  it('is repeated for the last of them only, and to nobody else', async () => {
    for (let number = 0; number < MAX_REPEATED + 50; number++)
      desk.transfers.tell(phone.peer.id, randomId(), 'opened');
    const other = new Side('other');
    const [, toOther] = connectWithOutcomes(other, desk);
    const [, toPhone] = connectWithOutcomes(phone, desk);
    expect([toOther.sent.length, toPhone.sent.length]).to.deep.equal([0, MAX_REPEATED]);
  });

  it('is told by the page that goes on in place of another', async () => {
    connectWithOutcomes(phone, desk);
    const transfer = await deliver();
    const former = new Transfers({
      ...{ decide: () => Promise.resolve(null), cleanName: (name) => name, preview: () => null },
      ...{ openSink: () => Promise.reject(new Error()), received: () => Promise.reject(new Error()) },
      ...{ changed: () => undefined, violation: () => undefined, takes: () => undefined },
    });
    former.tell(phone.peer.id, transfer.id, 'opened');
    desk.transfers.takeOver(former, []);
    await phone.until(() => outcomes(transfer)[0] === 'opened');
  });

  it('concerns nobody whose version has no such topic', async () => {
    connect(phone, desk);
    const transfer = await deliver();
    desk.transfers.tell(phone.peer.id, transfer.id, 'opened');
    desk.transfers.takes = TAKES;
    await deliver();
    expect(outcomes(transfer)).to.deep.equal(['delivered']);
    expect(phone.transfers.takesOf(desk.peer.id)).to.equal(null);
    expect([phone.violations, desk.violations]).to.deep.equal([[], []]);
  });

  describe('where a member lies', () => {
    let end: FakeChannel;
    beforeEach(() => {
      [, end] = connectWithOutcomes(phone, desk);
    });
    const say = (message: object): void => end.send(JSON.stringify(message));

    it('counts only from a recipient that has it', async () => {
      const other = new Side('other');
      const [, otherEnd] = connectWithOutcomes(phone, other);
      const transfer = await deliver();
      otherEnd.send(JSON.stringify({ type: 'outcome', id: transfer.id, outcome: 'submitted' }));
      say({ type: 'outcome', id: randomId(), outcome: 'submitted' });
      say({ type: 'outcome', id: transfer.id, outcome: 'opened' });
      await phone.until(() => outcomes(transfer)[0] === 'opened');
      expect(phone.violations).to.deep.equal([]);
    });

    it('says nothing of what is not delivered yet', async () => {
      desk.decide = () => new Promise(() => undefined);
      const transfer = phone.transfers.send(bytesSource(patternedBytes(9)), description(), [desk.peer]);
      say({ type: 'outcome', id: transfer.id, outcome: 'opened' });
      say({ type: 'takes', ...TAKES });
      await phone.until(() => phone.transfers.takesOf(desk.peer.id) !== null);
      expect(outcomes(transfer)).to.deep.equal(['delivered']);
      expect(transfer.recipients[0]?.state).to.equal('waiting');
    });

    for (const [what, text] of Object.entries({
      'no JSON': '{',
      'an unknown type': '{"type":"fate"}',
      'an unknown outcome': JSON.stringify({ type: 'outcome', id: randomId(), outcome: 'burnt' }),
      'another id': JSON.stringify({ type: 'outcome', id: 'x', outcome: 'opened' }),
      'a key too many': JSON.stringify({ type: 'outcome', id: randomId(), outcome: 'opened', at: 1 }),
      'a number that is none': JSON.stringify({ type: 'takes', ...TAKES, max: -1 }),
      'a list that is too long': JSON.stringify({
        type: 'takes',
        ...TAKES,
        accept: 'x'.repeat(MAX_ACCEPT + 1),
      }),
    }))
      it(`ends the connection: ${what}`, async () => {
        end.send(text);
        await phone.until(() => phone.violations.length > 0);
        expect(phone.violations.map(({ code }) => code)).to.deep.equal(['peer-protocol']);
        expect(end.closed.aborted).to.equal(true);
      });

    it('ends the connection: no end of what is no news', async () => {
      for (let times = 0; times <= MAX_NOWHERE; times++)
        say({ type: 'outcome', id: '0'.repeat(32), outcome: 'opened' });
      await phone.until(() => phone.violations.length > 0);
      expect(end.closed.aborted).to.equal(true);
    });
  });
});

describe('what a page takes', () => {
  let phone: Side;
  let desk: Side;
  beforeEach(() => {
    phone = new Side('phone');
    desk = new Side('desk');
  });
  const told = (): Takes | null => phone.transfers.takesOf(desk.peer.id);

  it('is told to whoever is here, to whoever comes, and again when it has changed', async () => {
    connectWithOutcomes(phone, desk);
    expect(told()).to.equal(null);
    desk.transfers.takes = TAKES;
    await phone.until(() => told() !== null);
    expect(told()).to.deep.equal(TAKES);
    desk.transfers.takes = { ...TAKES, count: 3 };
    await phone.until(() => told()?.count === 3);
    const late = new Side('late');
    connectWithOutcomes(late, desk);
    await late.until(() => late.transfers.takesOf(desk.peer.id)?.count === 3);
  });

  it('is told once while it stays the same, and not at all while nothing limits it', async () => {
    const [, end] = connectWithOutcomes(phone, desk);
    desk.transfers.takes = { accept: '', max: null, count: 0, maxSize: null };
    expect(end.sent).to.deep.equal([]);
    for (let times = 0; times < 5; times++) desk.transfers.takes = { ...TAKES };
    await phone.until(() => told() !== null);
    expect(end.sent).to.have.lengthOf(1);
  });

  it('leaves out a list of types that is too long for a message', async () => {
    connectWithOutcomes(phone, desk);
    desk.transfers.takes = { ...TAKES, accept: 'image/png,'.repeat(100) };
    await phone.until(() => told() !== null);
    expect(told()).to.deep.equal({ ...TAKES, accept: '' });
  });

  it('is forgotten with the connection', async () => {
    const [, end] = connectWithOutcomes(phone, desk);
    desk.transfers.takes = TAKES;
    await eventually(() => told() !== null);
    disconnect(phone, desk, end);
    expect(told()).to.equal(null);
  });
});
