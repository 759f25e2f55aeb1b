import { type CropSettings, cropSize } from '../preprocess/crop-box.ts';
import { decodeImage } from './decode-image.ts';
import { classify, openImage } from './open-image.ts';
import { type Raster, toThreeChannels } from './raster.ts';

export type WholeCrop = { crop: Raster; width: number; height: number };

/**
 * The crop of the whole image, `cropBox(decodeImage(bytes), WHOLE_IMAGE, settings)` in one go: a JPEG is decoded at the
 * largest power of two that leaves at least twice the size asked for, then reduced by the same bicubic (libvips'
 * shrink-on-load; cosine of embeddings ≥ 0.999 to the full decode, tested). `width` and `height` are the upright
 * image's. Errors: those of `openImage`.
 */
export async function decodeWholeCrop(bytes: Buffer, settings: CropSettings): Promise<WholeCrop> {
  const { image, width, height } = await openImage(bytes);
  const size = cropSize({ left: 0, top: 0, width, height }, settings);
  if (size.width === width && size.height === height)
    return { crop: await decodeImage(bytes), width, height };
  const { data, info } = await image
    .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic', fastShrinkOnLoad: false })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: Error) => {
      throw classify(cause, 'image_corrupt');
    });
  return { crop: toThreeChannels(data, info), width, height };
}
