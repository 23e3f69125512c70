import type { SnapErrorCode } from '../../errors.js';
import type { Wire } from '../link/conversation.js';
import type { Message } from '../wire/messages.js';
import { violation } from '../wire/violation.js';

/** One conversation, seen from its receiver: what it replies to one offer, over one connection. */
export class Replies {
  readonly #no: number;
  /** Null once concluded: whoever keeps this does not keep the connection. */
  #wire: Wire | null;
  #root: string | null = null;

  /** `no`: the number of the offer. */
  constructor(wire: Wire, no: number) {
    this.#wire = wire;
    this.#no = no;
  }

  get wire(): Wire | null {
    return this.#wire;
  }

  /** Whether the last reply was sent, or none is wanted: the sender's messages have no effect. */
  get concluded(): boolean {
    return this.#wire === null;
  }

  /** The root digest with which the sender has ended; null while it has more to say. */
  get root(): string | null {
    return this.#root;
  }

  /** The sender has sent everything. Throws `peer-protocol` when it has said so before. */
  end(root: string): void {
    if (this.#root !== null) throw violation('end, again');
    this.#root = root;
  }

  accept(have: number, credit: number): void {
    this.#send({ type: 'accept', no: this.#no, have, credit });
  }

  stored(pieces: number): void {
    this.#send({ type: 'stored', no: this.#no, pieces });
  }

  redo(index: number): void {
    this.#send({ type: 'redo', no: this.#no, index });
  }

  done(root: string): void {
    this.#send({ type: 'done', no: this.#no, root });
    this.conclude();
  }

  decline(code: SnapErrorCode): void {
    this.#send({ type: 'decline', no: this.#no, code });
    this.conclude();
  }

  /** Sends nothing more. */
  conclude(): void {
    this.#wire = null;
  }

  #send(message: Message): void {
    this.#wire?.send(message);
  }
}
