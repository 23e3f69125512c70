import { encodeData } from '../../../../src/transfer/wire/frames.js';
import type { Message } from '../../../../src/transfer/wire/messages.js';
import { SnapError } from '../../../../src/errors.js';
import { task } from '../../../timing/support/virtual-time.js';
import { CONTENTS, contentById } from './contents.js';
import { HostileChannel, checkCoded } from './hostile-channel.js';
import { ReceivingPage } from './receiving-page.js';
import type { Manners } from './receiving-page.js';
import type { SenderStep } from './steps.js';

const HOSTILE = { id: 'f'.repeat(32), name: 'Mallory', sendOnly: false };

/**
 * Does `steps` to a page that receives, then behaves. Throws when the page does anything that it
 * must not, or when something is left that has neither arrived nor failed although everything was
 * sent.
 */
export async function hostileSender(manners: Manners, steps: readonly SenderStep[]): Promise<ReceivingPage> {
  const model = new HostileSender(manners);
  try {
    for (const step of steps) await model.take(step);
    await model.behave();
    return model.page;
  } finally {
    model.page.close();
  }
}

class HostileSender {
  readonly page: ReceivingPage;
  #channel = new HostileChannel();
  /** What was offered on this connection, by its number. */
  #offered: { id: string; size: number }[] = [];
  readonly #altered = new Set<string>();

  constructor(manners: Manners) {
    this.page = new ReceivingPage(manners);
    this.#connect();
  }

  #connect(): void {
    this.#channel.close();
    this.#channel = new HostileChannel();
    this.#offered = [];
    this.#channel.onsaid = (said) => {
      // A piece that did not match is thrown away; which one does not matter to the count.
      if ('type' in said && said.type === 'redo') {
        const id = this.#offered[said.no - 1]?.id;
        this.page.released((each) => each === id);
      }
    };
    this.page.transfers.disconnect(HOSTILE.id);
    this.page.released();
    this.page.transfers.connect(HOSTILE, this.#channel);
  }

  async take(step: SenderStep): Promise<void> {
    // Cut off, it dials again.
    if (this.#channel.closed.aborted) this.#connect();
    const no = 'no' in step ? this.#numbered(step.no) : 0;
    const index = 'index' in step ? this.#indexed(no, step.index) : 0;
    if ('no' in step && no === 0) return;
    switch (step.do) {
      case 'offer':
        this.#offer(step.content, step.skip, step.change);
        return step.waits ? task() : undefined;
      case 'piece':
        this.#piece({ ...step, no, index });
        return;
      case 'data':
        this.#data(no, step.offset, step.length, step.right);
        return;
      case 'digest': {
        const { digests } = this.#content(no);
        const digest = (step.right && digests[index]) || 'ab'.repeat(32);
        this.#channel.tell({ type: 'piece', no, index, digest });
        return;
      }
      case 'end': {
        const root = step.right ? this.#content(no).root : 'cd'.repeat(32);
        this.#channel.tell({ type: 'end', no, root });
        return;
      }
      case 'noise':
        this.#hear(step.noise);
        return;
      case 'reconnect':
        this.#connect();
        return;
      case 'leave':
        this.page.transfers.leave(HOSTILE.id);
        this.page.released();
        this.#connect();
        return;
      case 'person':
        this.page.questions.shift()?.(step.answer);
        return;
      case 'cancel':
        [...this.page.seen].find(({ ended }) => !ended)?.cancel();
        return;
      case 'store':
        this.page.writes.shift()?.(step.well ? null : new SnapError('storage-full'));
        return;
      case 'wait':
        return task();
    }
  }

  /** A small number is that of something offered; 0 when there is nothing. */
  #numbered(no: number): number {
    const offers = this.#offered.length;
    if (no > 3) return no;
    return offers === 0 ? 0 : (no % offers) + 1;
  }

  /** A small index is that of a piece, if there is any. */
  #indexed(no: number, index: number): number {
    const pieces = this.#content(no).digests.length;
    return index > 2 || pieces === 0 ? index : index % pieces;
  }

  /** Everybody does what they should, until everything has arrived or failed. */
  async behave(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      await this.#settle();
      const open = [...this.page.seen].filter(({ ended }) => !ended);
      if (open.length === 0) break;
      this.#connect();
      for (const { offerId } of open) await this.#sendWell(offerId!);
    }
    // What was offered under another header than the true one never comes, until its sender is
    // known to be gone.
    const expected = [...this.page.seen].every(({ offerId, ended }) => ended || this.#altered.has(offerId!));
    if (expected) await this.take({ do: 'leave' });
    await this.#settle();
    const left = [...this.page.seen].filter(({ ended }) => !ended);
    if (left.length > 0)
      throw new Error(`Left hanging: ${left.map(({ id, state }) => `${id} ${state}`).join()}`);
    for (const transfer of this.page.seen) {
      const times = this.page.delivered.filter((id) => id === transfer.offerId).length;
      if (times > 1) throw new Error('Arrived twice');
      if (transfer.state === 'delivered' && times === 0) throw new Error('Delivered, and not here');
    }
  }

  async #sendWell(id: string): Promise<void> {
    const { digests } = contentById(id);
    this.#offer(CONTENTS.indexOf(contentById(id)), 0, {});
    const no = this.#offered.length;
    await this.#settle();
    const accept = this.#channel.said.find(
      (said): said is Extract<Message, { type: 'accept' }> =>
        'type' in said && said.type === 'accept' && said.no === no,
    );
    if (!accept) return;
    for (let index = accept.have; index < digests.length; index++) {
      this.#piece({ do: 'piece', no, index, cut: 3, right: true, twice: false, backwards: false });
      this.#channel.tell({ type: 'piece', no, index, digest: digests[index]! });
      await this.#settle();
    }
    this.#channel.tell({ type: 'end', no, root: contentById(id).root });
    await this.#settle();
  }

  /** People answer, and what is to be stored is stored, until nothing more happens. */
  async #settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      await task();
      for (const answer of this.page.questions.splice(0)) {
        answer(null);
        quiet = 0;
      }
      for (const stored of this.page.writes.splice(0)) {
        stored(null);
        quiet = 0;
      }
    }
    const { closed } = this.#channel;
    if (closed.aborted) checkCoded(closed.reason);
  }

  #offer(content: number, skip: number, change: object): void {
    const offer = { ...CONTENTS[content]!.offer, no: this.#offered.length + 1 + skip, ...change };
    this.#offered.push(offer);
    if (Object.keys(change).length > 0) this.#altered.add(offer.id);
    this.#channel.tell(offer);
  }

  #content(no: number): (typeof CONTENTS)[number] {
    return contentById(this.#offered[no - 1]?.id ?? CONTENTS[0]!.offer.id);
  }

  /** All of a piece, in `cut` frames. */
  #piece({ no, index, cut, right, twice, backwards }: Extract<SenderStep, { do: 'piece' }>): void {
    const { offer } = this.#content(no);
    const start = index * offer.piece;
    const size = Math.min(offer.piece, offer.size - start);
    if (size <= 0) return;
    const length = Math.ceil(size / cut);
    const offsets = Array.from({ length: Math.ceil(size / length) }, (_, part) => start + part * length);
    if (backwards) offsets.reverse();
    for (const offset of twice ? [...offsets, ...offsets] : offsets) {
      this.#data(no, offset, Math.min(length, start + size - offset), right);
    }
  }

  #data(no: number, offset: number, length: number, right: boolean): void {
    const content = this.#content(no);
    const payload = new Uint8Array(length);
    payload.set(content.bytes.subarray(offset, offset + length));
    if (!right) payload[0] = payload[0]! ^ 1;
    this.#hear(encodeData(no, offset, payload));
  }

  #hear(message: string | Uint8Array): void {
    if (typeof message !== 'string' && message.byteLength >= 8) {
      const no = new DataView(message.buffer, message.byteOffset).getUint32(4);
      this.page.receives(this.#offered[no - 1]?.id ?? '', this.#offered[no - 1]?.size ?? 0);
    }
    this.#channel.hear(message);
  }
}
