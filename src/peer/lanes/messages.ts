import { SnapError } from '../../errors.js';

/**
 * What two members say on the topic `lane`, as JSON. `lane` is a number that its opener has chosen:
 * 1, 2, 3, …
 */
export type LaneMessage =
  | { readonly type: 'offer'; readonly lane: number; readonly sdp: string }
  | { readonly type: 'answer'; readonly lane: number; readonly sdp: string }
  /** The other side has lanes enough. */
  | { readonly type: 'refuse'; readonly lane: number }
  /** `side`: who opened the lane, seen from who says it. `candidate` null: there are no more. */
  | {
      readonly type: 'candidate';
      readonly lane: number;
      readonly side: 'ours' | 'theirs';
      readonly candidate: RTCIceCandidateInit | null;
    };

/** A data channel's description takes less than 2 KiB with ten candidates in it. */
const LONGEST = 16_384;

/** Throws `peer-protocol` for anything that is not exactly one of the messages. */
export function parseLaneMessage(text: string | Uint8Array): LaneMessage {
  const message = typeof text === 'string' && text.length <= LONGEST ? parsed(text) : null;
  if (message && Object.keys(message).length === KEYS[message.type] && isSound(message)) return message;
  throw new SnapError('peer-protocol', { detail: 'lane message' });
}

const KEYS: Record<LaneMessage['type'], number> = { offer: 3, answer: 3, refuse: 2, candidate: 4 };

function parsed(text: string): LaneMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    const typed =
      typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
    return typed && Object.hasOwn(KEYS, value.type as string) ? (value as LaneMessage) : null;
  } catch {
    return null;
  }
}

function isSound(message: LaneMessage): boolean {
  if (!Number.isSafeInteger(message.lane) || message.lane < 1) return false;
  if (message.type === 'refuse') return true;
  if (message.type !== 'candidate') return typeof message.sdp === 'string';
  const { candidate } = message;
  if (!['ours', 'theirs'].includes(message.side)) return false;
  return candidate === null || (typeof candidate === 'object' && typeof candidate.candidate === 'string');
}
