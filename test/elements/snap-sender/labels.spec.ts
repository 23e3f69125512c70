import { expect } from '@open-wc/testing';
import { FakeHub, fakeItem, fakePeer, fakeTransfer } from '../../../demo/fake-hub.js';
import {
  arrivedLabel,
  fraction,
  tally,
  totalLabel,
  transferLabel,
} from '../../../src/elements/snap-sender/labels.js';
import type { SnapErrorCode } from '../../../src/errors.js';
import type { HubElement } from '../../../src/hub/hub-element.js';
import en from '../../../src/strings/en.js';
import ru from '../../../src/strings/ru.js';
import type { StringsController } from '../../../src/strings/strings-controller.js';
import type { Strings } from '../../../src/strings/texts.js';
import type { RecipientState, Transfer, TransferState } from '../../../src/transfer/transfer.js';

FakeHub.define();

/** The texts of one language, without an element. */
function textsOf(language: Strings): StringsController {
  const term = (key: keyof Strings, ...values: unknown[]): string => {
    const text = language[key] as unknown;
    return typeof text === 'function' ? (text as (...given: unknown[]) => string)(...values) : String(text);
  };
  const error = ({ code }: { code: SnapErrorCode }): string => language[`error-${code}`];
  return { term, error } as unknown as StringsController;
}

const english = textsOf(en);
/** As `Intl` writes them, numbers and their units are kept together. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

function hubWith(state: Partial<HubElement>): FakeHub {
  const hub = new FakeHub();
  hub.change(state);
  return hub;
}

describe('the figures of a transfer', () => {
  it('do not count recipients that have left', () => {
    const transfer = fakeTransfer('sending', { to: ['delivered', 'sending', 'left', 'waiting'] });
    expect(tally(transfer)).to.deep.equal({ delivered: 1, of: 3 });
  });

  it('give the progress from 0 to 1', () => {
    expect(fraction(fakeTransfer('sending', { size: 1000, loaded: 420 }))).to.equal(0.42);
    expect(fraction(fakeTransfer('delivered', { size: 1000, loaded: 999 }))).to.equal(1);
  });

  it('give an empty file no progress until it is delivered', () => {
    expect(fraction(fakeTransfer('sending', { size: 0 }))).to.equal(0);
    expect(fraction(fakeTransfer('delivered', { size: 0 }))).to.equal(1);
  });
});

describe('the words for a transfer', () => {
  const anna = fakePeer('Anna');
  const sender = fakePeer('Phone', { sendOnly: true });
  const MEGABYTE = 1_000_000;

  function transferTo(state: TransferState, to: readonly RecipientState[], loaded = 0): Transfer {
    const transfer = fakeTransfer(state, { size: 200 * MEGABYTE, loaded });
    transfer.progress(
      loaded,
      to.map((each, index) => ({
        id: index === 0 ? anna.id : `${index}`,
        name: '',
        loaded,
        state: each,
        error: null,
        outcome: 'delivered' as const,
      })),
    );
    return transfer;
  }

  const PAUSED = 18 * MEGABYTE;
  for (const [words, hub, transfer] of [
    ['Will be sent when you are connected', { state: 'joining' }, transferTo('queued', [])],
    ['Will be sent when you are connected', { state: 'reconnecting' }, transferTo('queued', [])],
    ['Will be sent when you are connected', { state: 'failed' }, transferTo('queued', [])],
    ['Will be sent when you are connected', { state: 'closed' }, transferTo('queued', [])],
    ['Will be sent when someone joins', { state: 'waiting' }, transferTo('queued', [])],
    [
      'Will be sent when someone joins who can receive it',
      { state: 'connected', peers: [sender] },
      transferTo('queued', []),
    ],
    ['Waiting its turn', { state: 'connected', peers: [anna] }, transferTo('queued', ['waiting'])],
    ['Will be sent when the connection is back', { state: 'waiting' }, transferTo('queued', ['waiting'])],
    [
      'Paused: connection lost – 18 of 200 MB',
      { state: 'reconnecting' },
      transferTo('queued', ['waiting'], PAUSED),
    ],
    ['18 of 200 MB', { state: 'connected', peers: [anna] }, transferTo('sending', ['sending'], PAUSED)],
    [
      '18 of 200 MB – Delivered to 1 of 3',
      { state: 'connected', peers: [anna] },
      transferTo('sending', ['delivered', 'sending', 'waiting', 'left'], PAUSED),
    ],
    ['Delivered', { state: 'connected' }, transferTo('delivered', ['delivered'])],
    ['Delivered', { state: 'connected' }, transferTo('delivered', ['delivered', 'left'])],
    ['Delivered to both', { state: 'connected' }, transferTo('delivered', ['delivered', 'delivered'])],
    [
      'There is no space left on the other device. Free some there, then retry.',
      { state: 'connected' },
      fakeTransfer('failed', { error: 'storage-full' }),
    ],
    ['Cancelled', { state: 'connected' }, fakeTransfer('cancelled', { error: 'transfer-cancelled' })],
    [
      'The other side cancelled this. Ask them, then send it again.',
      { state: 'connected' },
      fakeTransfer('cancelled', { error: 'transfer-cancelled-by-peer' }),
    ],
  ] as const)
    it(`that is ${transfer.state} in the state ${hub.state}: “${words}”`, () => {
      expect(plain(transferLabel(transfer, hubWith(hub), english))).to.equal(words);
    });

  for (const { outcomes, words, russian } of [
    { outcomes: ['opened'], words: 'Opened', russian: 'Открыто' },
    { outcomes: ['removed'], words: 'Removed on the other side', russian: 'Удалено на другой стороне' },
    { outcomes: ['submitted'], words: 'Submitted with the form', russian: 'Отправлено с формой' },
    {
      outcomes: ['opened', 'delivered'],
      words: 'Delivered to both – opened by 1',
      russian: 'Доставлено обоим – открыто: 1',
    },
    {
      outcomes: ['removed', 'opened', 'submitted'],
      words: 'Delivered to all 3 – submitted by 1',
      russian: 'Доставлено всем: 3 – отправлено с формой: 1',
    },
  ] as const)
    it(`say what has become of it: ${outcomes.join(', ')}`, () => {
      const transfer = fakeTransfer('delivered', { to: outcomes.map(() => 'delivered') });
      transfer.became(transfer.recipients.map((each, at) => ({ ...each, outcome: outcomes[at]! })));
      expect(plain(transferLabel(transfer, hubWith({}), english))).to.equal(words);
      expect(plain(transferLabel(transfer, hubWith({}), textsOf(ru)))).to.equal(russian);
    });

  it('tell how fast it is and how long it takes, in both languages', () => {
    const transfer = transferTo('sending', ['sending'], PAUSED);
    const pace = { speed: 3_200_000, left: 55 };
    expect(plain(transferLabel(transfer, hubWith({}), english, pace))).to.equal(
      '18 of 200 MB – 3.2 MB/s – 55 s left',
    );
    expect(plain(transferLabel(transfer, hubWith({}), textsOf(ru), pace))).to.equal(
      '18 из 200 МБ – 3,2 МБ/с – осталось 55 с',
    );
  });

  for (const [left, words] of [
    [0.2, '1 s left'],
    [59, '59 s left'],
    [61, '2 min left'],
    [3600, '60 min left'],
    [7000, '2 h left'],
  ] as const)
    it(`say that ${left} s are “${words}”`, () => {
      const pace = { speed: 1, left };
      expect(transferLabel(transferTo('sending', ['sending']), hubWith({}), english, pace)).to.contain(words);
    });

  it('have no speed and no time left where nothing moves', () => {
    const pace = { speed: 0, left: null };
    const words = transferLabel(transferTo('sending', ['sending'], PAUSED), hubWith({}), english, pace);
    expect(plain(words)).to.equal('18 of 200 MB');
  });

  it('add up to one total', () => {
    const total = { count: 12, arrived: 3, loaded: 45 * MEGABYTE, size: 310 * MEGABYTE, pace: null };
    expect(plain(totalLabel(total, english))).to.equal('3 of 12 arrived – 45 of 310 MB');
  });
});

describe('that everything has arrived', () => {
  const file = fakeItem(new File(['x'], 'x.txt'));
  const delivered = [1, 2, 3, 4].map(() => fakeTransfer('delivered', { to: ['delivered'] }));
  for (const [what, state, words] of [
    ['nothing was sent', {}, ''],
    ['all four have', { transfers: delivered }, 'All 4 arrived: you can close this page.'],
    ['the only one has', { transfers: delivered.slice(0, 1) }, 'It has arrived: you can close this page.'],
    [
      'all but a cancelled one have',
      { transfers: [...delivered, fakeTransfer('cancelled')] },
      'All 4 arrived: you can close this page.',
    ],
    ['one is still being sent', { transfers: [...delivered, fakeTransfer('sending')] }, ''],
    ['one has failed', { transfers: [...delivered, fakeTransfer('failed', { error: 'peer-lost' })] }, ''],
    ['something waits to be sent', { transfers: delivered, pending: [file] }, ''],
    ['something was received here, too', { transfers: delivered, received: [file] }, 'All 4 arrived.'],
    [
      'something is arriving here',
      { transfers: [...delivered, fakeTransfer('receiving', { direction: 'receive' })] },
      'All 4 arrived.',
    ],
  ] as const)
    it(`is ${words === '' ? 'not said' : `“${words}”`} when ${what}`, () => {
      expect(arrivedLabel(hubWith(state), english)).to.equal(words);
    });
});
