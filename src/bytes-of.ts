/**
 * The bytes `[start, end)` of `blob`, as far as there are so many. Of all of it no slice is made: a
 * browser asks its own main process for each, which is what thousands of small files would wait
 * for.
 */
export async function bytesOf(blob: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const part = start === 0 && end >= blob.size ? blob : blob.slice(start, end);
  return new Uint8Array(await part.arrayBuffer());
}
