/**
 * Reads the bytes `[start, end)` of `blob`, or fewer where it ends earlier. Avoids `slice()` for a
 * whole blob: each slice is a round trip to the browser's main process, which adds up over
 * thousands of small files.
 */
export async function bytesOf(blob: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const part = start === 0 && end >= blob.size ? blob : blob.slice(start, end);
  return new Uint8Array(await part.arrayBuffer());
}
