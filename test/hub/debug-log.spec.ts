/* eslint-disable no-console -- it is what the log writes to */
import { expect } from '@open-wc/testing';
import '../../src/define/snap-connection.js';
import { fakePeer, fakeTransfer } from '../../demo/fake-hub.js';
import { SnapError } from '../../src/errors.js';
import { logHub } from '../../src/hub/debug-log.js';
import { Emitter } from '../../src/hub/emitter.js';
import type { HubEvents } from '../../src/hub/hub-events.js';
import type { HubSettings } from '../../src/hub/settings.js';
import { makeRoomCode } from '../../src/room/code.js';
import { deriveKeys } from '../../src/room/keys.js';
import { otherPage } from '../elements/support/other-page.js';
import { waitUntil } from '../support/wait-until.js';

class Hub extends Emitter<HubEvents> {
  readonly settings = { debug: true } as { debug: boolean } & HubSettings;
  error: SnapError | null = null;

  override emit<Type extends keyof HubEvents>(type: Type, value: HubEvents[Type]): void {
    super.emit(type, value);
  }
}

describe('the debug log', () => {
  const { debug } = console;
  let lines: string[];
  let hub: Hub;
  let stop: AbortController;
  beforeEach(() => {
    lines = [];
    console.debug = (line: string) => lines.push(line);
    hub = new Hub();
    stop = new AbortController();
    logHub(hub, stop.signal);
  });
  afterEach(() => {
    stop.abort();
    console.debug = debug;
    localStorage.removeItem('snaptrail-debug');
  });

  it('says what the room does', () => {
    const peer = fakePeer('Anna', { relayed: true, roundTrip: 41.7, sendOnly: true });
    const name = `peer ${peer.id.slice(0, 8)}`;
    hub.emit('state', 'joining');
    hub.emit('peer-join', peer);
    hub.emit('peer-path', peer);
    hub.emit('peer-path', { ...peer, relayed: false, roundTrip: 0 });
    hub.emit('peer-leave', peer);
    hub.emit('trouble', new SnapError('server-unreachable'));
    hub.emit('trouble', null);
    hub.error = new SnapError('room-full', { detail: 'a detail' });
    hub.emit('state', 'failed');
    hub.emit('error', hub.error);
    expect(lines).to.deep.equal(
      [
        'state joining',
        `${name} joined`,
        `${name} relayed, 42 ms`,
        `${name} direct`,
        `${name} left`,
        'trouble server-unreachable',
        'trouble over',
        'state failed (room-full)',
        'error room-full',
      ].map((line) => `[snaptrail] ${line}`),
    );
  });

  it('says of a transfer when it starts, moves on by a quarter, and how it ends', () => {
    const transfer = fakeTransfer('queued', { size: 1000, to: ['waiting'] });
    const id = transfer.id.slice(0, 8);
    const [recipient] = transfer.recipients;
    const to = recipient!.id.slice(0, 8);
    hub.emit('transfer', transfer);
    transfer.move('sending');
    for (const loaded of [10, 240, 260, 270]) {
      transfer.progress(loaded, [{ ...recipient!, state: 'sending' }]);
      hub.emit('transfer', transfer);
    }
    transfer.move('failed', new SnapError('peer-lost'));
    hub.emit('transfer', transfer);
    expect(lines).to.deep.equal(
      [
        `queued 0 % to ${to} waiting`,
        `sending 0 % to ${to} sending`,
        `sending 25 % to ${to} sending`,
        `failed (peer-lost) 25 % to ${to} sending`,
      ].map((line) => `[snaptrail] send ${id} ${line}`),
    );
  });

  const switches: [what: string, attribute: boolean, key: string | null, on: boolean][] = [
    ['without the attribute and the key', false, null, false],
    ['with the attribute', true, null, true],
    ['with the key', false, '1', true],
    ['with an empty key', false, '', false],
  ];
  for (const [what, attribute, key, on] of switches)
    it(`is ${on ? 'on' : 'off'} ${what}`, () => {
      hub.settings.debug = attribute;
      if (key !== null) localStorage.setItem('snaptrail-debug', key);
      hub.emit('state', 'waiting');
      expect(lines).to.have.length(on ? 1 : 0);
    });

  it('is off where storage is forbidden and the attribute is missing', () => {
    const genuine = Object.getOwnPropertyDescriptor(window, 'localStorage')!;
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('It is forbidden.', 'SecurityError');
      },
    });
    try {
      hub.settings.debug = false;
      hub.emit('state', 'waiting');
    } finally {
      Object.defineProperty(window, 'localStorage', genuine);
    }
    expect(lines).to.deep.equal([]);
  });

  it('ends with its signal', () => {
    stop.abort();
    hub.emit('state', 'waiting');
    expect(lines).to.deep.equal([]);
  });

  it('holds no code, tag or key of a room, no invitation and no name, whatever two pages do', async function () {
    const timeout = 15_000;
    this.timeout(4 * timeout);
    const code = makeRoomCode();
    const element = document.createElement('snap-connection');
    Object.assign(element, { server: '/peerjs', room: code, name: 'Ada Lovelace', debug: true });
    document.body.append(element);
    const other = await otherPage(code);
    await waitUntil(() => element.peers.length === 1 && other.peers.length === 1, 'they meet');
    const invitation = element.inviteUrl;
    await element.send(new File(['what nobody is to read'], 'diagnosis.txt')).finished;
    const { File: TheirFile } = other.ownerDocument.defaultView as unknown as typeof globalThis;
    await other.send(new TheirFile(['back'], 'answer.txt')).finished;
    other.disconnect();
    await waitUntil(() => element.peers.length === 0, 'the other has left');
    element.setAttribute('ice-servers', 'nonsense');
    await waitUntil(() => lines.includes('[snaptrail] error ice-servers-invalid'), 'it reports');
    await element.renew();
    const renewed = element.room!;
    await waitUntil(() => element.state === 'waiting' || element.state === 'failed', 'it is renewed');
    element.remove();
    document.querySelector('iframe')!.remove();
    const log = lines.join('\n');
    for (const expected of [
      /state joining/,
      /state connected/,
      /peer [0-9a-f]{8} joined/,
      /peer [0-9a-f]{8} left/,
      /send [0-9a-f]{8} delivered 100 %/,
      /receive [0-9a-f]{8} delivered/,
    ])
      expect(log).to.match(expected);
    const secrets = [code, renewed].flatMap((each) => {
      const { tag, key } = deriveKeys(each);
      const hex = Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return [each, tag, hex, String(key)];
    });
    const names = ['Lovelace', 'diagnosis', 'answer', 'nobody is to read', 'nonsense', location.host];
    for (const secret of [...secrets, ...names, invitation])
      expect(log.toLowerCase()).not.to.include(secret.toLowerCase());
  });
});
