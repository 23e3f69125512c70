import { expect } from '@open-wc/testing';
import '../../../src/define/snap-connection.js';
import '../../../src/define/snap-invite.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { SnapRenameRequestEvent } from '../../../src/events.js';
import { keepOwnName } from '../../../src/hub/page/own-name.js';
import { makeRoomCode } from '../../../src/room/code.js';
import { waitUntil } from '../../support/wait-until.js';

const address = `${location.pathname}${location.search}`;

describe('what a hub knows of its own member', () => {
  let hub: SnapConnection;
  beforeEach(() => {
    hub = document.createElement('snap-connection');
    hub.server = '/peerjs';
  });
  afterEach(() => {
    hub.remove();
    keepOwnName('');
    history.replaceState(null, '', address);
  });

  async function entered(): Promise<void> {
    document.body.append(hub);
    await waitUntil(() => hub.state === 'waiting', 'it is in its room');
  }

  it('is its id and the name that the person gives, once it is in a room', async () => {
    hub.room = makeRoomCode();
    expect(hub.self).to.equal(null);
    await entered();
    const { id } = hub.self!;
    expect(id).to.match(/^[0-9a-f]{32}$/);
    expect(hub.self).to.deep.equal({ id, name: '', named: false });
    hub.dispatchEvent(new SnapRenameRequestEvent('Anna'));
    await Promise.resolve();
    expect(hub.self).to.deep.equal({ id, name: 'Anna', named: false });
    hub.name = 'Desk 4';
    expect(hub.self).to.deep.equal({ id, name: 'Desk 4', named: true });
  });

  it('is where it invites a phone to: the page that an invitation of the page names, else this one', async () => {
    history.replaceState(null, '', `${address}#/claims/4711`);
    hub.innerHTML = '<snap-invite></snap-invite>';
    expect(hub.phoneUrl).to.equal('');
    await entered();
    expect(hub.phoneUrl).to.equal(hub.inviteUrl);
    const code = hub.inviteUrl.split('=').at(-1)!;
    hub.insertAdjacentHTML('beforeend', '<snap-invite href="phone.html"></snap-invite>');
    await waitUntil(() => hub.phoneUrl === new URL(`phone.html#snap=${code}`, document.baseURI).href);
    hub.lastElementChild!.setAttribute('href', 'other.html#car=');
    await waitUntil(() => hub.phoneUrl === new URL(`other.html#car=${code}`, document.baseURI).href);
    hub.lastElementChild!.remove();
    expect(hub.phoneUrl).to.equal(hub.inviteUrl);
  });

  it('is that nobody else can join a room for one', async () => {
    hub.room = makeRoomCode();
    await entered();
    expect(hub.full).to.equal(false);
    hub.maxPeers = 1;
    expect(hub.full).to.equal(true);
  });

  it('is that it should say where it sends to: as a sender who was invited, or as the page asks', async () => {
    hub.sendOnly = true;
    await entered();
    // It has made its room by itself.
    expect(hub.guarded).to.equal(false);
    hub.guard = true;
    expect(hub.guarded).to.equal(false);
    hub.guard = false;
    history.replaceState(null, '', `${address}#snap=${makeRoomCode()}`);
    await waitUntil(() => hub.guarded, 'it follows an invitation');
    hub.sendOnly = false;
    expect(hub.guarded).to.equal(false);
    hub.guard = true;
    expect(hub.guarded).to.equal(true);
  });
});
