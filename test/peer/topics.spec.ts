import { expect } from '@open-wc/testing';
import { SnapError } from '../../src/errors.js';
import { Topics } from '../../src/peer/topics.js';

/** A transport that remembers. */
function setUp({ trusted = true, maxMessageSize = 1_000 } = {}) {
  const closing = new AbortController();
  const sent: unknown[] = [];
  const topics = new Topics({
    maxMessageSize,
    bufferedAmount: 7,
    closed: closing.signal,
    send: (data) => sent.push(data),
    close: (reason) => closing.abort(reason),
  });
  if (trusted) topics.trust();
  const code = () => (closing.signal.reason as SnapError | undefined)?.code;
  return { topics, sent, closed: closing.signal, code };
}

/** After what was kept has been delivered. */
const delivered = () => Promise.resolve();

describe('topics', () => {
  it('send texts under their topic, and bytes as they are', () => {
    const { topics, sent } = setUp();
    const bytes = new Uint8Array([1, 2]);
    topics.channel('room').send('{"a":1}');
    topics.channel('transfer').send('b c');
    topics.channel('transfer').send(bytes);
    expect(sent).to.deep.equal(['room {"a":1}', 'transfer b c', bytes]);
  });

  it('deliver each message to its channel, without the topic', () => {
    const { topics } = setUp();
    const heard: unknown[] = [];
    topics.channel('lane').onmessage = (message) => heard.push(['lane', message]);
    topics.channel('transfer').onmessage = (message) => heard.push(['transfer', message]);
    topics.receive('lane  x ');
    topics.receive(new Uint8Array([3]).buffer);
    expect(heard).to.deep.equal([
      ['lane', ' x '],
      ['transfer', new Uint8Array([3])],
    ]);
  });

  it('keep messages until there is a reader, and then deliver them in order', async () => {
    const { topics } = setUp();
    const channel = topics.channel('transfer');
    for (const text of ['1', '2', '3']) topics.receive(`transfer ${text}`);
    const heard: unknown[] = [];
    channel.onmessage = (message) => {
      heard.push(message);
      // A reader may step aside in the middle.
      if (message === '2') channel.onmessage = null;
    };
    topics.receive('transfer 4');
    await delivered();
    expect(heard).to.deep.equal(['1', '2']);
    channel.onmessage = (message) => heard.push(message);
    await delivered();
    topics.receive('transfer 5');
    expect(heard).to.deep.equal(['1', '2', '3', '4', '5']);
  });

  // claim: #unread-messages
  it('close when nobody reads for 64 messages', () => {
    const { topics, code } = setUp();
    for (let count = 0; count < 64; count += 1) topics.receive('lane x');
    expect(code()).to.be.undefined;
    topics.receive('lane x');
    expect(code()).to.equal('peer-protocol');
  });

  for (const [what, data] of [
    ['bytes', new ArrayBuffer(4)],
    ['a text of another topic', 'transfer {}'],
    ['a text without a topic', 'hello'],
    ['an empty text', ''],
  ] as const) {
    // claim: #bytes-before-proof
    it(`close over ${what} before the proof`, () => {
      const { topics, code } = setUp({ trusted: false });
      topics.receive('room {}');
      expect(code()).to.be.undefined;
      topics.receive(data);
      expect(code()).to.equal('peer-unverified');
    });
  }

  for (const data of ['hello', '', 'nothing {}', new Blob(['x'])]) {
    it(`close over ${data instanceof Blob ? 'a Blob' : `“${data}”`} after the proof`, () => {
      const { topics, code } = setUp();
      topics.receive(data);
      expect(code()).to.equal('peer-protocol');
    });
  }

  // claim: #send-too-large
  it('reject a message that is too large, and stay open', () => {
    const { topics, sent, closed } = setUp({ maxMessageSize: 30 });
    expect(() => topics.channel('room').send('x'.repeat(26))).to.throw(RangeError);
    expect(() => topics.channel('room').send('ж'.repeat(13))).to.throw(RangeError);
    expect(() => topics.channel('transfer').send(new Uint8Array(31))).to.throw(RangeError);
    topics.channel('room').send('x'.repeat(25));
    topics.channel('transfer').send(new Uint8Array(30));
    expect(sent).to.have.length(2);
    expect(closed.aborted).to.be.false;
  });

  it('throw the reason for the close when somebody sends', () => {
    const { topics } = setUp();
    const reason = new SnapError('peer-lost');
    topics.channel('room').close(reason);
    expect(() => topics.channel('transfer').send('x')).to.throw(reason);
  });

  it('deliver nothing once they are closed', async () => {
    const { topics } = setUp();
    const heard: unknown[] = [];
    topics.receive('lane x');
    topics.channel('lane').onmessage = (message) => heard.push(message);
    topics.channel('lane').close();
    topics.receive('lane y');
    await delivered();
    expect(heard).to.deep.equal([]);
  });
});
