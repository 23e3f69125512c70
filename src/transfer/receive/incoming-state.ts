import type { SnapErrorCode } from '../../errors.js';
import { violation } from '../wire/violation.js';
import type { Reassembly } from './reassembly.js';

/**
 * ```
 *  offered ─► deciding ─► receiving ─► finishing ─► arrived
 *     └──────────┴────────────┴────────────┴─► stopped
 * ```
 *
 * What has arrived before begins as `arrived`.
 */
export type IncomingState =
  | { readonly is: 'offered' }
  /** The page is being asked, or it waits for admission and for a sink. */
  | { readonly is: 'deciding' }
  | { readonly is: 'receiving'; readonly pieces: Reassembly }
  /** All its bytes are here: it no longer needs its sender. */
  | { readonly is: 'finishing'; readonly pieces: Reassembly }
  /** `before`: in an earlier conversation, so the sender has nothing to send in this one. */
  | { readonly is: 'arrived'; readonly root: string; readonly before: boolean }
  /** Failed or cancelled. `resumable`: what is stored stays, should it be offered again. */
  | { readonly is: 'stopped'; readonly resumable: boolean };

/** Whether the sender may come back after this error, and offer the same again. */
export function isResumable(code: SnapErrorCode): boolean {
  return code === 'peer-lost' || code === 'transfer-expired' || code === 'source-unreadable';
}

/** Whether nothing more will happen. */
export function isOver({ is }: IncomingState): boolean {
  return is === 'arrived' || is === 'stopped';
}

/** What has come so far: null as long as it was not accepted, and once it is over. */
export function piecesOf(state: IncomingState): Reassembly | null {
  return 'pieces' in state ? state.pieces : null;
}

/**
 * Where something belongs that the sender says about the pieces; null when it comes too late.
 * Throws `peer-protocol` when it must not be said.
 */
export function expecting(state: IncomingState, what: string): Reassembly | null {
  if ('pieces' in state) return state.pieces;
  if (state.is === 'stopped' || (state.is === 'arrived' && !state.before)) return null;
  throw violation(what);
}
