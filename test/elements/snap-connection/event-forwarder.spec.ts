import { expect } from '@open-wc/testing';
import { fakeItem, fakePeer, fakeTransfer } from '../../../demo/fake-hub.js';
import { EventForwarder } from '../../../src/elements/snap-connection/event-forwarder.js';
import { SnapError } from '../../../src/errors.js';
import type { ConnectionState } from '../../../src/events.js';
import { Emitter } from '../../../src/hub/emitter.js';
import type { HubEvents } from '../../../src/hub/hub-events.js';
import type { Hub } from '../../../src/hub/hub.js';
import { task } from '../../timing/support/virtual-time.js';

/** A hub that emits what a test asks for. */
class EmittingHub extends Emitter<HubEvents> {
  readonly settings = { debug: false };
  readonly error = null;
  readonly pending = [fakeItem(new File(['waits'], 'waits.txt'))];
  state: ConnectionState = 'idle';

  override emit<Type extends keyof HubEvents>(type: Type, value: HubEvents[Type]): void {
    super.emit(type, value);
  }

  move(state: ConnectionState): void {
    this.state = state;
    this.emit('state', state);
  }

  get asHub(): Hub {
    return this as unknown as Hub;
  }
}

/** An element whose states can be read. */
class Watched extends HTMLElement {
  readonly internals = this.attachInternals();
}
customElements.define('watched-element', Watched);

describe('the events of a hub', () => {
  let element: Watched;
  let hub: EmittingHub;
  let forwarder: EventForwarder;
  let events: Event[];
  beforeEach(() => {
    element = new Watched();
    hub = new EmittingHub();
    forwarder = new EventForwarder(element, element.internals);
    forwarder.follow(hub.asHub);
    events = [];
    for (const type of [
      ...['snap-connection-change', 'snap-peer-join', 'snap-peer-leave', 'snap-pending-change'],
      ...['snap-transfer-change', 'snap-received', 'snap-error'],
    ])
      element.addEventListener(type, (event) => events.push(event));
  });

  const peer = fakePeer('Anna');
  const transfer = fakeTransfer('sending');
  const item = fakeItem(new File(['here'], 'here.txt'));
  const error = new SnapError('peer-lost');
  const rows: [keyof HubEvents, unknown, string, object][] = [
    ['peer-join', peer, 'snap-peer-join', { peer }],
    ['peer-leave', peer, 'snap-peer-leave', { peer }],
    ['transfer', transfer, 'snap-transfer-change', { transfer }],
    ['received', { item, transfer }, 'snap-received', { item, transfer }],
    ['error', error, 'snap-error', { error }],
  ];
  for (const [type, value, name, fields] of rows)
    it(`reach the page: ${type} as ${name}, with its fields`, () => {
      hub.emit(type, value as never);
      expect(events.map((event) => event.type)).to.deep.equal([name]);
      for (const [field, expected] of Object.entries(fields))
        expect((events[0] as never)[field]).to.equal(expected);
    });

  it('reach the page: what is pending is read when the page asks', () => {
    hub.emit('pending', null);
    expect((events[0] as Event & { pending: unknown }).pending).to.equal(hub.pending);
  });

  for (const type of ['change', 'trouble', 'peer-path'] as const)
    it(`only wake the small elements: ${type}`, async () => {
      let woken = 0;
      forwarder.subscribe(() => woken++, { signal: new AbortController().signal });
      hub.emit(type, (type === 'peer-path' ? peer : null) as never);
      while (woken === 0) await task();
      expect(events).to.deep.equal([]);
    });

  it('name each state once, in the page and as a `:state()`', () => {
    hub.move('joining');
    hub.move('joining');
    expect(element.matches(':state(joining)')).to.equal(true);
    hub.move('waiting');
    expect(events.map((event) => (event as Event & { state: string }).state)).to.deep.equal([
      'joining',
      'waiting',
    ]);
    expect(element.matches(':state(joining)')).to.equal(false);
    expect(element.matches(':state(waiting)')).to.equal(true);
  });

  it('come from the latest hub alone', () => {
    const next = new EmittingHub();
    forwarder.follow(next.asHub);
    hub.emit('peer-join', peer);
    expect(events).to.deep.equal([]);
    next.emit('peer-leave', peer);
    expect(events.map(({ type }) => type)).to.deep.equal(['snap-peer-leave']);
  });

  it('no longer wake a small element that has unsubscribed', async () => {
    const stop = new AbortController();
    const woken: string[] = [];
    forwarder.subscribe(() => woken.push('gone'), { signal: stop.signal });
    forwarder.subscribe(() => woken.push('stays'), { signal: new AbortController().signal });
    stop.abort();
    hub.emit('change', null);
    while (woken.length === 0) await task();
    expect(woken).to.deep.equal(['stays']);
  });
});
