import { expect } from '@open-wc/testing';
import { dispatch } from '../../src/hub/dispatch.js';
import { payloadOf } from '../../src/hub/sendable.js';
import type { Member } from '../../src/room/member.js';
import { Side } from '../transfer/support/two-sides.js';

const member = (id: string, over: Partial<Member> = {}): Member => ({
  ...{ id, name: id, sendOnly: false, roundTrip: 0, relayed: null, connected: true },
  ...{ transfer: null, lane: null, outcome: null },
  ...over,
});

describe('sending', () => {
  const members = [
    member('anna'),
    member('cam', { sendOnly: true }),
    member('bob'),
    member('away', { connected: false }),
  ];
  let waitedFor: string[];
  let kept: string[];

  function send(to: readonly string[] | null, here: readonly Member[] = members): string[] {
    waitedFor = [];
    kept = [];
    const transfer = dispatch(
      {
        transfers: new Side('self').transfers,
        session: { members: here, waitFor: (id) => void waitedFor.push(id) },
        resume: { sending: (_, { id }) => void kept.push(id) },
      },
      payloadOf(new File(['x'], 'x.txt')),
      to,
    );
    expect(kept).to.deep.equal([transfer.id]);
    return transfer.recipients.map(({ id }) => id);
  }

  it('goes to every receiving member by default, also to one that is being redialled', () =>
    expect(send(null)).to.deep.equal(['anna', 'bob', 'away']));

  it('leaves the recipients open when nobody who receives is connected', () => {
    const absent = members.filter(({ connected, sendOnly }) => sendOnly || !connected);
    expect(send(null, absent)).to.deep.equal([]);
    expect(send(null, [])).to.deep.equal([]);
    expect(waitedFor).to.deep.equal([]);
  });

  it('goes to the members that the page names, and waits for those who are not here', () => {
    expect(send(['bob', 'away', 'stranger'])).to.deep.equal(['bob', 'away', 'stranger']);
    expect(waitedFor).to.deep.equal(['away', 'stranger']);
  });

  it('throws when the page names nobody', () =>
    expect(() => send([]))
      .to.throw()
      .with.property('code', 'transfer-no-recipient'));
});
