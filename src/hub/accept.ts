import { sniffContent } from '../capture/media/sniff.js';
import { extensionOf, typeOfName, canonicalType } from '../capture/media/media-type.js';

/** What is known of a file before its bytes are. */
interface Named {
  readonly name: string;
  readonly type: string;
}

/**
 * Whether a file is among those that `accept` names, by the rules of `<input accept>`: `image/*`,
 * `image/png`, `.pdf`, separated by commas. An empty list accepts everything. The type is what the
 * sender says, and where it says nothing, what goes with the name: systems know some types not at
 * all, some only in lower case. A name without an extension, as phones give them, has that of its
 * type.
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
 * The same for a file that is here: a promise where its type says nothing and it has to be looked
 * into. Nothing is decoded.
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
 * Whether `name` ends with `extension` (`.jpg`), or has no extension that says what it is and is of
 * a `type` that goes with this one.
 */
function endsAs(name: string, type: string, extension: string): boolean {
  if (name.toLowerCase().endsWith(extension)) return true;
  return extensionOf(name) === '' && type !== '' && typeOfName(`x${extension}`) === type;
}
