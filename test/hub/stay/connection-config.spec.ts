import { expect } from '@open-wc/testing';
import { iceServersFrom, serverUrl, within } from '../../../src/hub/stay/connection-config.js';

describe('the server', () => {
  const { origin } = location;
  const urls: [given: string | null, expected: string | null][] = [
    [null, null],
    ['', null],
    [' \n', null],
    ['/peerjs', `${origin}/peerjs`],
    [' /peerjs ', `${origin}/peerjs`],
    ['//signal.test/peerjs', `${location.protocol}//signal.test/peerjs`],
    ['https://signal.test', 'https://signal.test/'],
    ['HTTP://Signal.test:9000/a?key=b', 'http://signal.test:9000/a?key=b'],
  ];
  for (const [given, expected] of urls)
    it(`${JSON.stringify(given)} is ${expected ?? "PeerJS's public cloud"}`, () =>
      expect(serverUrl(given)?.href ?? null).to.equal(expected));

  for (const given of ['https://', 'ftp://signal.test', 'wss://signal.test', 'about:invalid', 'https://['])
    it(`${given} is refused`, () =>
      expect(() => serverUrl(given))
        .to.throw()
        .with.property('code', 'server-invalid'));
});

describe('a whole number from an attribute', () => {
  const numbers: [given: number | null, expected: number][] = [
    [null, 12],
    [NaN, 12],
    [Infinity, 12],
    [0, 1],
    [-3, 1],
    [2.9, 2],
    [20, 20],
    [21, 20],
  ];
  for (const [given, expected] of numbers)
    it(`${given} between 1 and 20, by default 12, is ${expected}`, () =>
      expect(within(given, 12, 1, 20)).to.equal(expected));
});

describe('ICE servers', () => {
  const known = { username: 'u', credential: 'c' };
  for (const given of [
    '{}',
    '[5]',
    '[null]',
    'null',
    '5',
    '"stun:a.test"',
    '[{"urls":[]}]',
    '[{"urls":"http://a.test"}]',
    '[{"urls":"stun://a.test"}]',
    '[{"urls":"stun:"}]',
    '[{"urls":"stun:a.test?transport=udp"}]',
    '[{"urls":"turn:a.test"}]',
    '{"urls":["stun:a.test",5]}',
    '[{"urls":"turn:a.test","username":"u","credential":""}]',
    [{}],
    [[]],
    5,
    true,
    false,
    () => 1,
    Symbol('s'),
    { urls: 'turn:a.test', username: 'u' },
  ]) {
    it(`are refused when no connection could be made with them: ${typeof given === 'object' ? JSON.stringify(given) : String(given)}`, () => {
      expect(() => iceServersFrom(given as never))
        .to.throw()
        .with.property('code', 'ice-servers-invalid');
    });
  }

  for (const given of [
    null,
    '',
    ' ',
    '[]',
    [],
    { urls: 'stun:a.test' },
    '{"urls":"stuns:[::1]:3478"}',
    [{ urls: ['stun:a.test:1', 'STUN:b.test'] }],
    [{ ...known, urls: 'turn:a.test:1?transport=tcp' }],
    new Proxy([{ ...known, urls: ['turns:a.test'] }], {}),
  ]) {
    it(`are accepted when the browser accepts them: ${JSON.stringify(given)}`, () => {
      const servers = iceServersFrom(given);
      new RTCPeerConnection({ iceServers: servers }).close();
      expect(servers).to.be.an('array').and.not.to.equal(given);
    });
  }
});
