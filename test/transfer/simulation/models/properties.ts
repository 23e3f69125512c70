import fc from 'fast-check';
import { decodeFrame, encodeAck, encodeData } from '../../../../src/transfer/wire/frames.js';
import { MAX_MESSAGE } from '../../../../src/transfer/wire/messages.js';
import { parseMessage } from '../../../../src/transfer/wire/parse.js';
import { messages } from '../../support/messages.js';
import { withoutSubtle } from '../../support/without-subtle.js';
import { checkCoded } from './hostile-channel.js';
import { hostileReceiver } from './hostile-receiver.js';
import { hostileSender } from './hostile-sender.js';
import { receiverSteps, senderSteps } from './steps.js';

/** What holds whatever a peer does. */
export interface Property {
  readonly name: string;
  /** Of all cases, in parts. */
  readonly share: number;
  /**
   * Fails, with the least case that it finds, when it does not hold for one of the cases that
   * `parameters` make.
   */
  hold(parameters: fc.Parameters<unknown>): Promise<void>;
}

const kind = fc.constantFrom(1, 2, 1, 2, 0, 3, 255);
/** Nearly a frame: the fields of its header, each most often as it should be. */
const nearlyFrame = fc
  .record({
    version: fc.constantFrom(1, 1, 1, 0, 2),
    kind,
    flags: fc.constantFrom(0, 0, 0, 1),
    transfer: fc.nat(3),
    offset: fc.oneof(fc.nat(5000), fc.bigInt(0n, 2n ** 64n - 1n)),
    length: fc.nat(40),
    reserved: fc.constantFrom(0, 0, 0, 1),
    payload: fc.uint8Array({ maxLength: 40 }),
  })
  .map(({ version, kind: type, flags, transfer, offset, length, reserved, payload }) => {
    const bytes = new Uint8Array(24 + payload.byteLength);
    const view = new DataView(bytes.buffer);
    view.setUint8(0, version);
    view.setUint8(1, type);
    view.setUint16(2, flags);
    view.setUint32(4, transfer);
    view.setBigUint64(8, BigInt(offset));
    view.setUint32(16, length);
    view.setUint32(20, reserved);
    bytes.set(payload, 24);
    return bytes;
  });

/** Nearly a message: one of each type, with a key that is missing, odd, or too much. */
const nearlyMessage = fc
  .record({ template: fc.constantFrom(...messages), at: fc.nat(12), value: fc.jsonValue(), key: fc.string() })
  .map(({ template, at, value, key }) => {
    const keys = Object.keys(template);
    const name = keys[at] ?? key;
    return JSON.stringify(at === 12 ? [template] : { ...template, [name]: value });
  });

const manners = fc.record({ asks: fc.boolean(), slow: fc.boolean() });

export const properties: readonly Property[] = [
  {
    name: 'any bytes are a frame that reads the same when it is written again, or a coded error',
    share: 25,
    hold: (parameters) =>
      check(
        fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 64 }), nearlyFrame), (bytes) =>
          wellFormedOrCoded(() => {
            const frame = decodeFrame(bytes);
            const written =
              frame.kind === 'data'
                ? encodeData(frame.transfer, frame.offset, frame.payload)
                : encodeAck(frame.transfer, frame.offset, frame.length);
            if (String(written) !== String(bytes)) throw new Error(`It reads as ${String(written)}`);
          }),
        ),
        parameters,
      ),
  },
  {
    name: 'any text is a message of known keys, or a coded error',
    share: 25,
    hold: (parameters) =>
      check(
        fc.asyncProperty(fc.oneof(fc.string(), fc.json(), nearlyMessage), (text) =>
          wellFormedOrCoded(() => {
            const message = parseMessage(text);
            if (text.length > MAX_MESSAGE) throw new Error('Longer than a message may be');
            const template = messages.find(({ type }) => type === message.type);
            if (String(Object.keys(message).sort()) !== String(Object.keys(template ?? {}).sort()))
              throw new Error('Other keys than its type has');
          }),
        ),
        parameters,
      ),
  },
  {
    name: 'a page that receives ends with correct files and coded errors, and holds no more than was announced and allowed',
    share: 40,
    hold: (parameters) =>
      check(
        fc.asyncProperty(manners, senderSteps, async (...of) => {
          await hostileSender(...of);
        }),
        parameters,
      ),
  },
  {
    name: 'a page that sends calls nothing delivered without the word of its receiver, and leaves nothing hanging',
    share: 20,
    hold: (parameters) =>
      check(
        fc.asyncProperty(receiverSteps, async (steps) => {
          await hostileReceiver(steps);
        }),
        parameters,
      ),
  },
];

/**
 * Digests are computed where they are asked for: in another thread they would be ready at some
 * moment, and the same case would not always end the same.
 */
function check<T>(property: fc.IAsyncProperty<T>, parameters: fc.Parameters<unknown>): Promise<void> {
  // fast-check's types tie parameters to the property's.
  return withoutSubtle(() => fc.assert(property, parameters as fc.Parameters<T>));
}

function wellFormedOrCoded(step: () => void): Promise<void> {
  try {
    step();
  } catch (error) {
    checkCoded(error);
  }
  return Promise.resolve();
}
