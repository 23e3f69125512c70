import { LARGE_FILE, PIECE_SIZES } from '../../../src/transfer/wire/messages.js';
import type { Message } from '../../../src/transfer/wire/messages.js';
import { channelPair } from './fake-channel.js';
import type { FakeChannel } from './fake-channel.js';
import { offer } from './messages.js';
import { Side } from './two-sides.js';

/** 32 hexadecimal digits. */
export const idOf = (count: number): string => count.toString(16).padStart(32, '0');

/** A member that says what it likes. */
export class Hostile {
  readonly side: Side;
  readonly heard: Message[] = [];
  /** Frames that were confirmed to it. */
  acks = 0;
  channel!: FakeChannel;
  #no = 0;

  constructor(name = 'm') {
    this.side = new Side(name);
  }

  connect(to: Side): void {
    const [mine, theirs] = channelPair();
    this.channel = mine;
    this.#no = 0;
    mine.onmessage = (message) => {
      if (typeof message === 'string') this.heard.push(JSON.parse(message) as Message);
      else this.acks++;
    };
    to.transfers.connect(this.side.peer, theirs);
  }

  /** Its connection is lost; nobody says goodbye. */
  vanish(from: Side): void {
    this.channel.close();
    from.transfers.disconnect(this.side.peer.id);
  }

  say(message: Message): void {
    this.channel.send(JSON.stringify(message));
  }

  offer(id: number, size = 1000): number {
    const piece = size < LARGE_FILE ? PIECE_SIZES.small : PIECE_SIZES.large;
    this.say({ ...offer, no: ++this.#no, id: idOf(id), size, piece });
    return this.#no;
  }

  /** The numbers of its offers that were accepted, in the order in which they were. */
  accepted(): number[] {
    return this.heard.flatMap((message) => (message.type === 'accept' ? [message.no] : []));
  }
}
