import type { SnapError } from '../../errors.js';
import type { ConnectionState } from '../../events.js';
import type { SnapItem } from '../../item.js';
import type { Occupant } from '../page/occupancy.js';
import type { Resume } from '../resume.js';
import type { Session } from '../session.js';
import type { HubSettings } from '../settings.js';

/** The hub whose stay it is. */
export interface StayHub extends Occupant {
  readonly settings: HubSettings;
  /** The name that the others see. */
  readonly name: string;
  readonly session: Pick<Session, 'room' | 'enter' | 'leave'>;
  readonly resume: Pick<Resume, 'enter' | 'move'>;
  readonly pending: readonly SnapItem[];
  readonly error: SnapError | null;
  /** Shows this state to the page. */
  become(state: ConnectionState, error: SnapError | null): void;
  /** Reports an error, and shows it as what keeps the hub from connecting to somebody. */
  hamper(error: SnapError): void;
  /** Reports an error. */
  report(error: SnapError): void;
  /** The room was left. */
  left(): void;
  /**
   * Takes over what an earlier hub of the page left unsent for this room. Returns that hub, which
   * goes on in place of this one and is to be connected; null when nothing was left.
   */
  claimUnsent(code: string): { readonly stay: { connect(): Promise<void> } } | null;
}
