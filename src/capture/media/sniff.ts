import { correctedType, canonicalType } from './media-type.js';
import { readMediaHeader } from './media-header.js';
import type { MediaHeader } from './media-header.js';
import { readRasterHeader } from '../image/raster-header.js';
import type { RasterHeader } from '../image/raster-header.js';

/** What a file is by its bytes: a picture, a video or sound, or neither. */
export interface SniffedContent {
  readonly raster: RasterHeader | null;
  readonly media: MediaHeader | null;
  /**
   * The file's own type if it fits the bytes, or if nothing is known about them; otherwise the type
   * that the bytes reveal.
   */
  readonly type: string;
  /**
   * Whether the signature is so short that another kind of file may begin with it, too. Then
   * decoding decides.
   */
  readonly ambiguous: boolean;
}

const AMBIGUOUS = ['image/bmp', 'image/x-icon', 'video/mp2t', 'video/mpeg'];

/** Reads the first bytes of `file` without decoding anything. */
export async function sniffContent(file: Blob): Promise<SniffedContent> {
  const raster = await readRasterHeader(file);
  const media = raster ? null : await readMediaHeader(file);
  const found = raster ?? media;
  return {
    raster,
    media,
    type: found ? correctedType(file.type, found.type) : file.type,
    ambiguous: found !== null && AMBIGUOUS.includes(found.type) && canonicalType(file.type) !== '',
  };
}
