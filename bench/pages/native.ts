import { Contestant } from './contestant.js';

/**
 * A native connection and its channel. The bench carries complete descriptions, with all
 * candidates, between pages.
 */
interface Line {
  readonly connection: RTCPeerConnection;
  readonly channel: Promise<RTCDataChannel>;
}

/**
 * A contestant on native connections. Signalling is the same for all of them, and completes before
 * the clock starts.
 */
export abstract class NativeContestant extends Contestant<Uint8Array<ArrayBuffer>> {
  readonly #lines: Line[] = [];

  constructor(lanes = 1, options: RTCDataChannelInit = {}) {
    super();
    while (this.#lines.length < lanes) this.#lines.push(line(options));
  }

  async invite(): Promise<string> {
    const offers = this.#lines.map(async ({ connection }) => {
      await connection.setLocalDescription();
      return gathered(connection);
    });
    return JSON.stringify(await Promise.all(offers));
  }

  async join(invitations: readonly string[]): Promise<string[]> {
    const offers = JSON.parse(invitations[0] ?? '[]') as RTCSessionDescriptionInit[];
    const answers = this.#lines.map(async ({ connection }, i) => {
      await connection.setRemoteDescription(offers[i]!);
      await connection.setLocalDescription();
      return gathered(connection);
    });
    return [JSON.stringify(await Promise.all(answers))];
  }

  override async admit(answer: string): Promise<void> {
    const answers = JSON.parse(answer) as RTCSessionDescriptionInit[];
    await Promise.all(this.#lines.map(({ connection }, i) => connection.setRemoteDescription(answers[i]!)));
  }

  async opened(): Promise<void> {
    this.ready(await Promise.all(this.#lines.map(({ channel }) => channel)));
  }

  protected make(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    return bytes;
  }

  /** Called when all channels are open. */
  protected abstract ready(channels: readonly RTCDataChannel[]): void;
}

function line(options: RTCDataChannelInit): Line {
  const connection = new RTCPeerConnection();
  // Negotiated: both sides create it, so neither has to wait for the other.
  const channel = connection.createDataChannel('bench', { negotiated: true, id: 0, ...options });
  channel.binaryType = 'arraybuffer';
  return {
    connection,
    channel: new Promise((resolve) => channel.addEventListener('open', () => resolve(channel))),
  };
}

/** Resolves with the local description when it contains all candidates. */
async function gathered(connection: RTCPeerConnection): Promise<RTCSessionDescription> {
  if (connection.iceGatheringState !== 'complete') {
    await new Promise<void>((resolve) => {
      connection.addEventListener('icegatheringstatechange', () => {
        if (connection.iceGatheringState === 'complete') resolve();
      });
    });
  }
  return connection.localDescription!;
}
