import { SnapError } from '../errors.js';
import type { Member } from '../room/member.js';
import type { Transfers } from '../transfer/transfers.js';
import type { Transfer } from '../transfer/transfer.js';
import type { Resume } from './resume.js';
import type { Payload } from './sendable.js';
import type { Session } from './session.js';

/**
 * Sends a payload to the members with these ids; null: to all that receive. See
 * `SnapConnection.send`.
 */
export function dispatch(
  { transfers, session, resume }: { transfers: Transfers; session: Session; resume: Resume },
  payload: Payload,
  to: readonly string[] | null,
): Transfer {
  if (to?.length === 0) throw new SnapError('transfer-no-recipient');
  const { members } = session;
  const chosen = to
    ? to.map((id) => members.find((member) => member.id === id) ?? absent(id))
    : members.filter(({ sendOnly }) => !sendOnly);
  // A member that is just being redialled is awaited with the others; when nobody at all is here,
  // whoever comes first gets it.
  const recipients = to || chosen.some(({ connected }) => connected) ? chosen : [];
  const transfer = transfers.send(payload.source, payload.description, recipients);
  for (const { id, connected } of to ? chosen : []) if (!connected) session.waitFor(id);
  resume.sending(payload, transfer);
  return transfer;
}

/** Whom the page names and nobody here knows: perhaps a member that is to come back. */
function absent(id: string): Pick<Member, 'id' | 'name' | 'sendOnly' | 'connected'> {
  return { id, name: '', sendOnly: false, connected: false };
}
