/**
 * Lets the database take nothing more, or nothing more into this store. Returns a function that
 * ends it.
 */
export function fillDisk(store?: string): () => void {
  const { prototype } = IDBObjectStore as unknown as { prototype: { put: (value: unknown) => unknown } };
  const { put } = prototype;
  prototype.put = function (this: IDBObjectStore, value: unknown): unknown {
    if (store !== undefined && this.name !== store) return put.call(this, value);
    throw new DOMException('There is no room.', 'QuotaExceededError');
  };
  return () => (prototype.put = put);
}

/**
 * Damages one value: whoever reads it fails, with everything else that was asked for in the same
 * transaction, as in Chromium when the file that a large value lies in is gone. Returns a function
 * that mends it.
 */
export function damage(store: string, key: string): () => void {
  const { prototype } = IDBObjectStore as unknown as {
    prototype: Record<'get' | 'getAll', (query: unknown) => unknown>;
  };
  const { get, getAll } = prototype;
  prototype.get = function (this: IDBObjectStore, query) {
    const request = get.call(this, query);
    if (this.name === store && query === key) this.transaction.abort();
    return request;
  };
  prototype.getAll = function (this: IDBObjectStore, query) {
    const request = getAll.call(this, query);
    if (this.name === store) this.transaction.abort();
    return request;
  };
  return () => Object.assign(prototype, { get, getAll });
}
