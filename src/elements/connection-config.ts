import { SnapError } from '../errors.js';

/** Used where the page names no ICE servers: it tells a page its public address, and carries nothing. */
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

/** The `ice-servers` attribute. Throws `ice-servers-invalid`. */
export function iceServersFrom(json: string | null): RTCIceServer[] {
  if (json === null || json.trim() === '') return [...PUBLIC_STUN];
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    throw new SnapError('ice-servers-invalid', { cause });
  }
  if (!Array.isArray(parsed) || !parsed.every(isIceServer)) throw new SnapError('ice-servers-invalid');
  return parsed;
}

function isIceServer(value: unknown): value is RTCIceServer {
  if (typeof value !== 'object' || value === null || !('urls' in value)) return false;
  const urls = Array.isArray(value.urls) ? value.urls : [value.urls];
  return urls.length > 0 && urls.every((url) => typeof url === 'string' && /^(stun|turn)s?:/.test(url));
}

/** A whole number from an attribute: `fallback` where it is none, else within `least` and `most`. */
export function within(value: number | null, fallback: number, least: number, most: number): number {
  if (value === null || !Number.isFinite(value)) return fallback;
  return Math.min(most, Math.max(least, Math.floor(value)));
}
