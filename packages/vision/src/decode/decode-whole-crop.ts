import { type CropSettings, cropSize } from '../preprocess/crop-box.ts';
import { resampleBicubic, roomForPixels } from '../preprocess/resample-bicubic.ts';
import { decodeImage, decodePlainJpeg } from './decode-image.ts';
import { classify, openImage, type PlainJpeg } from './open-image.ts';
import { type Raster, toThreeChannels } from './raster.ts';
import type { Shrink } from './turbo-jpeg.ts';

export type WholeCrop = { crop: Raster; width: number; height: number };
type Size = { width: number; height: number };

/**
 * The crop of the whole image, `cropBox(decodeImage(bytes), WHOLE_IMAGE, settings)` in one go: a JPEG is decoded at the
 * largest power of two that leaves at least twice the size asked for, then reduced by the same bicubic (cosine of
 * embeddings ≥ 0.999 to the full decode, tested). `width` and `height` are the upright image's. Errors: those of
 * `openImage`.
 */
export async function decodeWholeCrop(bytes: Buffer, settings: CropSettings): Promise<WholeCrop> {
  const { read, width, height, plainJpeg } = await openImage(bytes);
  const size = cropSize({ left: 0, top: 0, width, height }, settings);
  if (size.width === width && size.height === height)
    return { crop: await decodeImage(bytes), width, height };
  const quick = plainJpeg && (await reducePlainJpeg(bytes, plainJpeg, { width, height }, size));
  if (quick) return { crop: quick, width, height };
  const { data, info } = await read()
    .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic', fastShrinkOnLoad: false })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: Error) => {
      throw classify(cause, 'image_corrupt');
    });
  return { crop: toThreeChannels(data, info), width, height };
}

/** Null when a side shrinks by less than 1 or 4 and more times after the decode: other kernels than ours. */
async function reducePlainJpeg(
  bytes: Buffer,
  plain: PlainJpeg,
  from: Size,
  to: Size,
): Promise<Raster | null> {
  const [least, most] = [from.width / to.width, from.height / to.height].toSorted((a, b) => a - b) as [
    number,
    number,
  ];
  const shrink = ([8, 4, 2, 1] as const).find((each) => each === 1 || least >= 2 * each) as Shrink;
  if (least < 1 || most / shrink >= 4) return null;
  const raster = await decodePlainJpeg(bytes, plain, shrink, roomForPixels);
  return raster && { ...to, data: resampleBicubic(raster, to) };
}
