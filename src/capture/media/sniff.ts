import { correctedType, canonicalType } from './media-type.js';
import { readMediaHeader } from './media-header.js';
import type { MediaHeader } from './media-header.js';
import { readRasterHeader } from '../image/raster-header.js';
import type { RasterHeader } from '../image/raster-header.js';

/**
 * What a file is by its bytes: a picture, or a clip or a sound; neither, when it is something else.
 */
export interface SniffedContent {
  readonly raster: RasterHeader | null;
  readonly media: MediaHeader | null;
  /**
   * The file's own type where that is a name of what its bytes are, or nothing is known of them;
   * else what they are.
   */
  readonly type: string;
  /**
   * Whether the bytes are few enough to begin a file of another kind, too: whoever shows it finds
   * out.
   */
  readonly ambiguous: boolean;
}

const AMBIGUOUS = ['image/bmp', 'image/x-icon', 'video/mp2t', 'video/mpeg'];

/** Looks at what `file` begins with. Nothing is decoded. */
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
