import { SnapError } from '../../errors.js';
import { checkFields, isCount, isOneOf, isText, parseTyped, type Check, type Shapes } from '../../shape.js';

/**
 * The messages of the topic `lane`, as JSON. `lane` is a number chosen by the side that opens the
 * lane: 1, 2, 3, …
 */
export type LaneMessage =
  | { readonly type: 'offer'; readonly lane: number; readonly sdp: string }
  | { readonly type: 'answer'; readonly lane: number; readonly sdp: string }
  /** The peer accepts no more lanes for now. */
  | { readonly type: 'refuse'; readonly lane: number }
  /**
   * `side` says who opened the lane, as seen by the sender of the message. A null `candidate` means
   * that there are no more.
   */
  | {
      readonly type: 'candidate';
      readonly lane: number;
      readonly side: 'ours' | 'theirs';
      readonly candidate: RTCIceCandidateInit | null;
    };

/** In UTF-16 units. A data channel's description with ten candidates takes less than 2 KiB. */
const MAX_LENGTH = 16_384;

/** @throws {SnapError} `peer-protocol` for anything that is not exactly a {@link LaneMessage}. */
export function parseLaneMessage(text: string | Uint8Array): LaneMessage {
  if (typeof text !== 'string' || text.length > MAX_LENGTH) throw malformed('bytes, or too large');
  return checkFields(parseTyped(text, SHAPES, malformed), SHAPES, malformed);
}

const isLane: Check = (value) => isCount(value) && value !== 0;
const isSdp = isText(MAX_LENGTH);
const isCandidate: Check = (value) =>
  value === null ||
  (typeof value === 'object' && typeof (value as RTCIceCandidateInit).candidate === 'string');

const SHAPES: Shapes<LaneMessage> = {
  offer: { lane: isLane, sdp: isSdp },
  answer: { lane: isLane, sdp: isSdp },
  refuse: { lane: isLane },
  candidate: { lane: isLane, side: isOneOf('ours', 'theirs'), candidate: isCandidate },
};

function malformed(detail: string, cause?: unknown): SnapError {
  return new SnapError('peer-protocol', { detail: `on the topic lane: ${detail}`, cause });
}
