import { randomId } from '../../../src/item.js';
import type { SnapItem } from '../../../src/item.js';
import { sha256 } from '../../../src/transfer/wire/digest.js';
import { pieceSizeFor } from '../../../src/transfer/wire/parse.js';
import type { Offer } from '../../../src/transfer/wire/messages.js';
import type { Sink } from '../../../src/transfer/sinks/sink.js';
import { Transfer } from '../../../src/transfer/transfer.js';

/** What is offered, of so many bytes. */
export function offerOf(size: number, over: Partial<Offer> = {}): Offer {
  return {
    ...{ type: 'offer', no: 1, id: randomId(), name: 'film.mp4', mime: 'video/mp4', format: 'file' },
    ...{ size, piece: pieceSizeFor(size), width: 0, height: 0, takenAt: 1_790_000_000_000, preview: null },
    ...over,
  };
}

/** Writes pieces, each of which begins with its number, counted from 1. Returns their digests. */
export async function writePieces(
  sink: Sink,
  { size, piece }: Offer,
  indices: readonly number[],
): Promise<string[]> {
  const digests: string[] = [];
  for (const index of indices) {
    const bytes = new Uint8Array(Math.min(piece, size - index * piece));
    bytes[0] = index + 1;
    const digest = await sha256(bytes);
    digests.push(digest);
    await sink.write(index * piece, bytes, digest);
  }
  return digests;
}

/** Something that was captured. */
export function itemOf(text: string): SnapItem {
  const file = new File([text], `${text}.txt`, { type: 'text/plain', lastModified: 1_790_000_000_000 });
  const known = { width: 0, height: 0, imageData: null, from: null, takenAt: Date.now(), preview: null };
  return { id: randomId(), kind: 'file', file, ...known };
}

/** A digest that tells which piece it is of. */
export function digestOf(index: number): string {
  return index.toString(16).padStart(64, '0');
}

/** A transfer of so many bytes that is being sent. */
export function sendingOf(id: string, size = 10): Transfer {
  const nothing = (): void => undefined;
  return new Transfer({
    ...{ id, direction: 'send', name: 'x', type: '', size, onchange: nothing, onrequest: nothing },
  });
}
