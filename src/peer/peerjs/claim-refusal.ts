import type { ClaimFailure } from '../channel.js';
import type { PeerErrorType } from './vendor/peerjs.js';

/**
 * Why a PeerServer refuses a claim. `final`: it will not change its mind, so retrying is pointless.
 */
export interface ClaimRefusal {
  readonly reason: ClaimFailure;
  readonly final: boolean;
}

/** "Try again later" (RFC 6455, section 7.4.1, IANA's registry). */
const TRY_AGAIN_LATER = 1013;
/**
 * "Policy violation": a proxy or server says this when we have sent too much. (RFC 6455, section
 * 7.4.1)
 */
const POLICY_VIOLATION = 1008;

/**
 * Messages that point to a mistake in the page: a key, path or id that this server will never
 * accept.
 */
const MISTAKE = /invalid (api )?key|invalid id|no id, token/i;
/**
 * Messages that point to a limit. The stock PeerServer says "Server has reached its concurrent user
 * limit".
 */
const LIMIT = /limit|full|capacity|too many|overload|busy/i;

/**
 * Interprets a refused claim. The server may explain itself in a message, which PeerJS reports as
 * an error; or it, or a proxy in front of it, closes the WebSocket with a code. An HTTP response
 * (401, 404, 429, 502, an HTML page) only shows as a WebSocket that did not open.
 */
export function claimRefusalOf(
  type: `${PeerErrorType}`,
  message: string,
  closeCode: number | null,
): ClaimRefusal {
  switch (type) {
    case 'unavailable-id':
      return { reason: 'id-taken', final: false };
    case 'invalid-id':
    case 'invalid-key':
      return { reason: 'server-refused', final: true };
    case 'server-error':
      if (MISTAKE.test(message)) return { reason: 'server-refused', final: true };
      return { reason: LIMIT.test(message) ? 'server-full' : 'server-refused', final: false };
    default:
      return { reason: byCloseCode(closeCode), final: false };
  }
}

function byCloseCode(code: number | null): ClaimFailure {
  if (code === TRY_AGAIN_LATER) return 'server-full';
  if (code === POLICY_VIOLATION) return 'server-refused';
  // A restart (1012), a server going away (1001), a lost network, a WebSocket that never opened
  // (1006).
  return 'server-unreachable';
}
