import { expect } from '@open-wc/testing';
import '../../../src/define/snap-connection.js';
import { hostOf } from '../../../src/elements/snap-connection/host.js';
import type { SnapOffer, SnapReceiveEvent } from '../../../src/events.js';
import type { HubHost } from '../../../src/hub/hub.js';

const offer: SnapOffer = {
  ...{ id: 'a'.repeat(32), name: 'car.jpg', type: 'image/jpeg', size: 1000 },
  from: { id: 'b'.repeat(32), name: 'Anna', sendOnly: false, roundTrip: 4, relayed: false, takes: null },
  preview: null,
};
const unused = { use: () => undefined, renew: () => undefined, retire: () => undefined };

function hostIn(listener: ((event: SnapReceiveEvent) => void) | null): HubHost {
  const element = document.createElement('snap-connection');
  if (listener) element.addEventListener('snap-receive', listener);
  return hostOf(element, [], unused);
}

describe('the element of a hub', () => {
  const answers: [string, ((event: SnapReceiveEvent) => void) | null, boolean][] = [
    ['nobody listens', null, true],
    ['a listener only looks', () => undefined, true],
    ['a listener cancels', (event) => event.preventDefault(), false],
    ['a listener responds with true', (event) => event.respondWith(true), true],
    ['a listener responds with false', (event) => event.respondWith(false), false],
    ['a person agrees later', (event) => event.respondWith(Promise.resolve(true)), true],
    [
      'a listener cancels and agrees',
      (event) => {
        event.respondWith(true);
        event.preventDefault();
      },
      false,
    ],
  ];
  for (const [what, listener, expected] of answers)
    it(`${expected ? 'accepts' : 'declines'} an offer when ${what}`, async () => {
      expect(await hostIn(listener).ask(offer)).to.equal(expected);
    });

  it('rejects when the page’s own answer rejects, which declines the offer', async () => {
    const host = hostIn((event) => event.respondWith(Promise.reject(new Error('closed the dialog'))));
    const outcome = await host.ask(offer).catch((error: Error) => error.message);
    expect(outcome).to.equal('closed the dialog');
  });

  it('is present while it is in a document that has a window', () => {
    const element = document.createElement('snap-connection');
    element.manual = true;
    const host = hostOf(element, [], unused);
    expect(host.present).to.equal(false);
    document.body.append(element);
    expect(host.present).to.equal(true);
    document.implementation.createHTMLDocument().body.append(element);
    expect(host.present).to.equal(false);
  });

  it('has the first camera in tree order, however they were attached', () => {
    const [first, second, other] = ['a', 'b', 'i'].map((tag) => document.createElement(tag));
    for (const camera of [first!, second!]) Object.assign(camera, { snap: () => undefined });
    document.body.append(other!, first!, second!);
    const host = hostOf(document.createElement('snap-connection'), [second!, other!, first!], unused);
    expect(host.camera).to.equal(first);
    for (const each of [first!, second!, other!]) each.remove();
  });
});
