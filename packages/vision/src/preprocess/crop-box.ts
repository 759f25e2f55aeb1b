import type { Box } from '@likeness/contracts/box';
import sharp from 'sharp';
import type { Raster } from '../decode/raster.ts';

export type CropSettings = { side: number; enlarge: boolean };
export type PixelRect = { left: number; top: number; width: number; height: number };

/** Pixels of a box: outward to whole pixels, inside the image (mission §1); null when nothing is left. */
export function rectOf(box: Box, image: { width: number; height: number }): PixelRect | null {
  const left = Math.max(0, Math.floor(box[0] * image.width));
  const top = Math.max(0, Math.floor(box[1] * image.height));
  const right = Math.min(image.width, Math.ceil(box[2] * image.width));
  const bottom = Math.min(image.height, Math.ceil(box[3] * image.height));
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : null;
}

/** Size of a crop once its longer side is brought to `side`; proportions kept, enlarged only when asked. */
export function cropSize(rect: PixelRect, settings: CropSettings): { width: number; height: number } {
  const scale = Math.min(settings.side / rect.width, settings.side / rect.height);
  if (scale >= 1 && !settings.enlarge) return { width: rect.width, height: rect.height };
  return {
    width: Math.max(1, Math.round(rect.width * scale)),
    height: Math.max(1, Math.round(rect.height * scale)),
  };
}

/**
 * The one crop function, for queries and for catalogue images: the plain rectangle with its background, longer
 * side brought to `side` by bicubic, antialiased (mission §1). An empty box gives the whole image.
 */
export async function cropBox(raster: Raster, box: Box, settings: CropSettings): Promise<Raster> {
  const rect = rectOf(box, raster) ?? { left: 0, top: 0, width: raster.width, height: raster.height };
  const size = cropSize(rect, settings);
  const whole = rect.width === raster.width && rect.height === raster.height;
  const same = size.width === rect.width && size.height === rect.height;
  if (whole && same) return raster;
  let image = sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 3 } });
  if (!whole) image = image.extract(rect);
  if (!same) image = image.resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' });
  return { ...size, data: await image.raw().toBuffer() };
}
