import { SnapError } from '../errors.js';
import type { Member } from '../room/member.js';
import type { Transfers } from '../transfer/transfers.js';
import type { Transfer } from '../transfer/transfer.js';
import type { Resume } from './resume.js';
import type { Payload } from './sendable.js';
import type { Session } from './session.js';

/** What sending a payload takes. */
interface Dispatcher {
  readonly transfers: Pick<Transfers, 'send'>;
  readonly session: Pick<Session, 'members' | 'waitFor'>;
  readonly resume: Pick<Resume, 'sending'>;
}

/**
 * Sends a payload to the members with the ids in `to`; null: to all who receive. See
 * `SnapConnection.send`.
 */
export function dispatch(
  { transfers, session, resume }: Dispatcher,
  payload: Payload,
  to: readonly string[] | null,
): Transfer {
  if (to?.length === 0) throw new SnapError('transfer-no-recipient');
  const { members } = session;
  const chosen = to
    ? to.map((id) => members.find((member) => member.id === id) ?? absent(id))
    : members.filter(({ sendOnly }) => !sendOnly);
  // A member that is being redialled gets it with the others; when nobody at all is connected, the
  // first member to come gets it.
  const recipients = to || chosen.some(({ connected }) => connected) ? chosen : [];
  const transfer = transfers.send(payload.source, payload.description, recipients);
  for (const { id, connected } of to ? chosen : []) if (!connected) session.waitFor(id);
  resume.sending(payload, transfer);
  return transfer;
}

/** A recipient that the page names and that is not in the room: perhaps it comes back. */
function absent(id: string): Pick<Member, 'id' | 'name' | 'sendOnly' | 'connected'> {
  return { id, name: '', sendOnly: false, connected: false };
}
