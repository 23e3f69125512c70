import { SnapError } from './errors.js';

/**
 * What the elements are made of. Without it there is nothing to define, and the page's own content
 * inside of the tags stays.
 */
const TO_BE_DEFINED: readonly string[] = [
  'customElements.define',
  'Element.prototype.attachShadow',
  'ElementInternals',
  'HTMLElement.prototype.attachInternals',
  'MessageChannel',
];

/**
 * What a hub cannot go without: it would fail in the middle, and nobody would hear why. The newest
 * are of 2022.
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

/** Whether the elements can be defined here. If not, the developer is told, once for each tag. */
export function canBeDefined(tag: string): boolean {
  const missing = firstMissing(TO_BE_DEFINED);
  if (missing === null) return true;
  const { message } = new SnapError('browser-unsupported', { detail: `${missing} is missing` });
  // eslint-disable-next-line no-console -- Nobody else is there to be told.
  console.error(`<${tag}> is left undefined. ${message}`);
  return false;
}

/** @throws {SnapError} `webrtc-unsupported`, `browser-unsupported` */
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
