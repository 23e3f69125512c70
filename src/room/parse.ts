import { SnapError } from '../errors.js';
import { DOORS, MAX_MEMBERS, MAX_NAME, MAX_ROOM_MESSAGE, VERSIONS, type RoomMessage } from './messages.js';
import { cleanName } from './name.js';

/**
 * One message of the topic `room`, checked: exactly the keys of its type, each of the right kind
 * and size; names cleaned.
 *
 * @throws {SnapError} `peer-protocol` for anything else; `peer-version` for a hello of a peer with
 *   whom we share no version.
 */
export function parseRoomMessage(text: string | Uint8Array): RoomMessage {
  if (typeof text !== 'string') throw wrong('bytes');
  // UTF-16 code units take one to three bytes each in UTF-8.
  if (text.length > MAX_ROOM_MESSAGE || new TextEncoder().encode(text).length > MAX_ROOM_MESSAGE)
    throw wrong('too large');
  const message = parseObject(text);
  const { type } = message;
  if (typeof type !== 'string' || !Object.hasOwn(SHAPES, type)) throw wrong('unknown type');
  const shape = SHAPES[type as RoomMessage['type']];
  if (type === 'hello') checkVersions(message.versions);
  const keys = Object.keys(message).filter((key) => key !== 'type');
  if (keys.length !== Object.keys(shape).length) throw wrong(`${type} with other keys`);
  for (const key of keys) {
    if (!Object.hasOwn(shape, key) || !shape[key]!(message[key])) throw wrong(`${type}.${key}`);
  }
  return ('name' in message
    ? { ...message, name: cleanName(message.name as string) }
    : message) as unknown as RoomMessage;
}

type Check = (value: unknown) => boolean;

const isHex =
  (digits: number): Check =>
  (value) =>
    typeof value === 'string' && value.length === digits && /^[0-9a-f]*$/.test(value);
const isName: Check = (value) =>
  typeof value === 'string' && value.length <= 2 * MAX_NAME && [...value].length <= MAX_NAME;
const isFlag: Check = (value) => typeof value === 'boolean';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
/** What PeerJS takes as an id. Whether it is one of this room is checked where it is dialled. */
const isPeerId: Check = (value) =>
  typeof value === 'string' && value.length <= 64 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value);
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

/** What each message holds beside its type. */
const SHAPES: Readonly<Record<RoomMessage['type'], Readonly<Record<string, Check>>>> = {
  nonce: { nonce: isHex(64) },
  proof: { proof: isHex(64) },
  hello: {
    versions: () => true,
    id: isHex(32),
    key: isHex(64),
    signature: isHex(128),
    name: isName,
    sendOnly: isFlag,
    peerId: isPeerId,
  },
  refused: { code: (value) => value === 'room-full' },
  roster: { name: isName, peerId: isPeerId, doors: isDoors, members: isMembers },
  ping: { number: isCount },
  pong: { number: isCount },
  bye: { final: isFlag },
};

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('not an object');
  return value as Record<string, unknown>;
}

/** First, because the rest of a hello may look different in a version that we do not know. */
function checkVersions(versions: unknown): void {
  if (!Array.isArray(versions) || versions.length !== 2 || !versions.every(isCount))
    throw wrong('hello.versions');
  const [oldest, newest] = versions as [number, number];
  if (oldest > VERSIONS[1] || newest < VERSIONS[0]) {
    throw new SnapError('peer-version', {
      detail: `it speaks ${oldest} to ${newest}, we speak ${VERSIONS.join(' to ')}`,
    });
  }
}

function wrong(detail: string): SnapError {
  return new SnapError('peer-protocol', { detail: `on the topic room: ${detail}` });
}
