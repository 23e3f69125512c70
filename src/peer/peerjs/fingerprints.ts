import type { Fingerprints } from '../channel.js';

/** Hashes that may identify a certificate: SHA-256 or stronger (RFC 8122, section 5). */
const STRONG = new Set(['sha-256', 'sha-384', 'sha-512']);

/**
 * The certificates of an open connection, from the applied descriptions. In the DTLS handshake, the
 * browser has checked that the peer's certificate matches its description, so there is no need for
 * `getRemoteCertificates`, which Firefox lacked for years.
 */
export function fingerprintsOf(connection: RTCPeerConnection): Fingerprints {
  return {
    local: onlyFingerprint(connection.currentLocalDescription?.sdp ?? ''),
    remote: onlyFingerprint(connection.currentRemoteDescription?.sdp ?? ''),
  };
}

/**
 * The one fingerprint that `sdp` names, on however many lines and levels, as `sha-256 AB:CD:…`;
 * null if there is none, a weak one, or more than one. RFC 8122 allows several, but an attacker
 * could add its own beside the honest one.
 */
export function onlyFingerprint(sdp: string): string | null {
  const found = new Set<string>();
  for (const [, algorithm, value] of sdp.matchAll(/^a=fingerprint:(\S+)[ \t]+(\S+)[ \t]*$/gim)) {
    found.add(`${algorithm!.toLowerCase()} ${value!.toUpperCase()}`);
  }
  const [only] = found;
  return found.size === 1 && STRONG.has(only!.split(' ')[0]!) ? only! : null;
}
