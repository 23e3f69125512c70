import type { SnapErrorCode } from '../../errors.js';

/**
 * The control messages of the topic `transfer`: JSON objects with exactly these keys. Together with
 * the frames of `frames.ts` they are everything that two sides say about a transfer:
 *
 * ```
 *   sender                                    receiver
 *     │ offer ─────────────────────────────────► │   may ask a person
 *     │ ◄───────────────────── accept │ decline  │   accept tells from which piece on: that is all of resuming
 *     │ data frames, on any lane ──────────────► │
 *     │ ◄─────────────── ack frames, same lane   │   each byte, as it arrives: the window of the lane
 *     │ piece (digest), one for each ──────────► │
 *     │ ◄──────────────────────────── stored     │   verified and stored: the credit of the transfer
 *     │ ◄────────────────────────────── redo     │   a piece that does not match its digest
 *     │ end (root digest) ─────────────────────► │
 *     │ ◄────────────────────────────── done     │   whole, checked, stored
 *     │ cancel ───────── at any time ── decline  │
 *     │ ◄──────────────────────────────── expect │   over a later connection: will it come?
 *     │ withdraw ──────────────────────────────► │   it will not
 * ```
 */
export type Message =
  Offer | Accept | Decline | Piece | Stored | Redo | End | Done | Cancel | Expect | Withdraw;

/**
 * Announces what is to come. Over a new connection it is sent again, with a new `no` and the same
 * `id`: the receiver knows what it has.
 */
export interface Offer {
  readonly type: 'offer';
  /**
   * The sender's number for this transfer on this connection: 1, 2, 3, … in the order of offers.
   */
  readonly no: number;
  /** 32 random hexadecimal digits: the same for all recipients and connections. */
  readonly id: string;
  /** As the sender has it: the receiver cleans it. At most {@link MAX_NAME} UTF-16 units. */
  readonly name: string;
  /**
   * A media type or the empty string, at most {@link MAX_MIME} units. A hint: the receiver looks at
   * the bytes.
   */
  readonly mime: string;
  /** In bytes. */
  readonly size: number;
  /** Bytes in every piece but the last: {@link PIECE_SIZES}. */
  readonly piece: number;
  /**
   * `file`: the bytes of a file. `rgba`: the pixels of an ImageData, `width * height * 4 === size`.
   */
  readonly format: 'file' | 'rgba';
  /** In pixels; 0 where unknown. */
  readonly width: number;
  readonly height: number;
  /**
   * When it was captured, or the file last changed, in ms since the epoch by the sender's clock.
   */
  readonly takenAt: number;
  /** A small JPEG, PNG or WebP in base64, at most {@link MAX_PREVIEW} bytes; or null. */
  readonly preview: string | null;
}

/** The part of an offer that is the same for every recipient and connection. */
export type OfferHeader = Omit<Offer, 'type' | 'no'>;

/** The receiver wants it, and has the first `have` pieces already, verified. */
export interface Accept {
  readonly type: 'accept';
  readonly no: number;
  readonly have: number;
  /**
   * The sender may send pieces below number `stored + credit`: so many the receiver holds before
   * they are stored.
   */
  readonly credit: number;
}

/** The receiver does not want it, or no longer. */
export interface Decline {
  readonly type: 'decline';
  readonly no: number;
  readonly code: SnapErrorCode;
}

/** The SHA-256 of one piece, 64 hexadecimal digits. It may come before or after the bytes. */
export interface Piece {
  readonly type: 'piece';
  readonly no: number;
  readonly index: number;
  readonly digest: string;
}

/** The first `pieces` pieces are verified and stored. */
export interface Stored {
  readonly type: 'stored';
  readonly no: number;
  readonly pieces: number;
}

/** Asks for one piece again: its bytes did not match its digest. */
export interface Redo {
  readonly type: 'redo';
  readonly no: number;
  readonly index: number;
}

/** All digests were sent. `root` covers the offer and every piece: see `digest.ts`. */
export interface End {
  readonly type: 'end';
  readonly no: number;
  readonly root: string;
}

/** The receiver has all of it. Only now it counts as delivered. */
export interface Done {
  readonly type: 'done';
  readonly no: number;
  readonly root: string;
}

/** The sender stops. */
export interface Cancel {
  readonly type: 'cancel';
  readonly no: number;
  readonly code: SnapErrorCode;
}

/**
 * The receiver waits for what was offered under this `id` over an earlier connection. A sender that
 * still has it offers it again, which is the answer; one that has ended or forgotten it withdraws
 * it.
 */
export interface Expect {
  readonly type: 'expect';
  readonly id: string;
}

/**
 * What was offered under this `id` over an earlier connection will not come: the sender has stopped
 * meanwhile, or no longer knows it.
 */
export interface Withdraw {
  readonly type: 'withdraw';
  readonly id: string;
  readonly code: SnapErrorCode;
}

/**
 * The longest control message, in UTF-8 bytes: with its topic in front it fits into the 16 KiB that
 * every WebRTC stack takes.
 */
export const MAX_MESSAGE = 16_000;
/** In UTF-16 units: enough for the longest name of any file system. The receiver cuts it. */
export const MAX_NAME = 1024;
/**
 * In UTF-16 units: 127 on each side of the slash (RFC 4288, section 4.2), and parameters such as
 * `codecs`.
 */
export const MAX_MIME = 512;
/** In bytes: in base64 it leaves enough of a message for the longest name. */
export const MAX_PREVIEW = 8192;
/** In pixels: no browser has a larger canvas. */
export const MAX_DIMENSION = 65_535;
/** In bytes: small where a photo should be shown soon, large where digests should be few. */
export const PIECE_SIZES = { small: 262_144, large: 1_048_576 } as const;
/** In bytes: files of this size and more have large pieces. */
export const LARGE_FILE = 8_388_608;
/**
 * Open offers, without an answer or an end, that a receiver keeps for one peer. A sender makes no
 * more.
 */
export const MAX_OPEN_OFFERS = 16;
/**
 * Offers at once that come to nothing. A person who drops a folder on a page that refuses it makes
 * some hundreds.
 */
export const MAX_FRUITLESS = 1000;
/** After those, one more in this time, in ms. */
export const FRUITLESS_REFILL = 10;
/**
 * Messages without effect that a peer may send from the start, and again with each offer: many
 * times what can be under way when a transfer ends.
 */
export const MAX_NOWHERE = 4096;
