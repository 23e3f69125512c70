/** Lets the database take nothing more, or nothing more into this store. Returns a function that ends it. */
export function fillDisk(store?: string): () => void {
  const { prototype } = IDBObjectStore as unknown as { prototype: { put: (value: unknown) => unknown } };
  const { put } = prototype;
  prototype.put = function (this: IDBObjectStore, value: unknown): unknown {
    if (store !== undefined && this.name !== store) return put.call(this, value);
    throw new DOMException('There is no room.', 'QuotaExceededError');
  };
  return () => (prototype.put = put);
}
