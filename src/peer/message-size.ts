/**
 * In bytes: what every browser takes, where `sctp.maxMessageSize` is unknown (RFC 8831, section
 * 6.6).
 */
const SAFE = 16_384;
/**
 * In bytes: what Chromium and Firefox take from each other. Larger messages are legal, but hold up
 * all that stands behind them.
 */
const MOST = 262_144;

/** The largest message that goes over a connection, in bytes. */
export function maxMessageSize(connection: RTCPeerConnection | null): number {
  // Zero in the description means that there is no limit, which browsers tell as Infinity.
  return Math.min(connection?.sctp?.maxMessageSize ?? SAFE, MOST);
}
