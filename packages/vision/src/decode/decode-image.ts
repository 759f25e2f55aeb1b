import { createHash } from 'node:crypto';
import { classify, openImage } from './open-image.ts';
import type { Raster } from './raster.ts';

/** Full-size decode: what detection and embedding read, at indexing and at query. Errors: see `openImage`. */
export async function decodeImage(bytes: Buffer): Promise<Raster> {
  const { image } = await openImage(bytes);
  const { data, info } = await image
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: Error) => {
      throw classify(cause, 'image_corrupt');
    });
  return {
    width: info.width,
    height: info.height,
    data: info.channels === 3 ? data : spreadGrey(data, info.channels),
  };
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function spreadGrey(data: Buffer, channels: number): Uint8Array {
  const out = new Uint8Array((data.length / channels) * 3);
  for (let i = 0, o = 0; i < data.length; i += channels, o += 3) out.fill(data[i] as number, o, o + 3);
  return out;
}
