/** Containers by their first bytes: where, and what stands there (as Latin-1). */
const CONTAINERS = {
  mp4: [4, 'ftyp'],
  webm: [0, '\x1a\x45\xdf\xa3'],
  ogg: [0, 'OggS'],
  wave: [8, 'WAVE'],
  flac: [0, 'fLaC'],
  id3: [0, 'ID3'],
  // The first eleven bits of an MPEG or ADTS audio frame are set; the next ones say which.
  mpeg1: [0, '\xff\xfb'],
  mpeg2: [0, '\xff\xf3'],
  adts: [0, '\xff\xf1'],
} as const;

type Container = keyof typeof CONTAINERS;

/** What may be played in a page, and the containers that a type may be in. Nothing here can hold a script or fetch anything. */
const PLAYABLE: Readonly<Record<string, readonly Container[]>> = {
  'video/mp4': ['mp4'],
  'video/quicktime': ['mp4'],
  'video/webm': ['webm'],
  'video/ogg': ['ogg'],
  'audio/mp4': ['mp4'],
  'audio/x-m4a': ['mp4'],
  'audio/aac': ['adts', 'id3', 'mp4'],
  'audio/mpeg': ['mpeg1', 'mpeg2', 'id3'],
  'audio/webm': ['webm'],
  'audio/ogg': ['ogg'],
  'audio/wav': ['wave'],
  'audio/x-wav': ['wave'],
  'audio/flac': ['flac'],
};

/** Whether `blob` is a clip or a sound that this browser says it can play, and whose first bytes agree with its type; else null. */
export async function clipKind(blob: Blob): Promise<'video' | 'audio' | null> {
  const type = blob.type.split(';', 1)[0]!.trim();
  const containers = Object.hasOwn(PLAYABLE, type) ? PLAYABLE[type]! : [];
  if (containers.length === 0) return null;
  const kind = type.startsWith('video/') ? 'video' : 'audio';
  if (document.createElement(kind).canPlayType(blob.type) === '') return null;
  const start = String.fromCharCode(...new Uint8Array(await blob.slice(0, 12).arrayBuffer()));
  return containers.some((container) => start.startsWith(CONTAINERS[container][1], CONTAINERS[container][0]))
    ? kind
    : null;
}
