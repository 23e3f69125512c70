import { expect } from '@open-wc/testing';
import { SnapError } from '../../src/errors.js';
import { Transfer } from '../../src/transfer/transfer.js';
import type { TransferDirection, TransferState } from '../../src/transfer/transfer.js';

const STATES: TransferState[] = ['queued', 'sending', 'receiving', 'delivered', 'failed', 'cancelled'];
const ENDED: TransferState[] = ['delivered', 'failed', 'cancelled'];

/** Shortest way to each state. */
const WAYS: Record<TransferState, TransferState[]> = {
  queued: [],
  sending: ['sending'],
  receiving: ['receiving'],
  delivered: ['sending', 'delivered'],
  failed: ['failed'],
  cancelled: ['cancelled'],
};

const LEGAL: Record<TransferState, TransferState[]> = {
  queued: ['sending', 'receiving', ...ENDED],
  sending: ['queued', ...ENDED],
  receiving: ['queued', ...ENDED],
  delivered: [],
  failed: ['queued'],
  cancelled: ['queued'],
};

describe('a transfer', () => {
  let requests: string[];
  let changes: TransferState[];

  function transferIn(state: TransferState, direction: TransferDirection = 'send'): Transfer {
    const transfer = new Transfer({
      id: '0'.repeat(32),
      direction,
      name: 'photo.jpg',
      type: 'image/jpeg',
      size: 1000,
      onrequest: (_, request) => requests.push(request),
      onchange: (changed) => changes.push(changed.state),
    });
    for (const step of WAYS[state]) transfer.move(step);
    changes = [];
    return transfer;
  }

  beforeEach(() => {
    requests = [];
    changes = [];
  });

  for (const from of STATES) {
    for (const to of STATES) {
      const legal = LEGAL[from].includes(to);
      it(`${legal ? 'goes' : 'does not go'} from ${from} to ${to}`, () => {
        const transfer = transferIn(from);
        if (legal) {
          transfer.move(to);
          expect(transfer.state).to.equal(to);
          expect(changes).to.deep.equal([to]);
        } else {
          expect(() => transfer.move(to))
            .to.throw(SnapError)
            .with.property('code', 'transfer-illegal-move');
          expect(transfer.state).to.equal(from);
          expect(changes).to.have.length(0);
        }
      });
    }

    it(`${ENDED.includes(from) ? 'cannot' : 'can'} be cancelled when it is ${from}`, () => {
      const transfer = transferIn(from);
      expect(transfer.ended).to.equal(ENDED.includes(from));
      if (transfer.ended) expect(() => transfer.cancel()).to.throw(SnapError);
      else transfer.cancel();
      expect(requests).to.deep.equal(ENDED.includes(from) ? [] : ['cancel']);
    });

    it(`${from === 'failed' || from === 'cancelled' ? 'can' : 'cannot'} be tried again when it is ${from}`, () => {
      const transfer = transferIn(from);
      if (from === 'failed' || from === 'cancelled') transfer.retry();
      else expect(() => transfer.retry()).to.throw(SnapError);
      expect(requests).to.deep.equal(from === 'failed' || from === 'cancelled' ? ['retry'] : []);
    });
  }

  it('cannot be tried again by the one who receives it', () => {
    expect(() => transferIn('failed', 'receive').retry()).to.throw(SnapError);
  });

  it('is finished once it is delivered, all of it loaded', async () => {
    const transfer = transferIn('sending');
    const { finished } = transfer;
    transfer.move('delivered');
    expect(await finished).to.equal(transfer);
    expect(transfer.loaded).to.equal(1000);
    expect(transfer.error).to.equal(null);
  });

  it('tells why it has failed', async () => {
    const transfer = transferIn('sending');
    transfer.move('failed', new SnapError('storage-full'));
    expect(transfer.error?.code).to.equal('storage-full');
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.equal(transfer.error);
  });

  it('is finished with the code of a cancelled one when nobody says why', async () => {
    const transfer = transferIn('cancelled');
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'transfer-cancelled');
  });

  it('never becomes an unhandled rejection, though nobody listens', async () => {
    const unhandled: PromiseRejectionEvent[] = [];
    const listen = (event: PromiseRejectionEvent): void => void unhandled.push(event);
    addEventListener('unhandledrejection', listen);
    transferIn('failed');
    transferIn('cancelled').move('queued');
    transferIn('sending').move('failed');
    // They are told after the microtasks of the task in which they arose.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    removeEventListener('unhandledrejection', listen);
    expect(unhandled).to.have.length(0);
  });

  it('has a new promise after a retry, and forgets why it failed', async () => {
    const transfer = transferIn('sending');
    transfer.move('failed', new SnapError('peer-lost'));
    const first = transfer.finished;
    transfer.move('queued');
    expect(transfer.error).to.equal(null);
    expect(transfer.finished).not.to.equal(first);
    transfer.move('sending');
    transfer.move('delivered');
    expect(await transfer.finished).to.equal(transfer);
  });

  it('tells how far it is', () => {
    const transfer = transferIn('sending');
    transfer.progress(400);
    expect(transfer.loaded).to.equal(400);
    expect(changes).to.deep.equal(['sending']);
  });
});
