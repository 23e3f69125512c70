/**
 * Reference-counted object URLs: a blob has one URL for as long as anybody holds it. Browsers cache
 * decoded pictures by URL, so a picture that is shown in two places, or was probed before it is
 * shown, is decoded once.
 */
const held = new Map<Blob, { readonly url: string; holders: number }>();

/**
 * Returns the URL of `blob`. It stays valid until {@link releaseUrl} was called once for each call
 * of this function.
 */
export function holdUrl(blob: Blob): string {
  let entry = held.get(blob);
  if (!entry) {
    entry = { url: URL.createObjectURL(blob), holders: 0 };
    held.set(blob, entry);
  }
  entry.holders++;
  return entry.url;
}

export function releaseUrl(blob: Blob): void {
  const entry = held.get(blob);
  if (!entry || --entry.holders > 0) return;
  URL.revokeObjectURL(entry.url);
  held.delete(blob);
}
