import { expect } from '@open-wc/testing';
import { MemberRecord } from '../../src/room/member.js';
import { VERSIONS } from '../../src/room/messages.js';
import type { HelloMessage } from '../../src/room/messages.js';
import type { PeerSession } from '../../src/room/peer-session.js';

const session = {
  closed: new AbortController().signal,
  connection: { channel: (topic: string) => topic },
  heartbeat: { roundTrip: 5 },
} as unknown as PeerSession;

function memberOf(versions: HelloMessage['versions']): MemberRecord {
  const hello = { id: 'a', name: 'Anna', sendOnly: false, peerId: 'a', versions };
  return new MemberRecord(session, hello as HelloMessage);
}

describe('a member', () => {
  for (const { versions, speaks } of [
    { versions: [1, 2], speaks: false },
    { versions: [2, 2], speaks: false },
    { versions: [2, 3], speaks: true },
    { versions: [3, 9], speaks: true },
    { versions: VERSIONS, speaks: true },
  ] as const)
    it(`that speaks versions ${versions.join(' to ')} ${speaks ? 'has' : 'has no'} channel for outcomes`, () => {
      expect(memberOf(versions).outcome).to.equal(speaks ? 'outcome' : null);
      expect(memberOf(versions).transfer).to.equal('transfer');
    });

  it('has the channels of its present connection, and none while there is none', () => {
    const member = memberOf([2, 2]);
    member.take(session, {
      name: '',
      sendOnly: false,
      peerId: 'b',
      versions: [2, 3],
    } as unknown as HelloMessage);
    expect(member.outcome).to.equal('outcome');
    member.lose();
    expect([member.outcome, member.transfer, member.lane]).to.deep.equal([null, null, null]);
  });
});
