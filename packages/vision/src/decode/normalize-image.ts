import sharp, { type Sharp } from 'sharp';
import { decodeImage, sha256Of } from './decode-image.ts';
import { DECODE_LIMITS } from './limits.ts';

export type NormalizedImage = {
  display: Buffer;
  width: number;
  height: number;
  sha256: string;
  dhash: string;
  color: string;
};

/**
 * The copy of an upload that is shown: upright sRGB JPEG without metadata, longer side ≤ 1600 px, and what lists
 * need beside it: size of the upright original, sha256 of its bytes, difference hash (64 bits, hex), mean colour.
 */
export async function normalizeImage(bytes: Buffer): Promise<NormalizedImage> {
  const { width, height, data } = await decodeImage(bytes);
  const raw = (): Sharp => sharp(data, { raw: { width, height, channels: 3 } });
  const side = DECODE_LIMITS.displaySide;
  const display = await raw()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 86, mozjpeg: false })
    .toBuffer();
  const grey = await raw().greyscale().resize(9, 8, { fit: 'fill' }).raw().toBuffer();
  const mean = await raw().resize(1, 1, { fit: 'fill' }).raw().toBuffer();
  return {
    display,
    width,
    height,
    sha256: sha256Of(bytes),
    dhash: differenceHash(grey),
    color: `#${mean.subarray(0, 3).toString('hex')}`,
  };
}

/** dHash: bit = brighter than the right neighbour, over 8 × 8 (Krawetz, "Kind of like that", 2013). */
function differenceHash(grey: Buffer): string {
  let bits = 0n;
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++)
      bits = (bits << 1n) | ((grey[y * 9 + x] ?? 0) > (grey[y * 9 + x + 1] ?? 0) ? 1n : 0n);
  }
  return bits.toString(16).padStart(16, '0');
}
