import { randomToken } from './random-token.js';

/**
 * Asks "is anybody there?" through the PeerServer, which relays a CANDIDATE without looking into
 * it. That takes one round trip and no RTCPeerConnection, of which a page in Chromium has about
 * 500; an offer to a frozen tab hangs for ever, and one to nobody for 6 s.
 *
 * Asking ourselves reveals whether the server still knows us. Nothing else does: it never answers a
 * heartbeat, it does not greet a client whose id it still holds from before (peerjs#1289), and a
 * WebSocket does not notice a lost network.
 *
 * An answer proves nothing. It only means that a connection is worth a try.
 */
const CONNECTION_ID = 'snaptrail_probe';

/** How often a question is repeated, in ms: the socket may still have been connecting. */
const REPEAT = 700;

interface Question {
  readonly id: string;
  readonly answer: () => void;
}

export class Probe {
  readonly #id: string;
  readonly #send: (message: object) => void;
  /** Keyed by the random text that was sent. */
  readonly #questions = new Map<string, Question>();

  /** `id` is ours. `send` passes a message to the server, or drops it when there is none. */
  constructor(id: string, send: (message: object) => void) {
    this.#id = id;
    this.#send = send;
  }

  /**
   * Resolves to whether somebody answered at `id` within `timeout` ms; to false if `signal` aborts.
   */
  async ask(id: string, timeout: number, signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted) return false;
    const text = randomToken();
    const ask = () => this.#tell(id, `ask ${text}`);
    const asking = setInterval(ask, REPEAT);
    const answered = await new Promise<boolean>((resolve) => {
      const no = () => resolve(false);
      const timer = setTimeout(no, timeout);
      signal?.addEventListener('abort', no, { once: true });
      this.#questions.set(text, {
        id,
        answer: () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', no);
          resolve(true);
        },
      });
      ask();
    });
    clearInterval(asking);
    this.#questions.delete(text);
    return answered;
  }

  /** Handles a question or an answer. Returns false if `message` is neither. */
  take(message: unknown): boolean {
    const { type, src, payload } = (message ?? {}) as Record<string, unknown>;
    const { connectionId, candidate } = (payload ?? {}) as Record<string, unknown>;
    if (type !== 'CANDIDATE' || typeof src !== 'string' || connectionId !== CONNECTION_ID) return false;
    const [, verb, text] =
      /^(ask|answer) (\w{26})$/.exec(typeof candidate === 'string' ? candidate : '') ?? [];
    if (verb === undefined || text === undefined) return true;
    const question = this.#questions.get(text);
    // Our own question, relayed back to us, is an answer as well.
    if (question?.id === src && (verb === 'answer' || src === this.#id)) question.answer();
    else if (verb === 'ask') this.#tell(src, `answer ${text}`);
    return true;
  }

  #tell(dst: string, candidate: string): void {
    this.#send({ type: 'CANDIDATE', dst, payload: { type: 'data', connectionId: CONNECTION_ID, candidate } });
  }
}
