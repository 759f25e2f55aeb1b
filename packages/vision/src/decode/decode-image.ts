import { createHash } from 'node:crypto';
import { classify, openImage } from './open-image.ts';
import { type Raster, toThreeChannels } from './raster.ts';

/** Full-size decode: what detection and embedding read, at indexing and at query. Errors: see `openImage`. */
export async function decodeImage(bytes: Buffer): Promise<Raster> {
  const { image } = await openImage(bytes);
  const { data, info } = await image
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: Error) => {
      throw classify(cause, 'image_corrupt');
    });
  return toThreeChannels(data, info);
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
