/** The key in `sessionStorage` of the tab's id. */
const ID = 'snaptrail-tab';
/** The key of the id whose page went away: the next page of the same tab has that id. */
const LEFT = 'snaptrail-tab-left';
/** The key of the secret that proves the id. */
const SECRET = 'snaptrail-tab-secret';

/**
 * The path of this document among the frames of its tab, empty for the top document. All frames of
 * a tab share its `sessionStorage`, and each has an id of its own.
 */
const framePath = findFramePath();

function findFramePath(): string {
  let path = '';
  for (let frame: Window = window; frame !== frame.parent; frame = frame.parent) {
    const { parent } = frame;
    const at = Array.from({ length: parent.length }, (_, index) => parent[index]).indexOf(frame);
    path = `-${at}${path}`;
  }
  return path;
}

/** The stored id; null when there is none, or storage is forbidden. */
export function storedId(): string | null {
  const stored = read(ID + framePath);
  return stored !== null && /^[0-9a-f]{32}$/.test(stored) ? stored : null;
}

/** The secret that is stored with the id. */
export function storedSecret(): string | null {
  return read(SECRET + framePath);
}

/**
 * Stores the id of this document, which is the tab's page now. Does nothing when storage is
 * forbidden: then the id lasts for this page load.
 */
export function storeId(id: string, secret: string): void {
  write(ID + framePath, id);
  write(SECRET + framePath, secret);
  write(LEFT + framePath, null);
}

/**
 * The page with that id goes away. A duplicate of the tab that was made before has no such mark.
 * Synchronous.
 */
export function storeLeft(id: string): void {
  if (storedId() === id) write(LEFT + framePath, id);
}

/** The page stays after all. */
export function dropLeft(): void {
  write(LEFT + framePath, null);
}

/** Whether a page of this very tab left that id when it went away. */
export function isLeft(id: string): boolean {
  return read(LEFT + framePath) === id;
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
