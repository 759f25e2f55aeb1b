import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { classify, openImage, type PlainJpeg } from './open-image.ts';
import { type Raster, toThreeChannels } from './raster.ts';
import { decodeTurboJpeg, type Shrink } from './turbo-jpeg.ts';

/** Full-size decode: what detection and embedding read, at indexing and at query. Errors: see `openImage`. */
export async function decodeImage(bytes: Buffer): Promise<Raster> {
  const { read, plainJpeg } = await openImage(bytes);
  const quick = plainJpeg && (await decodePlainJpeg(bytes, plainJpeg, 1));
  if (quick) return quick;
  const { data, info } = await read()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: Error) => {
      throw classify(cause, 'image_corrupt');
    });
  return toThreeChannels(data, info);
}

/** Upright pixels of a JPEG that `openImage` called plain; null = libvips must read it. `room`: see `decodeTurboJpeg`. */
export async function decodePlainJpeg(
  bytes: Buffer,
  { head, turn }: PlainJpeg,
  shrink: Shrink,
  room?: (bytes: number) => Uint8Array,
): Promise<Raster | null> {
  const raster = decodeTurboJpeg(bytes, head, shrink, turn === 0 ? room : undefined);
  if (!raster || turn === 0) return raster;
  const { width, height } = raster;
  const data = await sharp(raster.data, { raw: { width, height, channels: 3 } })
    .rotate(turn)
    .raw()
    .toBuffer();
  return turn === 180 ? { width, height, data } : { width: height, height: width, data };
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
