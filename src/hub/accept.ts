import { sniffContent } from '../capture/media/sniff.js';
import { extensionOf, typeOfName, canonicalType } from '../capture/media/media-type.js';

/** What is known of a file before its bytes are read. */
interface Named {
  readonly name: string;
  readonly type: string;
}

/**
 * Whether `accept` matches a file, by the rules of `<input accept>`: `image/*`, `image/png` or
 * `.pdf`, separated by commas. An empty list accepts everything.
 *
 * A file without a type has the type of its extension, since systems do not know every type, and
 * some only in lower case. A name without an extension, as phones give them, has the extension of
 * its type.
 */
export function isAccepted({ name, type }: Named, accept: string): boolean {
  const wanted = accept
    .toLowerCase()
    .split(',')
    .map((token) => token.trim())
    .filter(Boolean);
  if (wanted.length === 0) return true;
  const usual = canonicalType(type) || typeOfName(name);
  return wanted.some((token) => {
    if (token === '*/*' || token === '*') return true;
    if (token.startsWith('.')) return endsAs(name, usual, token);
    if (token.endsWith('/*')) return usual.startsWith(token.slice(0, -1));
    return usual === (canonicalType(token) || token) || type.toLowerCase() === token;
  });
}

/**
 * The same for a file that is here. Returns a promise when its type says nothing, so that its first
 * bytes have to be read. Decodes nothing.
 */
export function isWelcome(file: File, accept: string): boolean | Promise<boolean> {
  const accepted = isAccepted(file, accept);
  if (accepted || canonicalType(file.type) !== '') return accepted;
  return sniffContent(file).then(
    ({ type }) => isAccepted({ name: file.name, type }, accept),
    () => false,
  );
}

/**
 * Whether `name` ends with `extension` (`.jpg`), or has no extension and a `type` that goes with
 * `extension`.
 */
function endsAs(name: string, type: string, extension: string): boolean {
  if (name.toLowerCase().endsWith(extension)) return true;
  return extensionOf(name) === '' && type !== '' && typeOfName(`x${extension}`) === type;
}
