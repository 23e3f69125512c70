import { expect } from '@open-wc/testing';
import {
  codeInAddress,
  codeInFragment,
  fragmentWith,
  givenCode,
  isInvited,
  keepCode,
  partsOf,
  renewCode,
  roomCode,
} from '../../../src/hub/page/address.js';
import { isRoomCode, makeRoomCode } from '../../../src/room/code.js';

const CODE = 'abcdefghijklmnopqrstuvwxyz';
const page = `${location.pathname}${location.search}`;

describe('the code in a fragment', () => {
  const found: [fragment: string, key: string, expected: string | null][] = [
    ['', 'snap', null],
    ['#', 'snap', null],
    [`#snap=${CODE}`, 'snap', CODE],
    [`snap=${CODE}`, 'snap', CODE],
    [`#/inbox&snap=${CODE}`, 'snap', CODE],
    [`#snap=${CODE}&/inbox`, 'snap', CODE],
    [`#snap=${CODE}&snap=other`, 'snap', CODE],
    ['#snap=', 'snap', ''],
    ['#snap', 'snap', null],
    [`#nosnap=${CODE}`, 'snap', null],
    [`#/inbox?snap=${CODE}`, 'snap', null],
    [`#SNAP=${CODE}`, 'snap', null],
    [`#snap=${CODE}`, 'car', null],
    [`#my%20room=${CODE}`, 'my room', CODE],
    [`#caf%C3%A9=${CODE}`, 'café', CODE],
    [`#a%26b=${CODE}`, 'a&b', CODE],
  ];
  for (const [fragment, key, expected] of found)
    it(`${fragment || 'nothing'} under the key ${key} is ${expected === '' ? 'empty' : (expected ?? 'none')}`, () =>
      expect(codeInFragment(fragment, key)).to.equal(expected));

  const written: [fragment: string, key: string, expected: string][] = [
    ['', 'snap', `#snap=${CODE}`],
    ['#/inbox', 'snap', `#/inbox&snap=${CODE}`],
    ['#snap=old', 'snap', `#snap=${CODE}`],
    ['#snap=old&/inbox&snap=older', 'snap', `#/inbox&snap=${CODE}`],
    ['#car=other', 'snap', `#car=other&snap=${CODE}`],
    ['#a&&b', 'snap', `#a&b&snap=${CODE}`],
    ['', 'a&b', `#a%26b=${CODE}`],
  ];
  for (const [fragment, key, expected] of written)
    it(`written into ${fragment || 'nothing'} under the key ${key} gives ${expected}`, () => {
      const made = fragmentWith(fragment, key, CODE);
      expect(made).to.equal(expected);
      expect(codeInFragment(made, key)).to.equal(CODE);
    });

  it('has its parts separated by &', () => {
    expect(partsOf('#/inbox&a=b&&c')).to.deep.equal(['/inbox', 'a=b', 'c']);
    expect(partsOf('#')).to.deep.equal([]);
  });
});

describe("the room's code of a page", () => {
  // The codes that a document has had are remembered by key: each test has a key of its own.
  let key = '';
  let count = 0;
  beforeEach(() => {
    key = `room${count++}`;
    sessionStorage.clear();
    history.replaceState(null, '', page);
  });
  after(() => history.replaceState(null, '', page));

  it('is made and written into the address, and is the same from then on', () => {
    const code = roomCode({ room: null, fragment: key });
    expect(isRoomCode(code)).to.equal(true);
    expect(location.hash).to.equal(`#${key}=${code}`);
    expect(roomCode({ room: null, fragment: key })).to.equal(code);
  });

  it('is read from the address, beside what the page keeps there, without a history entry', () => {
    const entries = history.length;
    history.replaceState(null, '', `${page}#/inbox&${key}=${CODE}`);
    expect(roomCode({ room: null, fragment: key })).to.equal(CODE);
    expect([location.hash, history.length]).to.deep.equal([`#/inbox&${key}=${CODE}`, entries]);
  });

  it('is the attribute when the page sets it, and the address is left alone', () => {
    history.replaceState(null, '', `${page}#${key}=${CODE}`);
    const room = makeRoomCode();
    expect(roomCode({ room, fragment: key })).to.equal(room);
    expect(location.hash).to.equal(`#${key}=${CODE}`);
  });

  for (const wrong of ['short', `${CODE}a`, CODE.toUpperCase(), ''])
    it(`is refused, and left where it is, when it is ${JSON.stringify(wrong)}`, () => {
      history.replaceState(null, '', `${page}#${key}=${wrong}`);
      expect(() => roomCode({ room: null, fragment: key }))
        .to.throw()
        .with.property('code', 'room-code-invalid');
      expect(location.hash).to.equal(`#${key}=${wrong}`);
    });

  it('is kept in the tab, and not in the address, when the fragment is not to be used', () => {
    const code = roomCode({ room: null, fragment: '' });
    expect(location.hash).to.equal('');
    expect(sessionStorage.getItem('snaptrail-room')).to.equal(code);
    expect(givenCode({ room: null, fragment: '' })).to.equal(code);
  });

  it('came by an invitation unless this page has made it', () => {
    expect(isInvited(CODE)).to.equal(true);
    expect(isInvited(roomCode({ room: null, fragment: key }))).to.equal(false);
    const [former, next] = [makeRoomCode(), makeRoomCode()];
    renewCode(key, former, next);
    expect([former, next].map(isInvited)).to.deep.equal([true, false]);
  });

  it('survives a router that takes it out of the address', () => {
    keepCode(key, CODE);
    history.replaceState(null, '', `${page}#/inbox`);
    expect(codeInAddress(key)).to.equal(null);
    expect(givenCode({ room: null, fragment: key })).to.equal(CODE);
  });

  it('is not the former one once it is renewed, also when the person goes back to that', () => {
    const [former, next] = [makeRoomCode(), makeRoomCode()];
    keepCode(key, former);
    renewCode(key, former, next);
    expect(codeInAddress(key)).to.equal(next);
    history.replaceState(null, '', `${page}#${key}=${former}`);
    expect(codeInAddress(key)).to.equal(null);
    expect(givenCode({ room: null, fragment: key })).to.equal(next);
  });
});
