import { SnapError } from '../errors.js';

/**
 * Used where the page names no ICE servers: it tells a page its public address, and carries
 * nothing.
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
 * What may be given as ICE servers: an `RTCIceServer` or an array of them, as they are or as JSON;
 * null: a public STUN server.
 */
export type IceServers = readonly RTCIceServer[] | RTCIceServer | string | null;

/**
 * A copy, which nobody else changes. Throws `ice-servers-invalid` for what no connection could be
 * made with.
 */
export function iceServersFrom(given: IceServers): RTCIceServer[] {
  if (given === null || (typeof given === 'string' && given.trim() === '')) return [...PUBLIC_STUN];
  let parsed: unknown;
  try {
    // What frameworks keep an eye on can be put into words, but not be cloned.
    parsed = JSON.parse(typeof given === 'string' ? given : JSON.stringify(given));
  } catch (cause) {
    throw new SnapError('ice-servers-invalid', { cause });
  }
  const servers: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  if (!servers.every(isIceServer)) throw new SnapError('ice-servers-invalid');
  return servers;
}

/**
 * RFC 7064 and 7065, section 3.1: `stun:host:port` and `turn:host:port?transport=udp`, the port and
 * the transport if need be.
 */
const STUN = /^stuns?:(\[[\da-f:.]+\]|[^\s:/?#@[\]]+)(:\d{1,5})?$/i;
const TURN = /^turns?:(\[[\da-f:.]+\]|[^\s:/?#@[\]]+)(:\d{1,5})?(\?transport=\w+)?$/i;

function isIceServer(value: unknown): value is RTCIceServer {
  if (typeof value !== 'object' || value === null || !('urls' in value)) return false;
  const urls: unknown[] = Array.isArray(value.urls) ? value.urls : [value.urls];
  const { username, credential } = value as RTCIceServer;
  // A browser makes no connection at all with a relay that it has no password for.
  const isKnown = isWord(username) && isWord(credential);
  return (
    urls.length > 0 &&
    urls.every((url) => typeof url === 'string' && (STUN.test(url) || (isKnown && TURN.test(url))))
  );
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/**
 * A whole number from an attribute: `fallback` where it is none, else within `least` and `most`.
 */
export function within(value: number | null, fallback: number, least: number, most: number): number {
  if (value === null || !Number.isFinite(value)) return fallback;
  return Math.min(most, Math.max(least, Math.floor(value)));
}
