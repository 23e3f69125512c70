import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import assert from 'node:assert/strict';
import { createHmac, createPublicKey, verify as verifySignature } from 'node:crypto';
import { describe, it } from 'node:test';
import { ERROR_CODES, SnapError } from '../../src/errors.js';
import type { SnapErrorCode } from '../../src/errors.js';
import type { Topic } from '../../src/peer/channel.js';
import { onlyFingerprint } from '../../src/peer/peerjs/fingerprints.js';
import { Gate, LABEL, SERIALIZATION } from '../../src/peer/peerjs/gate.js';
import { parseLaneMessage } from '../../src/peer/lanes/messages.js';
import type { LaneMessage } from '../../src/peer/lanes/messages.js';
import { Probe } from '../../src/peer/peerjs/probe.js';
import { Topics } from '../../src/peer/topics.js';
import { base32 } from '../../src/base32.js';
import { isRoomCode } from '../../src/room/code.js';
import { deriveKeys, doorId, isMemberId } from '../../src/room/keys.js';
import * as roomMessages from '../../src/room/messages.js';
import { parseRoomMessage } from '../../src/room/parse.js';
import { hasSigned, Identity } from '../../src/room/identity.js';
import { NONCE_LENGTH, memberStatement, prove, verify } from '../../src/room/proof.js';
import * as outcomeMessages from '../../src/transfer/outcome/messages.js';
import type { OutcomeMessage } from '../../src/transfer/outcome/messages.js';
import { parseOutcomeMessage } from '../../src/transfer/outcome/parse.js';
import { rootDigest, sha256 } from '../../src/transfer/wire/digest.js';
import * as frames from '../../src/transfer/wire/frames.js';
import * as transferMessages from '../../src/transfer/wire/messages.js';
import type { End, Offer, Piece } from '../../src/transfer/wire/messages.js';
import { parseMessage } from '../../src/transfer/wire/parse.js';
import { bytes, json, jsonLines, section, words } from './support/page.js';

type Message = { readonly type: string } & Record<string, unknown>;

/**
 * What the code can say on each topic. A type more or less in the code, and this does not compile.
 */
const TYPES: Record<Topic, object> = {
  room: {
    nonce: true,
    proof: true,
    hello: true,
    refused: true,
    roster: true,
    ping: true,
    pong: true,
    bye: true,
  } satisfies Record<roomMessages.RoomMessage['type'], true>,
  transfer: {
    offer: true,
    accept: true,
    decline: true,
    piece: true,
    stored: true,
    redo: true,
    end: true,
    done: true,
    cancel: true,
    expect: true,
    withdraw: true,
  } satisfies Record<transferMessages.Message['type'], true>,
  outcome: { outcome: true, takes: true } satisfies Record<OutcomeMessage['type'], true>,
  lane: { offer: true, answer: true, refuse: true, candidate: true } satisfies Record<
    LaneMessage['type'],
    true
  >,
};

const PARSERS: Record<Topic, (text: string) => object> = {
  room: parseRoomMessage,
  transfer: parseMessage,
  lane: parseLaneMessage,
  outcome: parseOutcomeMessage,
};

/** The code of what `run` throws. */
function refusal(run: () => unknown): SnapErrorCode | 'none' {
  try {
    run();
    return 'none';
  } catch (thrown) {
    return SnapError.from(thrown, 'source-unsupported').code;
  }
}

/** The first example of a type on the topic `transfer`. */
function example<T extends transferMessages.Message>(type: T['type']): T {
  return jsonLines<T>('topic="transfer"').find((message) => message.type === type)!;
}

for (const topic of Object.keys(TYPES) as Topic[]) {
  describe(`the page’s messages on the topic ${topic}`, () => {
    const examples = jsonLines<Message>(`topic="${topic}"`);
    const parse = PARSERS[topic];

    it('are of every type that the code knows', () => {
      const shown = new Set(examples.map(({ type }) => type));
      assert.deepEqual([...shown].sort(), Object.keys(TYPES[topic]).sort());
    });

    it('are read by the code as they stand', () => {
      for (const message of examples) assert.deepEqual(parse(JSON.stringify(message)), message);
    });

    it('are refused with a key too many, and without any of theirs', () => {
      for (const message of examples) {
        const others = Object.keys(message).map((key) => ({ ...message, [key]: undefined }));
        for (const other of [...others, { ...message, more: 1 }]) {
          const text = JSON.stringify(other);
          assert.equal(
            refusal(() => parse(text)),
            'peer-protocol',
            text,
          );
        }
      }
    });

    it('have each of their keys explained, and no others', () => {
      const keys = examples.flatMap(({ type, ...rest }) => Object.keys(rest).map((key) => `${type}.${key}`));
      const explained = [...section(`The topic \`${topic}\``).matchAll(/`((\w+)\.\w+)`/g)]
        .filter(([, , type]) => Object.hasOwn(TYPES[topic], type!))
        .map(([, key]) => key!);
      assert.deepEqual([...new Set(explained)].sort(), [...new Set(keys)].sort());
    });
  });
}

describe('the page’s example', () => {
  const room = json('room') as { code: string; tag: string; doors: string[]; member: string };

  it('of a room follows from its code', () => {
    const { tag, key } = deriveKeys(room.code);
    const derived = bytes('room');
    assert.ok(isRoomCode(room.code));
    assert.equal(tag, room.tag);
    assert.equal(base32(derived.subarray(0, 26)), room.tag);
    assert.equal(bytesToHex(key), derived.toString('hex', 26));
    assert.deepEqual(
      Array.from({ length: roomMessages.DOORS }, (_, door) => doorId(tag, door)),
      room.doors,
    );
    assert.ok(isMemberId(room.member, tag));
  });

  it('of a probe is what the code answers, and what it asks', async () => {
    const [question, answer] = jsonLines<{ payload: { candidate: string } }>('name="probe"');
    const sent: object[] = [];
    new Probe(room.doors[0]!, (message) => sent.push(message)).take(question);
    assert.deepEqual(sent, [answer]);

    const [type, door] = ['CANDIDATE', room.doors[0]!];
    const asking: Probe = new Probe(room.member, (message) => {
      const { candidate } = (message as typeof question)!.payload;
      assert.deepEqual(message, { type, dst: door, payload: { ...question!.payload, candidate } });
      const said = candidate.replace(/^ask (?=\w{26}$)/, 'answer ');
      asking.take({ type, src: door, payload: { ...answer!.payload, candidate: said } });
    });
    assert.ok(await asking.ask(door, 5_000));
  });

  it('of a dial is let in, and with another serialization is not', () => {
    const dial = json('dial') as { payload: Record<string, unknown> };
    const { label, serialization } = dial.payload;
    assert.deepEqual([label, serialization], [LABEL, SERIALIZATION]);
    assert.deepEqual(new Gate().admit(dial), dial);
    assert.equal(new Gate().admit({ ...dial, payload: { ...dial.payload, serialization: 'json' } }), null);
  });

  it('of a text with its topic is what goes over the channel, both ways', () => {
    const { topic, message } = json('topic-text') as { topic: Topic; message: Message };
    const expected = bytes('topic-text').toString();
    const sent: unknown[] = [];
    const { signal } = new AbortController();
    const wire = {
      maxMessageSize: 16_384,
      bufferedAmount: 0,
      closed: signal,
      send: (data: unknown) => sent.push(data),
      close: (reason?: Error) => assert.fail(reason),
    };
    const topics = new Topics(wire);
    topics.trust();
    topics.channel(topic).send(JSON.stringify(message));
    assert.deepEqual(sent, [expected]);

    const heard: unknown[] = [];
    topics.channel(topic).onmessage = (text) => heard.push(JSON.parse(text as string));
    topics.receive(expected);
    assert.deepEqual(heard, [message]);
  });

  it('of a proof is what the code proves, over the transcript that stands there', () => {
    interface End {
      id: string;
      fingerprint: string;
      nonce: string;
    }
    const { code, connectionId, ...ends } = json('proof') as {
      code: string;
      connectionId: string;
      initiator: End;
      responder: End;
    };
    const [initiator, responder] = [ends.initiator, ends.responder].map((end) => ({
      ...end,
      nonce: hexToBytes(end.nonce),
    }));
    const transcript = { connectionId, initiator: initiator!, responder: responder! };
    const { key } = deriveKeys(code);
    const latin1 = bytes('transcript-initiator').toString('latin1');
    const written = { initiator: latin1, responder: latin1.replace('initiator', 'responder') };
    const both = bytes('proofs');
    const proofs = { initiator: both.subarray(0, 32), responder: both.subarray(32) };
    for (const role of ['initiator', 'responder'] as const) {
      const proof = bytesToHex(proofs[role]);
      assert.equal(bytesToHex(prove(key, role, transcript)), proof, role);
      assert.ok(verify(key, role, transcript, proofs[role]));
      const hmac = createHmac('sha256', key).update(written[role], 'latin1').digest('hex');
      assert.equal(hmac, proof, `transcript of the ${role}`);
    }
    const hello = jsonLines<Message>('topic="room"').find(
      ({ type }) => type === 'hello',
    ) as unknown as roomMessages.HelloMessage;
    const signed = latin1.replace('\x11snaptrail proof 1', '\x12snaptrail member 1');
    assert.equal(Buffer.from(memberStatement('initiator', transcript)).toString('latin1'), signed);
    const { id, ...identity } = { id: hello.id, key: hello.key, signature: hello.signature };
    const member = new Identity(json('member-secret') as string);
    assert.equal(member.id, id);
    assert.deepEqual(member.sign(memberStatement('initiator', transcript)), identity);
    assert.ok(hasSigned(id, memberStatement('initiator', transcript), identity));
    assert.ok(!hasSigned(id, memberStatement('responder', transcript), identity));
    const spki = Buffer.from(`302a300506032b6570032100${identity.key}`, 'hex');
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    assert.ok(
      verifySignature(null, Buffer.from(signed, 'latin1'), publicKey, hexToBytes(identity.signature)),
    );
  });

  it('of a fingerprint is what the code reads in a description', () => {
    const { initiator } = json('proof') as { initiator: { fingerprint: string } };
    const [algorithm, value] = initiator.fingerprint.split(' ');
    const line = `a=fingerprint:${algorithm!.toUpperCase()} ${value!.toLowerCase()}`;
    assert.equal(onlyFingerprint(line), initiator.fingerprint);
    assert.equal(onlyFingerprint(line.replace('SHA-256', 'SHA-1')), null);
  });

  it('of a frame is what the code writes, and reads', () => {
    const { transfer, offset, payload } = json('data-frame') as {
      transfer: number;
      offset: number;
      payload: string;
    };
    const data = hexToBytes(payload);
    assert.equal(bytesToHex(frames.encodeData(transfer, offset, data)), bytesToHex(bytes('data-frame')));
    const { kind, ...read } = frames.decodeFrame(new Uint8Array(bytes('data-frame')));
    assert.deepEqual([kind, read], ['data', { transfer, offset, payload: data }]);

    assert.equal(bytesToHex(frames.encodeAck(transfer, offset, data.length)), bytesToHex(bytes('ack-frame')));
    const ack = frames.decodeFrame(bytes('ack-frame'));
    assert.deepEqual(ack, { kind: 'ack', transfer, offset, length: data.length });
  });

  it('of a root digest follows from the offer and its pieces', async () => {
    const offer = example<Offer>('offer');
    const { pieces } = json('root') as { pieces: string[] };
    const root = bytes('root').toString('hex');
    const sizes = [offer.piece, offer.size - offer.piece];
    assert.deepEqual(pieces, await Promise.all(sizes.map((size) => sha256(new Uint8Array(size)))));
    assert.equal(rootDigest(offer, pieces), root);
    assert.equal(await sha256(bytes('root-input')), root);
    assert.equal(example<Piece>('piece').digest, pieces[0]);
    assert.equal(example<End>('end').root, root);
  });

  it('of a hello without a common version is refused as such', () => {
    const { versions, ...rest } = json('hello-other-version') as Record<string, unknown>;
    assert.equal(
      refusal(() => parseRoomMessage(JSON.stringify({ ...rest, versions }))),
      'peer-version',
    );
    assert.equal(
      refusal(() => parseRoomMessage(JSON.stringify({ ...rest, versions: roomMessages.VERSIONS }))),
      'peer-protocol',
    );
  });
});

describe('the page', () => {
  it('speaks of the versions that the code speaks', () => {
    const hello = jsonLines<Message>('topic="room"').find(({ type }) => type === 'hello')!;
    assert.deepEqual(hello.versions, roomMessages.VERSIONS);
    assert.ok(section('Versions').includes(`for now \`[${roomMessages.VERSIONS.join(', ')}]\``));
  });

  it('lists every code that may be on the wire', () => {
    assert.deepEqual(words('codes').sort(), Object.keys(ERROR_CODES).sort());
  });

  it('has the limits of the code', () => {
    const rows = [...section('Limits').matchAll(/^\| [^|]+ \| ([\d,]+) +\| `([^`]+)` +\|$/gm)];
    const listed = rows.map(([, value, name]) => [name!, Number(value!.replaceAll(',', ''))]);
    const { PIECE_SIZES, MAX_NAME, ...transfer } = transferMessages;
    const { VERSIONS: _, OUTCOME_SINCE: __, MAX_NAME: MAX_MEMBER_NAME, ...room } = roomMessages;
    const { FRAME_VERSION, FRAME_HEADER } = frames;
    assert.deepEqual(Object.fromEntries(listed), {
      ...room,
      ...transfer,
      ...outcomeMessages,
      'room MAX_NAME': MAX_MEMBER_NAME,
      'transfer MAX_NAME': MAX_NAME,
      'PIECE_SIZES.small': PIECE_SIZES.small,
      'PIECE_SIZES.large': PIECE_SIZES.large,
      NONCE_LENGTH,
      FRAME_VERSION,
      FRAME_HEADER,
    });
  });
});
