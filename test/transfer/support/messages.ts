import type { Message, Offer } from '../../../src/transfer/wire/messages.js';

/** 32 hexadecimal digits. */
export const ID = '00112233445566778899aabbccddeeff';
/** 64 hexadecimal digits. */
export const ROOT = 'ab'.repeat(32);

/** A small photo. */
export const offer: Offer = {
  type: 'offer',
  no: 1,
  id: ID,
  name: 'photo.jpg',
  mime: 'image/jpeg',
  size: 1000,
  piece: 262_144,
  format: 'file',
  width: 40,
  height: 30,
  takenAt: 1_790_000_000_000,
  preview: null,
};

/** One message of every type. */
export const messages: readonly Message[] = [
  offer,
  { type: 'accept', no: 1, have: 0, credit: 32 },
  { type: 'decline', no: 1, code: 'transfer-declined' },
  { type: 'piece', no: 1, index: 0, digest: ROOT },
  { type: 'stored', no: 1, pieces: 1 },
  { type: 'redo', no: 1, index: 0 },
  { type: 'end', no: 1, root: ROOT },
  { type: 'done', no: 1, root: ROOT },
  { type: 'cancel', no: 1, code: 'transfer-cancelled' },
  { type: 'expect', id: ID },
  { type: 'withdraw', id: ID, code: 'transfer-cancelled' },
];
