/** What a tab keeps of itself, in `sessionStorage`. */
const ID = 'snaptrail-tab';
/** The id whose page has gone away: the next page of the same tab goes on for it. */
const LEFT = 'snaptrail-tab-left';
/** What shows that the id is its own. */
const SECRET = 'snaptrail-tab-secret';

/**
 * The place of this document in its tab: all frames of a tab share its `sessionStorage`, and each
 * is somebody of its own. Empty for the tab's own document.
 */
const place = findPlace();

function findPlace(): string {
  let path = '';
  for (let frame: Window = window; frame !== frame.parent; frame = frame.parent) {
    const { parent } = frame;
    const at = Array.from({ length: parent.length }, (_, index) => parent[index]).indexOf(frame);
    path = `-${at}${path}`;
  }
  return path;
}

/** The id that is stored; null where there is none, or storage is forbidden. */
export function storedId(): string | null {
  const stored = read(ID + place);
  return stored !== null && /^[0-9a-f]{32}$/.test(stored) ? stored : null;
}

/** The secret that is stored with it. */
export function storedSecret(): string | null {
  return read(SECRET + place);
}

/**
 * This document is the tab's page now, and has that id. Where storage is forbidden, it is known for
 * this page load only.
 */
export function storeId(id: string, secret: string): void {
  write(ID + place, id);
  write(SECRET + place, secret);
  write(LEFT + place, null);
}

/**
 * The page that has that id goes away. A duplicate of the tab, made while it was here, does not
 * know. Synchronous.
 */
export function storeLeft(id: string): void {
  if (storedId() === id) write(LEFT + place, id);
}

/** It is here after all. */
export function dropLeft(): void {
  write(LEFT + place, null);
}

/** Whether a page of this very tab has left that id, on its way out. */
export function isLeft(id: string): boolean {
  return read(LEFT + place) === id;
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    return;
  }
}
