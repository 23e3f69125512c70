import type { SnapKind } from '../../src/item.js';

/** A sample file, the name and type that it is given, and the item that it becomes. */
export interface Sample {
  readonly file: string;
  /** By default that of the sample. */
  readonly name?: string;
  /** The type that the file claims; none by default. */
  readonly claim?: string;
  readonly kind: SnapKind;
  /** The type of the item. */
  readonly type: string;
  /** In pixels; by default 64 x 48. */
  readonly size?: readonly [width: number, height: number];
  /** The type that a browser has to play to show `kind`; other browsers show `otherwise`. */
  readonly needs?: string;
  readonly otherwise?: SnapKind;
}

const H264 = 'video/mp4; codecs="avc1.42E01E"';
const AAC = 'audio/mp4; codecs="mp4a.40.2"';

/** Samples that all tested browsers show alike. */
export const SAMPLES: readonly Sample[] = [
  // Pictures, with true and with false names and types
  { file: 'base.jpg', kind: 'photo', type: 'image/jpeg' },
  { file: 'base.jpg', claim: 'application/octet-stream', kind: 'photo', type: 'image/jpeg' },
  { file: 'base.jpg', claim: 'image/jpg', kind: 'photo', type: 'image/jpg' },
  { file: 'base.jpg', name: 'report.pdf', claim: 'application/pdf', kind: 'photo', type: 'image/jpeg' },
  { file: 'base.png', claim: 'image/jpeg', kind: 'photo', type: 'image/png' },
  { file: 'base.png', claim: 'image/svg+xml', kind: 'photo', type: 'image/png' },
  { file: 'base.png', claim: 'text/html', kind: 'photo', type: 'image/png' },
  { file: 'base.webp', name: 'photo.jpg', claim: 'image/jpeg', kind: 'photo', type: 'image/webp' },
  { file: 'apng.png', claim: 'image/apng', kind: 'photo', type: 'image/apng' },
  { file: 'apng.png', kind: 'photo', type: 'image/png' },
  { file: 'gif.gif', claim: 'image/png', kind: 'photo', type: 'image/gif' },
  { file: 'bmp.bmp', claim: 'image/jpeg', kind: 'photo', type: 'image/bmp' },
  { file: 'icon.ico', kind: 'photo', type: 'image/x-icon', size: [32, 32] },
  {
    file: 'icon.ico',
    claim: 'image/vnd.microsoft.icon',
    kind: 'photo',
    type: 'image/vnd.microsoft.icon',
    size: [32, 32],
  },
  { file: 'avif.avif', kind: 'photo', type: 'image/avif' },
  { file: 'avis.avif', claim: 'image/avif', kind: 'photo', type: 'image/avif' },
  { file: 'broken.jpg', claim: 'image/jpeg', kind: 'photo', type: 'image/jpeg', size: [400, 300] },
  { file: 'broken.png', claim: 'image/png', kind: 'photo', type: 'image/png', size: [80, 60] },
  { file: 'heic.heic', name: 'IMG_4.HEIC', kind: 'file', type: 'image/heic' },
  { file: 'heic.heic', name: 'IMG_4.jpg', claim: 'image/jpeg', kind: 'file', type: 'image/heic' },
  { file: 'tiff.tiff', claim: 'image/tiff', kind: 'file', type: 'image/tiff' },

  // Sounds
  { file: 'mpeg1.mp3', kind: 'audio', type: 'audio/mpeg' },
  { file: 'mpeg1.mp3', claim: 'audio/mp3', kind: 'audio', type: 'audio/mp3' },
  { file: 'crc.mp3', kind: 'audio', type: 'audio/mpeg' },
  { file: 'mpeg2.mp3', kind: 'audio', type: 'audio/mpeg' },
  { file: 'mpeg25.mp3', kind: 'audio', type: 'audio/mpeg' },
  { file: 'tagged.mp3', kind: 'audio', type: 'audio/mpeg' },
  { file: 'mpeg4.aac', kind: 'audio', type: 'audio/aac', needs: AAC, otherwise: 'file' },
  { file: 'mpeg2.aac', kind: 'audio', type: 'audio/aac', needs: AAC, otherwise: 'file' },
  { file: 'm4a.m4a', kind: 'audio', type: 'audio/mp4', needs: AAC, otherwise: 'file' },
  {
    file: 'm4a.m4a',
    claim: 'audio/x-m4a',
    kind: 'audio',
    type: 'audio/x-m4a',
    needs: AAC,
    otherwise: 'file',
  },
  { file: 'sound.mp4', kind: 'audio', type: 'video/mp4', needs: AAC, otherwise: 'file' },
  { file: 'flac.flac', kind: 'audio', type: 'audio/flac' },
  { file: 'vorbis.ogg', kind: 'audio', type: 'audio/ogg' },
  { file: 'opus.opus', claim: 'audio/mpeg', kind: 'audio', type: 'audio/ogg' },
  { file: 'weba.webm', claim: 'audio/webm', kind: 'audio', type: 'audio/webm' },
  { file: 'wav.wav', claim: 'audio/x-wav', kind: 'audio', type: 'audio/x-wav' },
  { file: 'extensible.wav', kind: 'audio', type: 'audio/wav' },
  { file: 'amr.amr', kind: 'file', type: 'audio/amr' },
  { file: 'aiff.aiff', kind: 'file', type: 'audio/aiff' },

  // Videos
  {
    file: 'mov.mov',
    claim: 'video/quicktime',
    kind: 'video',
    type: 'video/quicktime',
    needs: H264,
    otherwise: 'file',
  },
  { file: 'mov.mov', kind: 'video', type: 'video/quicktime', needs: H264, otherwise: 'file' },
  { file: 'old.mov', kind: 'video', type: 'video/quicktime', needs: H264, otherwise: 'file' },
  { file: 'mp4.mp4', kind: 'video', type: 'video/mp4', needs: H264, otherwise: 'file' },
  {
    file: 'mp4.mp4',
    claim: 'video/x-msvideo',
    kind: 'video',
    type: 'video/mp4',
    needs: H264,
    otherwise: 'file',
  },
  {
    file: 'm4v.m4v',
    claim: 'video/x-m4v',
    kind: 'video',
    type: 'video/x-m4v',
    needs: H264,
    otherwise: 'file',
  },
  { file: 'dash.mp4', kind: 'video', type: 'video/mp4', needs: H264, otherwise: 'file' },
  { file: 'half.mp4', kind: 'video', type: 'video/mp4', needs: H264, otherwise: 'file' },
  {
    file: 'hevc.mp4',
    kind: 'video',
    type: 'video/mp4',
    needs: 'video/mp4; codecs="hvc1.1.6.L93.B0"',
    otherwise: 'file',
  },
  { file: 'vp8.webm', kind: 'video', type: 'video/webm' },
  { file: 'vp8.webm', claim: 'video/mp4', kind: 'video', type: 'video/webm' },
  { file: 'stream.m2ts', kind: 'file', type: 'video/mp2t' },
  { file: 'avi.avi', claim: 'video/x-msvideo', kind: 'file', type: 'video/x-msvideo' },
  { file: 'avi.avi', claim: 'video/mp4', kind: 'file', type: 'video/x-msvideo' },
  { file: 'wmv.wmv', kind: 'file', type: 'video/x-ms-wmv' },
  { file: 'flv.flv', kind: 'file', type: 'video/x-flv' },
  { file: 'mpg.mpg', kind: 'file', type: 'video/mpeg' },
];

/** Samples that browsers show differently, whatever their codecs: as Chromium shows them. */
export const IN_CHROMIUM: readonly Sample[] = [
  { file: 'rf64.wav', kind: 'audio', type: 'audio/wav' },
  { file: '3gp.3gp', kind: 'video', type: 'video/3gpp', needs: H264, otherwise: 'file' },
  { file: 'vp8.mkv', kind: 'video', type: 'video/x-matroska' },
  { file: 'vp8.mkv', claim: 'video/webm', kind: 'video', type: 'video/x-matroska' },
  { file: 'h264.mkv', kind: 'video', type: 'video/x-matroska', needs: H264, otherwise: 'file' },
  { file: 'mka.mka', claim: 'audio/x-matroska', kind: 'audio', type: 'audio/x-matroska' },
  {
    file: 'hevc-sound.mp4',
    kind: 'video',
    type: 'video/mp4',
    needs: 'video/mp4; codecs="hvc1.1.6.L93.B0"',
    otherwise: 'audio',
  },
  {
    file: 'theora.ogv',
    kind: 'video',
    type: 'video/ogg',
    needs: 'video/ogg; codecs="theora"',
    otherwise: 'file',
  },
];
