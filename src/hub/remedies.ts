import type { SnapErrorCode } from '../errors.js';

/** What ends in the same error however often it is tried: nothing but the page can change it. */
const FINAL: readonly SnapErrorCode[] = [
  'room-code-invalid',
  'room-in-use',
  'server-invalid',
  'ice-servers-invalid',
  'webrtc-unsupported',
  'browser-unsupported',
  // Only a reload frees connections.
  'connections-exhausted',
];

const BAD_ROOM: readonly SnapErrorCode[] = ['room-code-invalid', 'room-in-use', 'room-full'];

/** Whether it can help against the error that a hub shows to connect again. */
export function retryHelps(code: SnapErrorCode): boolean {
  return !FINAL.includes(code);
}

/** Whether another room would do where this one cannot be entered. */
export function newRoomHelps(code: SnapErrorCode): boolean {
  return BAD_ROOM.includes(code);
}
