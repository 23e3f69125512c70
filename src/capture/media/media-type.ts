/**
 * File extensions, in lower case, by media type, since browsers do not know all of them. The first
 * is the usual one.
 */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg jpeg jpe jfif pjpeg pjp',
  'image/png': 'png apng',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif avifs',
  'image/bmp': 'bmp dib',
  'image/x-icon': 'ico',
  'image/heic': 'heic heif heics heifs hif',
  'image/tiff': 'tif tiff',
  'image/jxl': 'jxl',
  'image/svg+xml': 'svg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a m4b',
  'audio/aac': 'aac',
  'audio/ogg': 'ogg oga opus',
  'audio/webm': 'weba',
  'audio/x-matroska': 'mka',
  'audio/wav': 'wav wave',
  'audio/flac': 'flac',
  'audio/amr': 'amr',
  'audio/aiff': 'aif aiff aifc',
  'audio/midi': 'mid midi',
  'audio/x-caf': 'caf',
  'audio/x-ms-wma': 'wma',
  'video/mp4': 'mp4 m4v mpg4',
  'video/quicktime': 'mov qt',
  'video/webm': 'webm',
  'video/x-matroska': 'mkv',
  'video/ogg': 'ogv ogm',
  'video/3gpp': '3gp 3gpp 3g2',
  'video/mp2t': 'mts m2ts m2t',
  'video/mpeg': 'mpg mpeg mpe vob',
  'video/x-msvideo': 'avi',
  'video/x-ms-wmv': 'wmv asf',
  'video/x-flv': 'flv',
  'application/pdf': 'pdf',
  'text/plain': 'txt text log',
  'text/csv': 'csv',
  'application/json': 'json',
  'application/zip': 'zip',
};

const BY_EXTENSION: ReadonlyMap<string, string> = new Map(
  Object.entries(EXTENSIONS).flatMap(([type, list]) =>
    list.split(' ').map((extension) => [extension, type] as const),
  ),
);

/** Aliases of the types above. */
const ALIASES: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'image/apng': 'image/png',
  'image/vnd.mozilla.apng': 'image/png',
  'image/x-bmp': 'image/bmp',
  'image/x-ms-bmp': 'image/bmp',
  'image/vnd.microsoft.icon': 'image/x-icon',
  'image/ico': 'image/x-icon',
  'image/icon': 'image/x-icon',
  'image/avif-sequence': 'image/avif',
  'image/heif': 'image/heic',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heic',
  'audio/mp3': 'audio/mpeg',
  'audio/x-mp3': 'audio/mpeg',
  'audio/x-mpeg': 'audio/mpeg',
  'audio/m4a': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/x-m4b': 'audio/mp4',
  'audio/mp4a-latm': 'audio/mp4',
  'audio/aacp': 'audio/aac',
  'audio/x-aac': 'audio/aac',
  'audio/x-hx-aac-adts': 'audio/aac',
  'audio/opus': 'audio/ogg',
  'audio/vorbis': 'audio/ogg',
  'audio/x-ogg': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'audio/matroska': 'audio/x-matroska',
  'audio/wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/x-pn-wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'audio/x-aiff': 'audio/aiff',
  'audio/mid': 'audio/midi',
  'audio/x-midi': 'audio/midi',
  'audio/x-caff': 'audio/x-caf',
  'video/x-m4v': 'video/mp4',
  'application/mp4': 'video/mp4',
  'video/matroska': 'video/x-matroska',
  'application/x-matroska': 'video/x-matroska',
  'video/3gpp2': 'video/3gpp',
  'video/avi': 'video/x-msvideo',
  'video/msvideo': 'video/x-msvideo',
  'video/vnd.avi': 'video/x-msvideo',
  'video/x-ms-asf': 'video/x-ms-wmv',
  'video/flv': 'video/x-flv',
  'application/x-pdf': 'application/pdf',
};

/** Types that say nothing about the bytes. */
const GENERIC = ['', 'application/octet-stream', 'binary/octet-stream', 'application/unknown'];

/**
 * The canonical name of a media type, in lower case and without parameters. The empty string for
 * generic types.
 */
export function canonicalType(type: string): string {
  const essence = type.split(';', 1)[0]!.trim().toLowerCase();
  if (GENERIC.includes(essence)) return '';
  return Object.hasOwn(ALIASES, essence) ? ALIASES[essence]! : essence;
}

/** The media type for the extension of `name`, or the empty string. */
export function typeOfName(name: string): string {
  return BY_EXTENSION.get(extensionOf(name)) ?? '';
}

/**
 * The extension of `name`, in lower case and without the dot. The empty string if there is none; a
 * leading dot does not start an extension.
 */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}

/**
 * The type of a file that claims to be `claim` and is `type` by its bytes. Keeps the claim if it is
 * another name of `type`, such as `audio/x-m4a`, or the same container: one may hold video or only
 * sound.
 */
export function correctedType(claim: string, type: string): string {
  const usual = canonicalType(claim);
  return usual === type || (usual !== '' && family(usual) === family(type)) ? claim : type;
}

function family(type: string): string {
  if (/^(?:video|audio)\/(?:mp4|3gpp)$/.test(type)) return 'mp4';
  if (/^(?:video|audio)\/(?:x-ms-wmv|x-ms-wma)$/.test(type)) return 'asf';
  const container = /^(?:video|audio)\/(webm|ogg|x-matroska|mpeg)$/.exec(type)?.[1];
  return container === 'mpeg' || container === undefined ? type : container;
}
