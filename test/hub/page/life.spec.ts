import { expect } from '@open-wc/testing';
import { followPage } from '../../../src/hub/page/life.js';
import { nextTask } from '../../../src/timing/next-task.js';

describe('what happens to a page', () => {
  let told: string[];
  let stop: AbortController;
  beforeEach(() => {
    told = [];
    stop = new AbortController();
    const listener = {
      leaving: () => void told.push('leaving'),
      returned: () => void told.push('returned'),
      revived: () => void told.push('revived'),
      addressChanged: () => void told.push('addressChanged'),
    };
    followPage(() => listener, stop.signal);
  });
  afterEach(() => stop.abort());

  const events: [what: string, target: EventTarget, event: Event, expected: string[]][] = [
    ['it goes away', window, new PageTransitionEvent('pagehide', { persisted: true }), ['leaving']],
    ['it is loaded', window, new PageTransitionEvent('pageshow', { persisted: false }), []],
    [
      'it is back from the back-forward cache',
      window,
      new PageTransitionEvent('pageshow', { persisted: true }),
      ['returned'],
    ],
    ['the network is back', window, new Event('online'), ['revived']],
    ['it is visible again', document, new Event('visibilitychange'), ['revived']],
    ['a link changes its fragment', window, new HashChangeEvent('hashchange'), ['addressChanged']],
    ['the person goes back in its history', window, new PopStateEvent('popstate'), ['addressChanged']],
  ];
  for (const [what, target, event, expected] of events)
    it(`${expected.length > 0 ? 'is told' : 'is not told'} when ${what}`, () => {
      target.dispatchEvent(event);
      expect(told).to.deep.equal(expected);
    });

  it('is told in a later task when the page itself changes its address', async () => {
    history.replaceState(null, '', '#other');
    expect(told).to.deep.equal([]);
    await new Promise((resolve) => nextTask(() => resolve(null)));
    expect(told).to.deep.equal(['addressChanged']);
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('is not told any more once nobody listens, not even what is under way', async () => {
    history.replaceState(null, '', location.pathname + location.search);
    stop.abort();
    dispatchEvent(new Event('online'));
    await new Promise((resolve) => nextTask(() => resolve(null)));
    expect(told).to.deep.equal([]);
  });
});
