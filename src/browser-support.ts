import { SnapError } from './errors.js';

/**
 * Features without which the elements cannot be defined. Then they stay undefined, and the page's
 * own content inside the tags is shown.
 */
const TO_BE_DEFINED: readonly string[] = [
  'customElements.define',
  'Element.prototype.attachShadow',
  'ElementInternals',
  'HTMLElement.prototype.attachInternals',
  'MessageChannel',
];

/**
 * Features that a hub needs. Checked before it connects, because it would otherwise fail half-way
 * without a message. The newest shipped in 2022.
 */
const TO_CONNECT: readonly string[] = [
  'AbortSignal.timeout',
  'AbortSignal.prototype.throwIfAborted',
  'Array.prototype.at',
  'Blob.prototype.arrayBuffer',
  'RTCDataChannel',
  'TextEncoder',
  'WebSocket',
  'crypto.getRandomValues',
  'queueMicrotask',
];

/** Whether `tag` can be defined in this browser. If not, logs the reason, once for each tag. */
export function canBeDefined(tag: string): boolean {
  const missing = firstMissing(TO_BE_DEFINED);
  if (missing === null) return true;
  const { message } = new SnapError('browser-unsupported', { detail: `${missing} is missing` });
  // eslint-disable-next-line no-console -- Nobody else is there to be told.
  console.error(`<${tag}> is left undefined. ${message}`);
  return false;
}

/**
 * Checks that this browser can connect.
 *
 * @throws {SnapError} `webrtc-unsupported` or `browser-unsupported`
 */
export function requireBrowser(): void {
  if (!isThere('RTCPeerConnection.prototype.createDataChannel')) throw new SnapError('webrtc-unsupported');
  const missing = firstMissing(TO_CONNECT);
  if (missing !== null) throw new SnapError('browser-unsupported', { detail: `${missing} is missing` });
}

function firstMissing(paths: readonly string[]): string | null {
  return paths.find((path) => !isThere(path)) ?? null;
}

function isThere(path: string): boolean {
  let place: unknown = globalThis;
  for (const name of path.split('.')) {
    place = (place as Record<string, unknown> | null | undefined)?.[name];
  }
  return place !== undefined && place !== null;
}
