import type { Frame } from '../../../../src/transfer/wire/frames.js';
import { encodeAck } from '../../../../src/transfer/wire/frames.js';
import type { Message } from '../../../../src/transfer/wire/messages.js';
import type { Transfer } from '../../../../src/transfer/transfer.js';
import { task } from '../../../timing/support/virtual-time.js';
import { contentById } from './contents.js';
import type { Content } from './contents.js';
import { HostileChannel, checkCoded } from './hostile-channel.js';
import { SendingPage } from './sending-page.js';
import type { ReceiverStep } from './steps.js';

const HOSTILE = { id: 'f'.repeat(32), name: 'Mallory', sendOnly: false };
/** In bytes: what may be on its way on a short path, and the frame that goes beyond. */
const MOST_ON_ITS_WAY = 524_288 + 262_144;

/**
 * Does `steps` to a page that sends, then behaves. Throws when the page does anything that it must
 * not, calls something delivered without the receiver's word, or leaves something hanging although
 * the receiver has everything.
 */
export async function hostileReceiver(steps: readonly ReceiverStep[]): Promise<SendingPage> {
  const model = new HostileReceiver();
  for (const step of steps) await model.take(step);
  await model.behave();
  return model.page;
}

type DataFrame = Extract<Frame, { kind: 'data' }>;

class HostileReceiver {
  readonly page = new SendingPage((transfer) => this.#delivered(transfer));
  #channel = new HostileChannel();
  /** What was offered on this connection, by its number. */
  #offered: Content[] = [];
  /** Numbers whose last word was said by the sender. */
  readonly #ended = new Set<number>();
  #unconfirmed: DataFrame[] = [];
  /** Ids of which the right last word has just been said. */
  #word: string | null = null;

  constructor() {
    this.#connect();
  }

  #connect(): void {
    this.#channel.close();
    this.#channel = new HostileChannel();
    this.#offered = [];
    this.#ended.clear();
    this.#unconfirmed = [];
    this.#channel.onsaid = (said) => this.#said(said);
    this.page.transfers.connect(HOSTILE, this.#channel);
  }

  #said(said: Message | Frame): void {
    if ('type' in said) {
      if (said.type === 'offer') this.#offered.push(contentById(said.id));
      if (said.type === 'end') this.#ended.add(said.no);
    } else if (said.kind === 'data') {
      const { bytes } = this.#offered[said.transfer - 1]!;
      if (!said.payload.every((byte, at) => byte === bytes[said.offset + at])) throw new Error('Sent wrong');
      this.#unconfirmed.push(said);
      const onTheirWay = this.#unconfirmed.reduce((sum, { payload }) => sum + payload.byteLength, 0);
      if (onTheirWay > MOST_ON_ITS_WAY) throw new Error(`${onTheirWay} bytes on their way`);
    }
  }

  #delivered({ id }: Transfer): void {
    if (this.#word !== id) throw new Error('Called delivered without the word of the receiver');
  }

  async take(step: ReceiverStep): Promise<void> {
    if (this.#channel.closed.aborted) this.#connect();
    const no = 'no' in step ? this.#numbered(step.no) : 0;
    if ('no' in step && no === 0) return;
    switch (step.do) {
      case 'accept':
        this.#channel.tell({ type: 'accept', no, have: step.have, credit: step.credit });
        break;
      case 'ack':
        this.#ack(step.which, step.twice);
        break;
      case 'stored':
        this.#channel.tell({ type: 'stored', no, pieces: step.pieces });
        break;
      case 'redo':
        this.#channel.tell({ type: 'redo', no, index: step.index });
        break;
      case 'done':
        this.#done(no, step.right);
        break;
      case 'decline':
        this.#channel.tell({ type: 'decline', no, code: step.code });
        break;
      case 'noise':
        this.#channel.hear(step.noise);
        break;
      case 'send':
        this.page.send(step.content, [HOSTILE]);
        break;
      case 'reconnect':
        this.#connect();
        break;
      case 'leave':
        this.page.transfers.leave(HOSTILE.id);
        this.#connect();
        break;
      case 'cancel':
        this.page.open[0]?.cancel();
        break;
      case 'retry':
        this.page.ended.find(({ state }) => state !== 'delivered')?.retry();
        break;
      case 'wait':
        await task();
    }
  }

  /** Takes everything, as it should, until everything has arrived or failed. */
  async behave(): Promise<void> {
    await this.#settle();
    for (let round = 0; round < 5 && this.page.open.length > 0; round++) {
      this.#connect();
      let accepted = 0;
      for (let turn = 0; turn < 40 && !this.#channel.closed.aborted; turn++) {
        for (; accepted < this.#offered.length; accepted++) {
          this.#channel.tell({ type: 'accept', no: accepted + 1, have: 0, credit: 8 });
        }
        while (this.#unconfirmed.length > 0) this.#ack(0, false);
        await task();
        for (const no of [...this.#ended]) this.#done(no, true);
        this.#ended.clear();
      }
    }
    const { open } = this.page;
    if (open.length > 0)
      throw new Error(`Left hanging: ${open.map(({ id, state }) => `${id} ${state}`).join()}`);
  }

  async #settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await task();
    const { closed } = this.#channel;
    if (closed.aborted) checkCoded(closed.reason);
  }

  /** Confirms a frame that is on its way, or, twice, one frame too often. */
  #ack(which: number, twice: boolean): void {
    const [frame] = this.#unconfirmed.splice(which % Math.max(1, this.#unconfirmed.length), 1);
    if (!frame) return;
    const ack = encodeAck(frame.transfer, frame.offset, frame.payload.byteLength);
    this.#channel.hear(ack);
    if (twice) this.#channel.hear(ack);
  }

  #done(no: number, right: boolean): void {
    const content = this.#offered[no - 1];
    const root = right && content ? content.root : 'ef'.repeat(32);
    this.#word = right && content && this.#ended.has(no) ? content.offer.id : null;
    this.#channel.tell({ type: 'done', no, root });
    this.#word = null;
  }

  /** A small number is that of something offered; 0 when there is nothing. */
  #numbered(no: number): number {
    const offers = this.#offered.length;
    if (no > 3) return no;
    return offers === 0 ? 0 : (no % offers) + 1;
  }
}
