/**
 * In bytes: what every browser accepts, where `sctp.maxMessageSize` is unknown (RFC 8831, section
 * 6.6).
 */
const SAFE = 16_384;
/**
 * In bytes: what Chromium and Firefox accept from each other. Larger messages are legal, but delay
 * everything queued behind them.
 */
const MOST = 262_144;

/** The largest message that goes over a connection, in bytes. */
export function maxMessageSize(connection: RTCPeerConnection | null): number {
  // A zero in the description means no limit; browsers report that as Infinity.
  return Math.min(connection?.sctp?.maxMessageSize ?? SAFE, MOST);
}
