import { SnapError } from '../errors.js';
import {
  checkFields,
  fitsUtf8,
  isBoolean,
  isCount,
  isHex,
  isOneOf,
  isText,
  parseTyped,
  type Check,
  type Shapes,
} from '../shape.js';
import { DOORS, MAX_MEMBERS, MAX_NAME, MAX_ROOM_MESSAGE, VERSIONS, type RoomMessage } from './messages.js';
import { cleanName } from './name.js';

/**
 * Parses and checks a message on the topic `room`, and cleans the name in it.
 *
 * @throws {SnapError} `peer-version` for a hello of a peer with which we share no version,
 *   `peer-protocol` for anything else that is not exactly a {@link RoomMessage}.
 */
export function parseRoomMessage(text: string | Uint8Array): RoomMessage {
  if (typeof text !== 'string') throw malformed('bytes');
  if (!fitsUtf8(text, MAX_ROOM_MESSAGE)) throw malformed('too large');
  const typed = parseTyped(text, SHAPES, malformed);
  // First, because in a version that we do not know the rest of a hello may look different.
  if (typed.type === 'hello') checkVersions(typed.versions);
  const message = checkFields(typed, SHAPES, malformed);
  return 'name' in message ? { ...message, name: cleanName(message.name) } : message;
}

const isName: Check = (value) => isText(2 * MAX_NAME)(value) && [...(value as string)].length <= MAX_NAME;
/** What PeerJS accepts as an id. Whoever dials it checks that it belongs to this room. */
const isPeerId = isText(64, /^[a-z0-9]+(-[a-z0-9]+)*$/);
const isDoors: Check = (value) =>
  Array.isArray(value) &&
  value.every((door) => isCount(door) && door < DOORS) &&
  new Set(value).size === value.length;
const isMembers: Check = (value) =>
  Array.isArray(value) && value.length <= MAX_MEMBERS && value.every(isMember);

function isMember(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { id, peerId, ...rest } = value as Record<string, unknown>;
  return isHex(32)(id) && isPeerId(peerId) && Object.keys(rest).length === 0;
}

const SHAPES: Shapes<RoomMessage> = {
  nonce: { nonce: isHex(64) },
  proof: { proof: isHex(64) },
  hello: {
    // See checkVersions.
    versions: () => true,
    id: isHex(32),
    key: isHex(64),
    signature: isHex(128),
    name: isName,
    sendOnly: isBoolean,
    peerId: isPeerId,
  },
  refused: { code: isOneOf('room-full') },
  roster: { name: isName, peerId: isPeerId, doors: isDoors, members: isMembers },
  ping: { number: isCount },
  pong: { number: isCount },
  bye: { final: isBoolean },
};

function checkVersions(versions: unknown): void {
  if (!Array.isArray(versions) || versions.length !== 2 || !versions.every(isCount))
    throw malformed('hello: versions');
  const [oldest, newest] = versions as [number, number];
  if (oldest > VERSIONS[1] || newest < VERSIONS[0]) {
    throw new SnapError('peer-version', {
      detail: `it speaks ${oldest} to ${newest}, we speak ${VERSIONS.join(' to ')}`,
    });
  }
}

function malformed(detail: string, cause?: unknown): SnapError {
  return new SnapError('peer-protocol', { detail: `on the topic room: ${detail}`, cause });
}
