import { SnapError } from '../../errors.js';

/**
 * The default ICE server. A STUN server tells a browser its public address; no data passes through
 * it.
 */
const PUBLIC_STUN: readonly RTCIceServer[] = [{ urls: 'stun:stun.l.google.com:19302' }];

/** The `server` attribute as a URL; null: PeerJS's public cloud. Throws `server-invalid`. */
export function serverUrl(server: string | null): URL | null {
  if (server === null || server.trim() === '') return null;
  try {
    const url = new URL(server, document.baseURI);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  } catch {
    // Said below.
  }
  throw new SnapError('server-invalid', { detail: server });
}

/**
 * What a page may give as ICE servers: an `RTCIceServer` or an array of them, as objects or as
 * JSON; null: a public STUN server.
 */
export type IceServers = readonly RTCIceServer[] | RTCIceServer | string | null;

/**
 * A copy of the ICE servers that a page has given. Throws `ice-servers-invalid` if a browser would
 * refuse to make a connection with them.
 */
export function iceServersFrom(given: IceServers): RTCIceServer[] {
  if (given === null || (typeof given === 'string' && given.trim() === '')) return [...PUBLIC_STUN];
  let parsed: unknown;
  try {
    // Copied by way of JSON: `structuredClone` refuses the proxies of frameworks.
    parsed = JSON.parse(typeof given === 'string' ? given : JSON.stringify(given));
  } catch (cause) {
    throw new SnapError('ice-servers-invalid', { cause });
  }
  const servers: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  if (!servers.every(isIceServer)) throw new SnapError('ice-servers-invalid');
  return servers;
}

/**
 * RFC 7064 and 7065, section 3.1: `stun:host:port` and `turn:host:port?transport=udp`, with port
 * and transport optional.
 */
const STUN = /^stuns?:(\[[\da-f:.]+\]|[^\s:/?#@[\]]+)(:\d{1,5})?$/i;
const TURN = /^turns?:(\[[\da-f:.]+\]|[^\s:/?#@[\]]+)(:\d{1,5})?(\?transport=\w+)?$/i;

function isIceServer(value: unknown): value is RTCIceServer {
  if (typeof value !== 'object' || value === null || !('urls' in value)) return false;
  const urls: unknown[] = Array.isArray(value.urls) ? value.urls : [value.urls];
  const { username, credential } = value as RTCIceServer;
  // A browser refuses to make any connection when a relay has no password.
  const hasPassword = isText(username) && isText(credential);
  return (
    urls.length > 0 &&
    urls.every((url) => typeof url === 'string' && (STUN.test(url) || (hasPassword && TURN.test(url))))
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** A number from an attribute as a whole number from `least` to `most`, else `fallback`. */
export function within(value: number | null, fallback: number, least: number, most: number): number {
  if (value === null || !Number.isFinite(value)) return fallback;
  return Math.min(most, Math.max(least, Math.floor(value)));
}
