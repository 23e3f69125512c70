/**
 * Object URLs that several hold at once: a blob has one as long as anybody holds it. A browser
 * keeps what it has decoded by the URL, so a picture that is shown in two places, or was tried
 * before it is shown, is decoded once.
 */
const held = new Map<Blob, { readonly url: string; holders: number }>();

/** The URL of `blob`, until {@link releaseUrl} has been called as often as this. */
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
