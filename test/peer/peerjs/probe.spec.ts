import { expect } from '@open-wc/testing';
import { Probe } from '../../../src/peer/peerjs/probe.js';

interface Sent {
  readonly dst: string;
  readonly payload: { readonly candidate: string };
}

const never = new AbortController().signal;

describe('probe', () => {
  /** As the server relays it. */
  const relayed = (src: string, sent: Sent) => ({ type: 'CANDIDATE', src, ...sent });

  it('finds out that somebody is there', async () => {
    const alice: Probe = new Probe('alice', (sent) => bob.take(relayed('alice', sent as Sent)));
    const bob: Probe = new Probe('bob', (sent) => alice.take(relayed('bob', sent as Sent)));
    expect(await alice.ask('bob', 1_000, never)).to.be.true;
  });

  it('finds out that the server still knows us, by our own question coming back', async () => {
    const alice: Probe = new Probe('alice', (sent) => alice.take(relayed('alice', sent as Sent)));
    expect(await alice.ask('alice', 1_000, never)).to.be.true;
  });

  it('asks again, since the socket may just have been connecting', async () => {
    let asked = 0;
    const alice: Probe = new Probe('alice', (sent) => {
      asked += 1;
      if (asked > 1) alice.take(relayed('alice', sent as Sent));
    });
    expect(await alice.ask('alice', 5_000, never)).to.be.true;
    expect(asked).to.equal(2);
  });

  it('gives up in time, and when it is told to', async () => {
    const alice = new Probe('alice', () => {});
    expect(await alice.ask('bob', 10, never)).to.be.false;
    const stop = new AbortController();
    const asking = alice.ask('bob', 60_000, stop.signal);
    stop.abort();
    expect(await asking).to.be.false;
    expect(await alice.ask('bob', 60_000, stop.signal)).to.be.false;
  });

  it('ignores answers from others, and old ones', async () => {
    const questions: string[] = [];
    const alice = new Probe('alice', (sent) => questions.push((sent as Sent).payload.candidate));
    const asking = alice.ask('bob', 50, never);
    const answer = questions[0]!.replace('ask', 'answer');
    const say = (src: string, candidate: string) =>
      alice.take(
        relayed(src, { dst: 'alice', payload: { connectionId: 'snaptrail_probe', candidate } } as never),
      );
    expect(say('eve', answer)).to.be.true;
    expect(say('bob', `answer ${'a'.repeat(26)}`)).to.be.true;
    expect(await asking).to.be.false;
  });

  it('ignores messages that are not probes', () => {
    const alice = new Probe('alice', () => expect.fail('It answered'));
    const others = [
      null,
      1,
      {},
      { type: 'OFFER' },
      { type: 'CANDIDATE', src: 'bob', payload: { connectionId: 'x' } },
    ];
    for (const message of others) expect(alice.take(message), JSON.stringify(message)).to.be.false;
    const nonsense = {
      type: 'CANDIDATE',
      src: 'bob',
      payload: { connectionId: 'snaptrail_probe', candidate: {} },
    };
    expect(alice.take(nonsense)).to.be.true;
  });
});
