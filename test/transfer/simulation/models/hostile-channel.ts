import { SnapError } from '../../../../src/errors.js';
import type { Channel } from '../../../../src/peer/channel.js';
import { decodeFrame } from '../../../../src/transfer/wire/frames.js';
import type { Frame } from '../../../../src/transfer/wire/frames.js';
import type { Message } from '../../../../src/transfer/wire/messages.js';
import { parseMessage } from '../../../../src/transfer/wire/parse.js';

/**
 * The end of a channel that is held by the page, while the model is the peer. What the page says is
 * checked: it must be well-formed whatever is done to it.
 */
export class HostileChannel implements Channel {
  readonly maxMessageSize = 262_144;
  readonly bufferedAmount = 0;
  onmessage: Channel['onmessage'] = null;
  /** What the page has said since it was last looked at. */
  readonly said: (Message | Frame)[] = [];
  /** Called with each of them. */
  onsaid: (said: Message | Frame) => void = () => undefined;
  readonly #closed = new AbortController();

  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  send(message: string | Uint8Array): void {
    if (this.closed.aborted) throw new Error('The page speaks on a closed channel');
    const said = typeof message === 'string' ? parseMessage(message) : decodeFrame(message.slice());
    this.said.push(said);
    this.onsaid(said);
  }

  close(reason: Error = new SnapError('peer-lost')): void {
    if (!this.closed.aborted) this.#closed.abort(reason);
  }

  /** Lets the page hear something. Throws what it throws: it must not. */
  hear(message: string | Uint8Array): void {
    if (!this.closed.aborted) this.onmessage?.(message);
  }

  tell(message: Message): void {
    this.hear(JSON.stringify(message));
  }
}

/**
 * Throws unless `error` is what a broken protocol ends in: a coded error, and none that hides a
 * mistake of ours.
 */
export function checkCoded(error: unknown): void {
  if (!(error instanceof SnapError) || !SnapError.isCode(error.code)) {
    throw new Error(`Not a coded error: ${String(error)}`);
  }
  const { cause } = error;
  if (cause instanceof Error && !(cause instanceof SyntaxError) && !(cause instanceof SnapError)) {
    throw new Error(`An accident that was taken for the peer's fault: ${cause.stack}`);
  }
}
