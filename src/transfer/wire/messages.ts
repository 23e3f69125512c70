import type { SnapErrorCode } from '../../errors.js';

/**
 * The control messages of the topic `transfer`, JSON objects of exactly these keys. With the frames
 * in `frames.ts` they are all that two sides say about a transfer:
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
 * Says what is to come. Sent again, with a new `no` and the same `id`, over a new connection: the
 * receiver knows what it has.
 */
export interface Offer {
  readonly type: 'offer';
  /**
   * The sender's number for this transfer on this connection: 1, 2, 3, … in the order of the
   * offers.
   */
  readonly no: number;
  /** 32 hexadecimal digits, chosen at random once for all recipients and all time. */
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
   * The sender may send pieces up to number `stored + credit` (exclusive): what the receiver keeps
   * unstored.
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

/** All digests are told. `root` covers the offer and every piece: see `digest.ts`. */
export interface End {
  readonly type: 'end';
  readonly no: number;
  readonly root: string;
}

/** The receiver has it, whole. Only now it counts as delivered. */
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
 * will offer it again does so, and says nothing else; one that has ended or forgotten it withdraws
 * it.
 */
export interface Expect {
  readonly type: 'expect';
  readonly id: string;
}

/**
 * What was offered under this `id` over an earlier connection will not come: the sender has stopped
 * meanwhile, or knows nothing of it any more.
 */
export interface Withdraw {
  readonly type: 'withdraw';
  readonly id: string;
  readonly code: SnapErrorCode;
}

/**
 * Longest text of a control message in UTF-8 bytes: with its topic in front it fits the 16 KiB that
 * every WebRTC stack takes.
 */
export const MAX_MESSAGE = 16_000;
/** Room for any file system's longest name, and for a hostile one to be cut by the receiver. */
export const MAX_NAME = 1024;
/**
 * RFC 4288, section 4.2: 127 characters on each side of the slash; parameters such as `codecs` on
 * top.
 */
export const MAX_MIME = 512;
/** 8 KiB: with base64 it still leaves room for the longest name within one message. */
export const MAX_PREVIEW = 8192;
/** In pixels: no browser has a larger canvas. */
export const MAX_DIMENSION = 65_535;
/** 256 KiB where a photo should be shown soon, 1 MiB where digests should be few. */
export const PIECE_SIZES = { small: 262_144, large: 1_048_576 } as const;
/** Files from this size on have large pieces. */
export const LARGE_FILE = 8_388_608;
/**
 * Offers without an answer or an end that a receiver keeps for one peer; a sender stays under it.
 */
export const MAX_OPEN_OFFERS = 16;
/**
 * Offers at once that come to nothing. A person who drops a folder on a page that refuses it makes
 * some hundreds.
 */
export const MAX_FRUITLESS = 1000;
/** After those, one in this time, in ms. */
export const FRUITLESS_REFILL = 10;
/**
 * What may lead nowhere from the start, and again with each offer: all that is on its way when a
 * transfer ends, many times over.
 */
export const MAX_NOWHERE = 4096;
