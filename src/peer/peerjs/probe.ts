import { randomToken } from './random-token.js';

/**
 * "Is anybody there?", asked through the PeerServer, which relays a CANDIDATE without looking into
 * it. It takes no RTCPeerConnection, of which Chromium has about 500 for a page, and one round
 * trip, where an offer to a frozen tab hangs for ever and one to nobody for 6 s.
 *
 * Asking ourselves tells whether the server still knows us. Nothing else does: it never answers a
 * heartbeat, it greets nobody whose id it still holds from before (peerjs#1289), and a WebSocket
 * does not notice a network that went away.
 *
 * An answer proves nothing; it is only worth a try to connect.
 */
const CONNECTION_ID = 'snaptrail_probe';

/** How often it is asked again, in ms: the socket may have been connecting until now. */
const REPEAT = 700;

interface Question {
  readonly id: string;
  readonly answer: () => void;
}

export class Probe {
  readonly #id: string;
  readonly #send: (message: object) => void;
  /** By the random text that was sent. */
  readonly #questions = new Map<string, Question>();

  /** `id` is ours; `send` gives a message to the server, or to nobody when there is none. */
  constructor(id: string, send: (message: object) => void) {
    this.#id = id;
    this.#send = send;
  }

  /**
   * Resolves to whether somebody answered at `id` within `timeout` ms; to false, too, when `signal`
   * aborts.
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

  /** Whether `message` was a question or an answer; then it is nobody else's business. */
  take(message: unknown): boolean {
    const { type, src, payload } = (message ?? {}) as Record<string, unknown>;
    const { connectionId, candidate } = (payload ?? {}) as Record<string, unknown>;
    if (type !== 'CANDIDATE' || typeof src !== 'string' || connectionId !== CONNECTION_ID) return false;
    const [, verb, text] =
      /^(ask|answer) (\w{26})$/.exec(typeof candidate === 'string' ? candidate : '') ?? [];
    if (verb === undefined || text === undefined) return true;
    const question = this.#questions.get(text);
    // Our own question that has come back is an answer in itself.
    if (question?.id === src && (verb === 'answer' || src === this.#id)) question.answer();
    else if (verb === 'ask') this.#tell(src, `answer ${text}`);
    return true;
  }

  #tell(dst: string, candidate: string): void {
    this.#send({ type: 'CANDIDATE', dst, payload: { type: 'data', connectionId: CONNECTION_ID, candidate } });
  }
}
