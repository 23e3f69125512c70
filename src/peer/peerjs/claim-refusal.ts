import type { ClaimFailure } from '../channel.js';
import type { PeerErrorType } from './vendor/peerjs.js';

/**
 * Why a PeerServer does not have us. `final`: it will not think better of it, so there is no use in
 * asking again.
 */
export interface ClaimRefusal {
  readonly reason: ClaimFailure;
  readonly final: boolean;
}

/** "Try again later" (RFC 6455, section 7.4.1, IANA's registry). */
const TRY_AGAIN_LATER = 1013;
/**
 * "Policy violation": what a proxy or a server says that has had too much of us. (RFC 6455, section
 * 7.4.1)
 */
const POLICY_VIOLATION = 1008;

/**
 * What of a refusal in words names a mistake of the page: the key, the path or an id that this
 * server will never take.
 */
const MISTAKE = /invalid (api )?key|invalid id|no id, token/i;
/**
 * What of it names a limit. The stock PeerServer says "Server has reached its concurrent user
 * limit".
 */
const LIMIT = /limit|full|capacity|too many|overload|busy/i;

/**
 * What a server means by not having us. It may say so in words, in an error of PeerJS's; or it, or
 * a proxy before it, closes the WebSocket with a code. An answer by HTTP (401, 404, 429, 502, a
 * page of HTML) is only told to a page as a WebSocket that did not open.
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
  // A restart (1012), a server that goes away (1001), a network that went away, a WebSocket that
  // never opened (1006).
  return 'server-unreachable';
}
