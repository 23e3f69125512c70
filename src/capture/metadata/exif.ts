/**
 * The one thing in Exif data that a picture is not itself without: which way up it is. Exif 2.32,
 * section 4.6; TIFF 6.0, section 2.
 */

/** From 1, upright, to 8. From 5 on, width and height are exchanged. */
export type Orientation = number;

export const UPRIGHT: Orientation = 1;

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;

/** Reads the orientation from TIFF-structured bytes; upright if they have none or are broken. */
export function orientationOf(tiff: Uint8Array): Orientation {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  try {
    const order = view.getUint16(0);
    if (order !== 0x4949 && order !== 0x4d4d) return UPRIGHT;
    const little = order === 0x4949;
    if (view.getUint16(2, little) !== 42) return UPRIGHT;
    const directory = view.getUint32(4, little);
    const count = view.getUint16(directory, little);
    for (let i = 0; i < count; i += 1) {
      const entry = directory + 2 + i * 12;
      if (view.getUint16(entry, little) !== ORIENTATION_TAG) continue;
      const value = view.getUint16(entry + 8, little);
      return view.getUint16(entry + 2, little) === SHORT && value >= 1 && value <= 8 ? value : UPRIGHT;
    }
  } catch (thrown) {
    // An offset beyond the end.
    if (!(thrown instanceof RangeError)) throw thrown;
  }
  return UPRIGHT;
}

/** TIFF-structured bytes that contain the orientation and nothing else. */
export function orientationTiff(orientation: Orientation): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(26));
  view.setUint32(0, 0x4d4d002a);
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, ORIENTATION_TAG);
  view.setUint16(12, SHORT);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  return new Uint8Array(view.buffer);
}
