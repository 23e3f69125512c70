/**
 * Whether a file is among those that `accept` names, by the rules of `<input accept>`: `image/*`, `image/png`, `.pdf`, separated by commas.
 * An empty list accepts everything. The type is what the sender says; what is shown as a picture is decided by the bytes.
 */
export function isAccepted(file: { name: string; type: string }, accept: string): boolean {
  const wanted = accept
    .toLowerCase()
    .split(',')
    .map((token) => token.trim())
    .filter(Boolean);
  if (wanted.length === 0) return true;
  const name = file.name.toLowerCase();
  const type = file.type.toLowerCase().split(';')[0] ?? '';
  return wanted.some((token) => {
    if (token === '*/*' || token === '*') return true;
    if (token.startsWith('.')) return name.endsWith(token);
    if (token.endsWith('/*')) return type.startsWith(token.slice(0, -1));
    return type === token;
  });
}
