import { expect } from '@open-wc/testing';
import '../../../src/define/snap-connection.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { SnapCapturedEvent } from '../../../src/events.js';
import type { SnapErrorEvent } from '../../../src/events.js';
import { makeRoomCode } from '../../../src/room/code.js';
import { itemOf } from '../../store/support/offers.js';
import { otherPage } from '../support/other-page.js';
import { waitUntil } from '../../support/wait-until.js';

/** What a page has told since it was asked: the codes of its errors, and who has come and gone. */
class Log {
  readonly codes: string[] = [];
  readonly moves: string[] = [];

  constructor(target: EventTarget) {
    target.addEventListener('snap-error', (event) => this.codes.push((event as SnapErrorEvent).error.code));
    target.addEventListener('snap-peer-join', () => this.moves.push('join'));
    target.addEventListener('snap-peer-leave', () => this.moves.push('leave'));
  }
}

function hubIn(parent: ParentNode): SnapConnection {
  return parent.querySelector('snap-connection')!;
}

/**
 * Does something that sets timers, which come as late as they may in a page that nobody sees: when
 * the result is called.
 */
function timersOf(act: () => void): () => void {
  const timers: (() => void)[] = [];
  const { setTimeout } = globalThis;
  globalThis.setTimeout = ((run: () => void) => timers.push(run)) as unknown as typeof setTimeout;
  act();
  globalThis.setTimeout = setTimeout;
  return () => timers.forEach((run) => run());
}

const SWAPS: Record<string, (place: HTMLElement, hub: SnapConnection) => void> = {
  'replaceWith(clone)': (_, hub) => hub.replaceWith(hub.cloneNode(true)),
  'innerHTML = innerHTML': (place) => (place.innerHTML = `${place.innerHTML}\n`),
  'outerHTML of what is around it': (place) => {
    const parent = place.firstElementChild!;
    parent.outerHTML = `${parent.outerHTML}\n`;
  },
  'a new one before, and the old one removed': (_, hub) => {
    hub.before(hub.cloneNode(true));
    hub.remove();
  },
  'the old one removed, and a new one a microtask later': (place, hub) => {
    const { parentElement } = hub;
    const next = hub.cloneNode(true);
    hub.remove();
    queueMicrotask(() => (parentElement ?? place).append(next));
  },
  'replaceChildren with what was parsed': (place) => {
    const parsed = new DOMParser().parseFromString(place.innerHTML, 'text/html');
    place.replaceChildren(...parsed.body.children);
  },
  'three, one after the other': (_, hub) => {
    const second = hub.cloneNode(true) as SnapConnection;
    hub.replaceWith(second);
    second.replaceWith(hub.cloneNode(true));
  },
};

describe('a hub that is replaced by another for the same room', function () {
  // Some megabytes and a second page: on a busy machine, that takes its time.
  this.timeout(90_000);
  let place: HTMLElement;
  let room: string;
  beforeEach(() => {
    room = makeRoomCode();
    place = document.createElement('main');
    place.innerHTML = `<section><snap-connection server="/peerjs" room="${room}"></snap-connection></section>`;
    document.body.append(place);
  });
  afterEach(() => {
    place.remove();
    document.querySelectorAll('iframe').forEach((frame) => frame.remove());
  });

  for (const [how, swap] of Object.entries(SWAPS)) {
    it(`hands over everything, and nobody in the room notices: ${how}`, async () => {
      const other = await otherPage(room);
      const old = hubIn(place);
      await waitUntil(() => old.peers.length === 1 && other.peers.length === 1, 'they have met');
      const log = new Log(document);
      const seen = new Log(other);
      const item = itemOf('pending');
      old.dispatchEvent(new SnapCapturedEvent(item));
      const { File: TheirFile } = other.ownerDocument.defaultView as unknown as typeof globalThis;
      await other.send(new TheirFile(['before'], 'before.txt')).finished;
      await waitUntil(() => old.pending.length === 1 && old.received.length === 1, 'it is pending');

      swap(place, old);
      await waitUntil(
        () => place.querySelector('snap-connection:state(connected)') !== null && hubIn(place) !== old,
        'it is connected',
      );
      const next = hubIn(place);
      expect(next.pending).to.deep.equal([item]);
      expect(next.received.map(({ file }) => file.name)).to.deep.equal(['before.txt']);
      await next.send(new File(['there'], 'there.txt')).finished;
      await other.send(new TheirFile(['back'], 'back.txt')).finished;
      expect(next.received.map(({ file }) => file.name)).to.deep.equal(['back.txt', 'before.txt']);
      expect(other.received.map(({ file }) => file.name)).to.deep.equal(['there.txt']);
      expect(seen.moves).to.deep.equal([]);
      expect([...log.codes, ...seen.codes]).to.deep.equal([]);
      expect([old.state, old.pending.length, old.received.length, old.peers.length]).to.deep.equal([
        'closed',
        0,
        0,
        0,
      ]);
    });
  }

  it('hands over running transfers, beside what was already requested of the new one', async () => {
    const other = await otherPage(room);
    const old = hubIn(place);
    await waitUntil(() => old.peers.length === 1 && other.peers.length === 1, 'they have met');
    const begun = old.send(new File([new Uint8Array(20_000_000)], 'begun.bin'));
    const next = old.cloneNode() as SnapConnection;
    old.replaceWith(next);
    const own = next.send(new File(['own'], 'own.txt'));
    const item = itemOf('early');
    next.dispatchEvent(new SnapCapturedEvent(item));
    await Promise.all([begun.finished, own.finished]);
    expect(next.transfers.map(({ name, state }) => `${name} ${state}`)).to.have.members([
      'begun.bin delivered',
      'own.txt delivered',
    ]);
    expect(next.pending).to.deep.equal([item]);
    await waitUntil(() => other.received.length === 2, 'both have come');
  });

  it('gets its room back when the page puts it back right after replacing it', async () => {
    const other = await otherPage(room);
    const old = hubIn(place);
    await waitUntil(() => old.peers.length === 1 && other.peers.length === 1, 'they have met');
    const item = itemOf('pending');
    old.dispatchEvent(new SnapCapturedEvent(item));
    await waitUntil(() => old.pending.length === 1, 'it is pending');
    const seen = new Log(other);
    const next = old.cloneNode() as SnapConnection;
    old.addEventListener('snap-connection-change', () => next.replaceWith(old), { once: true });
    const late = timersOf(() => old.replaceWith(next));
    await waitUntil(() => old.state === 'connected' && next.state === 'closed', 'it is connected');
    expect([hubIn(place), old.pending, next.pending]).to.deep.equal([old, [item], []]);
    late();
    await old.send(new File(['there'], 'there.txt')).finished;
    expect(seen.moves).to.deep.equal([]);
  });

  it('hands over everything when the frame that it was moved into is removed', async () => {
    const old = hubIn(place);
    const frame = document.createElement('iframe');
    place.append(frame);
    frame.contentDocument!.body.append(old);
    await waitUntil(() => old.state === 'waiting', 'it is in its room');
    const item = itemOf('pending');
    old.dispatchEvent(new SnapCapturedEvent(item));
    await waitUntil(() => old.pending.length === 1, 'it is pending');
    const next = old.cloneNode() as SnapConnection;
    frame.remove();
    place.append(next);
    await waitUntil(() => next.state === 'waiting' || next.state === 'failed', 'it is in the room');
    expect([next.state, next.pending, old.state]).to.deep.equal(['waiting', [item], 'closed']);
  });

  it('keeps its room when the page only moved it, and the other one waits until it leaves', async () => {
    const old = hubIn(place);
    await waitUntil(() => old.state === 'waiting', 'it is in its room');
    const log = new Log(place);
    const next = old.cloneNode() as SnapConnection;
    old.replaceWith(next);
    queueMicrotask(() => place.append(old));
    await waitUntil(() => next.state === 'failed', 'there is no place');
    expect([next.error?.code, old.state]).to.deep.equal(['room-in-use', 'waiting']);
    expect(log.codes).to.deep.equal(['room-in-use']);
    old.dispatchEvent(new SnapCapturedEvent(itemOf('of the first')));
    next.dispatchEvent(new SnapCapturedEvent(itemOf('of the second')));
    await waitUntil(() => next.pending.length === 1 && old.pending.length === 1, 'both have something');
    old.remove();
    await waitUntil(() => next.state === 'waiting', 'it gets in by itself');
    expect(next.error).to.equal(null);
    expect(next.pending.map(({ file }) => file.name)).to.deep.equal([
      'of the first.txt',
      'of the second.txt',
    ]);
  });

  for (const [how, go] of Object.entries<(hub: SnapConnection) => unknown>({
    'is disconnected': (hub) => hub.disconnect(),
    'goes into another room': (hub) => (hub.room = makeRoomCode()),
    'goes into a new room': (hub) => hub.renew(),
  })) {
    it(`enters by itself when the other ${how}`, async () => {
      const first = hubIn(place);
      await waitUntil(() => first.state === 'waiting', 'it is in its room');
      const second = first.cloneNode() as SnapConnection;
      const third = first.cloneNode() as SnapConnection;
      const log = new Log(place);
      place.append(second, third);
      await waitUntil(() => second.state === 'failed' && third.state === 'failed', 'there is no place');
      await go(first);
      await waitUntil(() => second.state === 'waiting', 'it gets in by itself');
      expect(third.state).to.equal('failed');
      expect(log.codes).to.deep.equal(['room-in-use', 'room-in-use']);
      second.remove();
      await waitUntil(() => third.state === 'waiting', 'so does the next');
    });
  }

  it('leaves what was not sent to the next hub, however late that comes', async () => {
    const old = hubIn(place);
    await waitUntil(() => old.state === 'waiting', 'it is in its room');
    const item = itemOf('left');
    old.dispatchEvent(new SnapCapturedEvent(item));
    const sent = old.send(new File([new Uint8Array(34_000_000)], 'large.bin'));
    const section = old.parentElement!;
    old.remove();
    await waitUntil(() => old.state === 'closed', 'it has left');
    const next = old.cloneNode() as SnapConnection;
    section.append(next);
    await waitUntil(() => next.state === 'waiting', 'the next is in the room');
    expect(next.pending).to.deep.equal([item]);
    expect(next.transfers).to.deep.equal([sent]);
    expect(old.pending).to.deep.equal([]);
    const other = await otherPage(room);
    await sent.finished;
    expect(other.received[0]!.file.size).to.equal(34_000_000);
  });
});
