import { randomId } from '../../src/snap-item.js';
import type { SnapItem } from '../../src/snap-item.js';
import { pieceSizeFor } from '../../src/transfer/parse.js';
import type { Offer } from '../../src/transfer/messages.js';
import { Transfer } from '../../src/transfer/transfer.js';

/** What is offered, of so many bytes. */
export function offerOf(size: number, over: Partial<Offer> = {}): Offer {
  return {
    ...{ type: 'offer', no: 1, id: randomId(), name: 'film.mp4', mime: 'video/mp4', format: 'file' },
    ...{ size, piece: pieceSizeFor(size), width: 0, height: 0, takenAt: 1_790_000_000_000, preview: null },
    ...over,
  };
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
