import { bytesOf } from '../../bytes-of.js';

/** The type of a video or a sound by its first bytes. */
export interface MediaHeader {
  /**
   * What such a container is made for. The tracks of this file are only known once it is loaded.
   */
  readonly kind: 'video' | 'audio';
  readonly type: string;
}

/** In bytes: enough for two frames of any audio format. */
const LOOK = 16 * 1024;

/** Signatures (as Latin-1) and their offsets. */
const MARKS: readonly (readonly [
  type: string,
  ...marks: readonly (readonly [offset: number, text: string])[],
])[] = [
  ['audio/wav', [0, 'RIFF'], [8, 'WAVE']],
  // Files of more than 4 GiB: EBU Tech 3306, ITU-R BS.2088.
  ['audio/wav', [0, 'RF64'], [8, 'WAVE']],
  ['audio/wav', [0, 'BW64'], [8, 'WAVE']],
  ['audio/flac', [0, 'fLaC']],
  ['audio/amr', [0, '#!AMR\n']],
  ['audio/amr-wb', [0, '#!AMR-WB\n']],
  ['audio/aiff', [0, 'FORM'], [8, 'AIFF']],
  ['audio/aiff', [0, 'FORM'], [8, 'AIFC']],
  ['audio/x-caf', [0, 'caff']],
  ['audio/midi', [0, 'MThd\0\0\0\x06']],
  ['video/x-msvideo', [0, 'RIFF'], [8, 'AVI ']],
  ['video/x-ms-wmv', [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9']],
  ['video/x-flv', [0, 'FLV\x01']],
  ['video/mpeg', [0, '\0\0\x01\xba']],
  ['video/mpeg', [0, '\0\0\x01\xb3']],
  // Packets of 188 bytes, or of 192 with a timestamp before each.
  ['video/mp2t', [0, 'G'], [188, 'G'], [376, 'G']],
  ['video/mp2t', [4, 'G'], [196, 'G'], [388, 'G']],
];

/** Reads the header of `blob` without decoding anything. Null if it is neither video nor sound. */
export async function readMediaHeader(blob: Blob): Promise<MediaHeader | null> {
  const start = await read(blob, 0);
  const header = parseMediaHeader(start, start.byteLength === blob.size);
  if (header) return header;
  const tag = lengthOfTag(start);
  if (tag === 0) return null;
  const rest = await read(blob, tag);
  const tagged = parseMediaHeader(rest, tag + rest.byteLength === blob.size);
  // A file with such a tag that is no known format has padding or a cover before its first frame.
  return tagged?.kind === 'audio' ? tagged : { kind: 'audio', type: 'audio/mpeg' };
}

/** Parses the first bytes of a file; `whole` means that these are all of its bytes. */
export function parseMediaHeader(bytes: Uint8Array, whole: boolean): MediaHeader | null {
  const text = String.fromCharCode(...bytes.subarray(0, 4096));
  const type =
    MARKS.find(([, ...marks]) => marks.every(([offset, mark]) => text.startsWith(mark, offset)))?.[0] ??
    isoType(text, bytes) ??
    matroskaType(text) ??
    oggType(text) ??
    frameType(bytes, whole);
  return type ? { kind: type.startsWith('audio/') ? 'audio' : 'video', type } : null;
}

async function read(blob: Blob, offset: number): Promise<Uint8Array> {
  return bytesOf(blob, offset, offset + LOOK);
}

/** ID3v2.4, section 3.1: the length in bytes of a tag at the start, or 0. */
function lengthOfTag(bytes: Uint8Array): number {
  if (String.fromCharCode(...bytes.subarray(0, 3)) !== 'ID3' || bytes.length < 10) return 0;
  const size = bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
  return 10 + size + (bytes[5]! & 0x10 ? 10 : 0);
}

/** The first boxes of files from before `ftyp` existed, and of media segments. */
const FIRST_BOXES = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'styp', 'moof', 'sidx'];

/** ISO/IEC 14496-12, section 4.3, and the QuickTime file format that it derives from. */
function isoType(text: string, bytes: Uint8Array): string | null {
  const box = text.slice(4, 8);
  if (box !== 'ftyp') {
    if (!FIRST_BOXES.includes(box)) return null;
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
    // Require a second known box. Only `moov` and `mdat` may be so long that it lies beyond what
    // was read, or extend to the end of the file.
    const second = text.slice(length + 4, length + 8);
    const isLong = ['moov', 'mdat'].includes(box) && (length <= 1 || second.length < 4);
    if (!isLong && (length < 8 || !FIRST_BOXES.includes(second))) return null;
    return ['styp', 'moof', 'sidx'].includes(box) ? 'video/mp4' : 'video/quicktime';
  }
  const brand = text.slice(8, 12);
  // Still pictures, and cameras' raw photos.
  if (/^(?:avi[fs]|he[iv][cmsx]|mi[af][1f]|msf1|crx |jxl )/.test(brand)) return null;
  if (brand === 'qt  ') return 'video/quicktime';
  if (/^(?:M4[ABP]|F4[AB]) /.test(brand)) return 'audio/mp4';
  return brand.startsWith('3g') ? 'video/3gpp' : 'video/mp4';
}

/** RFC 8794, section 11.2.4: the DocType in the header. */
function matroskaType(text: string): string | null {
  if (!text.startsWith('\x1a\x45\xdf\xa3')) return null;
  const type = /\x42\x82[\x84-\x8f](webm|matroska)/.exec(text.slice(0, 256))?.[1];
  return type === 'webm' ? 'video/webm' : type ? 'video/x-matroska' : null;
}

/** RFC 3533. Theora and Dirac are known by their first packets. */
function oggType(text: string): string | null {
  if (!text.startsWith('OggS')) return null;
  return /\x80theora|BBCD\0/.test(text) ? 'video/ogg' : 'audio/ogg';
}

/**
 * Audio without a container: two frames in a row, or a single frame that is the whole file. The
 * eleven sync bits alone also occur at the start of UTF-16 text.
 */
function frameType(bytes: Uint8Array, whole: boolean): string | null {
  for (const [type, lengthAt] of [
    ['audio/mpeg', mpegFrame],
    ['audio/aac', adtsFrame],
  ] as const) {
    const length = lengthAt(bytes, 0);
    if (length > 0 && (lengthAt(bytes, length) > 0 || (whole && length === bytes.length))) return type;
  }
  return null;
}

/**
 * In kbit/s, by the four bits of the header: layers I, II and III of MPEG-1, then layer I, and
 * layers II and III, of MPEG-2 and 2.5.
 */
const BIT_RATES = [
  [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;

/** In Hz, for MPEG-1. MPEG-2 has half of these, MPEG-2.5 a quarter. */
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const;

/**
 * ISO/IEC 11172-3, section 2.4.1.3: the length in bytes of the frame at `at`, or 0 if there is
 * none.
 */
function mpegFrame(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 4);
  if (first !== 0xff || second < 0xe0 || at + 4 > bytes.length) return 0;
  const version = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const sampleRate = SAMPLE_RATES[(third >> 2) & 3];
  if (version === 1 || layer === 4 || sampleRate === undefined) return 0;
  const mpeg1 = version === 3;
  const bitRate = BIT_RATES[mpeg1 ? layer - 1 : layer === 1 ? 3 : 4]?.[third >> 4] ?? 0;
  if (bitRate === 0) return 0;
  const rate = sampleRate / (mpeg1 ? 1 : version === 2 ? 2 : 4);
  const padding = (third >> 1) & 1;
  if (layer === 1) return (Math.floor((12_000 * bitRate) / rate) + padding) * 4;
  return Math.floor(((layer === 3 && !mpeg1 ? 72_000 : 144_000) * bitRate) / rate) + padding;
}

/** ISO/IEC 13818-7, section 6.2: the same for AAC in ADTS, with or without a CRC. */
function adtsFrame(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0] = bytes.subarray(at, at + 6);
  if (first !== 0xff || (second & 0xf6) !== 0xf0 || ((third >> 2) & 15) > 12) return 0;
  const length = ((fourth & 3) << 11) | (fifth << 3) | (sixth >> 5);
  return length < 7 ? 0 : length;
}
