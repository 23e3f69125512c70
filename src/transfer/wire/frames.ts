import { SnapError } from '../../errors.js';

/**
 * The binary messages: bytes of a transfer one way, their confirmations the other way. Both begin
 * with the same 24 bytes, in network byte order:
 *
 * ```
 *  0         1         2                   4                                       8
 *  +---------+---------+-------------------+---------------------------------------+
 *  | version |  kind   |   zero            |   transfer                            |
 *  +---------+---------+-------------------+---------------------------------------+
 *  |   offset, in bytes from the start of the file                                 |  8
 *  +---------------------------------------+---------------------------------------+
 *  |   length, in bytes                    |   zero                                |  16
 *  +---------------------------------------+---------------------------------------+
 *  |   payload: `length` bytes (data), nothing (ack) ...                           |  24
 * ```
 *
 * A data frame says itself where it belongs, so frames may come over any lane, in any order, and
 * twice. An ack repeats the header of the data frame that it confirms, on the same lane.
 */
export type Frame = DataFrame | AckFrame;

/** Bytes of one transfer, all of one piece. */
export interface DataFrame {
  readonly kind: 'data';
  /** The number that the sender gave the transfer in its offer on this connection. */
  readonly transfer: number;
  /** In bytes from the start of the file. */
  readonly offset: number;
  /** A view into the message: copy what is to be kept. */
  readonly payload: Uint8Array;
}

/** Confirms one data frame, on the lane over which it came. */
export interface AckFrame {
  readonly kind: 'ack';
  readonly transfer: number;
  readonly offset: number;
  readonly length: number;
}

/** The first byte of every frame. */
export const FRAME_VERSION = 1;
/** Bytes before the payload. */
export const FRAME_HEADER = 24;

const DATA = 1;
const ACK = 2;

/**
 * A data frame as one message. The payload is copied, to the start of `buffer` if one is given: it
 * must be large enough.
 */
export function encodeData(
  transfer: number,
  offset: number,
  payload: Uint8Array,
  buffer = new ArrayBuffer(FRAME_HEADER + payload.byteLength),
): Uint8Array {
  const message = new Uint8Array(buffer, 0, FRAME_HEADER + payload.byteLength);
  putHeader(message, DATA, transfer, offset, payload.byteLength);
  message.set(payload, FRAME_HEADER);
  return message;
}

/** A confirmation as one message. */
export function encodeAck(transfer: number, offset: number, length: number): Uint8Array {
  const message = new Uint8Array(FRAME_HEADER);
  putHeader(message, ACK, transfer, offset, length);
  return message;
}

/** Reads one message. Throws `peer-protocol` when it is not exactly one well-formed frame. */
export function decodeFrame(message: Uint8Array): Frame {
  if (message.byteLength < FRAME_HEADER) throw malformed('shorter than its header');
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  if (view.getUint8(0) !== FRAME_VERSION) throw malformed(`version ${view.getUint8(0)}`);
  if (view.getUint16(2) !== 0 || view.getUint32(20) !== 0) throw malformed('reserved bits set');
  const transfer = view.getUint32(4);
  const length = view.getUint32(16);
  const payload = message.subarray(FRAME_HEADER);
  if (transfer === 0 || length === 0) throw malformed('nothing in it');
  if (view.getBigUint64(8) + BigInt(length) > BigInt(Number.MAX_SAFE_INTEGER))
    throw malformed('beyond 2^53 - 1');
  const offset = Number(view.getBigUint64(8));

  const kind = view.getUint8(1);
  if (kind === DATA && payload.byteLength === length) return { kind: 'data', transfer, offset, payload };
  if (kind === ACK && payload.byteLength === 0) return { kind: 'ack', transfer, offset, length };
  throw malformed(kind === DATA || kind === ACK ? 'length does not match the message' : `kind ${kind}`);
}

function putHeader(
  { buffer }: Uint8Array,
  kind: number,
  transfer: number,
  offset: number,
  length: number,
): void {
  const view = new DataView(buffer);
  view.setUint8(0, FRAME_VERSION);
  view.setUint8(1, kind);
  view.setUint16(2, 0);
  view.setUint32(4, transfer);
  view.setBigUint64(8, BigInt(offset));
  view.setUint32(16, length);
  view.setUint32(20, 0);
}

function malformed(detail: string): SnapError {
  return new SnapError('peer-protocol', { detail: `frame: ${detail}` });
}
