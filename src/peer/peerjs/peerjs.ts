import type { ClaimError, ClaimFailure, Signalling } from '../channel.js';
import { PeerjsClaim } from './claim.js';
import { randomToken } from './random-token.js';
import { claimRefusalOf, type ClaimRefusal } from './claim-refusal.js';
import { TokenBucket } from '../../timing/token-bucket.js';
import type { Peer, PeerOptions } from './vendor/peerjs.js';

/** In ms. A peer outside knocks every few seconds, and one report is enough. */
const EXHAUSTED_INTERVAL = 60_000;

/** The longest timeout that a timer accepts, in ms: 25 days. */
const NEVER = 2 ** 31 - 1;

export interface PeerjsOptions {
  /** A PeerServer's URL including its path; null means PeerJS's public cloud. */
  readonly server: URL | null;
  /** Read again for each connection, so that fresh TURN credentials need no new claim. */
  readonly iceServers: RTCIceServer[];
  /** Never reveal this host's addresses: all traffic goes through a relay. */
  readonly relayOnly: boolean;
  /** A connection could not be created because the page has too many. At most once a minute. */
  onexhausted?(): void;
}

/** Signalling over a PeerServer, by PeerJS. */
export function peerjsSignalling(options: PeerjsOptions): Signalling {
  // Preloads while the caller decides which id to claim. If this fails, so does the claim.
  load().catch(() => undefined);
  const telling = new TokenBucket(1, EXHAUSTED_INTERVAL);
  return {
    async claim(id, { signal } = {}) {
      const vendor = await load();
      signal?.throwIfAborted();
      const peer = new vendor.Peer(id, peerOptions(options));
      // Before the first message from the server can arrive.
      const claim = new PeerjsClaim(peer, id);
      claim.onexhausted = () => telling.take() && options.onexhausted?.();
      await opened(peer, claim, signal).catch((error: unknown) => {
        claim.close();
        throw error;
      });
      return claim;
    },
  };
}

const load = () => import('./vendor/peerjs.js');

/** @internal Exported for the tests. */
class ClaimFailed extends Error implements ClaimError {
  readonly reason: ClaimFailure;
  readonly final: boolean;

  constructor({ reason, final }: ClaimRefusal, detail: string) {
    super(`${reason}: ${detail}`);
    this.reason = reason;
    this.final = final;
  }
}

function peerOptions(options: PeerjsOptions): PeerOptions {
  const { server, relayOnly } = options;
  return {
    ...(server && {
      host: server.hostname,
      port: Number(server.port) || (isSecure(server) ? 443 : 80),
      path: server.pathname,
      secure: isSecure(server),
    }),
    // PeerJS's own comes from Math.random, and whoever knows both id and token can take the id
    // over.
    token: randomToken(),
    // Never PeerJS's default, which names its public TURN servers. PeerJS passes this very object
    // to each RTCPeerConnection.
    config: {
      iceTransportPolicy: relayOnly ? 'relay' : 'all',
      get iceServers() {
        return options.iceServers;
      },
    } satisfies RTCConfiguration,
    debug: 0,
    // PeerJS's timer is throttled in a hidden tab, so ServerSocket sends heartbeats itself.
    pingInterval: NEVER,
  };
}

function isSecure({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'wss:';
}

/**
 * Resolves when the server knows the peer; rejects with a ClaimFailed otherwise. The claim's
 * timeout makes sure that one of the two happens.
 */
async function opened(peer: Peer, claim: PeerjsClaim, signal: AbortSignal | undefined): Promise<void> {
  const over = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { signal: over.signal });
      peer.on('error', ({ type, message }) =>
        reject(new ClaimFailed(claimRefusalOf(type, message, claim.closeCode), message)),
      );
      peer.once('disconnected', () => reject(new ClaimFailed(UNANSWERED, 'no answer')));
      peer.once('open', () => resolve());
    });
  } finally {
    over.abort();
  }
}

const UNANSWERED: ClaimRefusal = { reason: 'server-unreachable', final: false };
