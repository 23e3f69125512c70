import type { CaptureDevice } from './hub-element.js';

/** The first camera among `elements` in tree order, or null: a hub requests photos of that one. */
export function firstCamera(elements: Iterable<HTMLElement>): CaptureDevice | null {
  const cameras = [...elements].filter((element): element is CaptureDevice => 'snap' in element);
  cameras.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  return cameras[0] ?? null;
}
