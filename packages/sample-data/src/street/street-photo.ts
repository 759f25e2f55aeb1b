import type { Box } from '@likeness/contracts/box';
import sharp from 'sharp';
import type { Good } from '../goods/build-good.ts';
import { Random } from '../random.ts';
import type { Frame } from '../render/render.ts';
import type { StreetGroup } from './groups.ts';
import { screenOverlay } from './screenshot.ts';
import { boxesOf, renderShot } from './shot.ts';

export type StreetTruth = { productId: string; variantId: string; box: Box };
export type StreetPhoto = {
  jpeg: Buffer;
  /** Products in the picture with the boxes of what can be seen of them, the wanted one first; empty for `none`. */
  truth: StreetTruth[];
};

/** A shopper's photo: `goods[0]` is the wanted one. The same input gives the same bytes. Longer side `size` px. */
export async function renderStreetPhoto(
  goods: readonly Good[],
  how: { seed: string; group: StreetGroup; size: number },
): Promise<StreetPhoto> {
  const { group, size } = how;
  const r = new Random('street', how.seed, group);
  const ratio = group === 'screenshot' ? 1000 / 1060 : r.pick([0.75, 1, 4 / 3]);
  const longer = group === 'screenshot' ? Math.round(size * (1000 / 1780)) : size;
  const width = ratio >= 1 ? longer : Math.round(longer * ratio);
  const height = ratio >= 1 ? Math.round(longer / ratio) : longer;
  const frame = renderShot(goods, { r, group, width: Math.max(32, width), height: Math.max(32, height) });
  const truth = boxesOf(frame).flatMap(({ id, box }): StreetTruth[] => {
    const good = goods[id - 1];
    return good ? [{ productId: good.spec.productId, variantId: good.variant.variantId, box }] : [];
  });
  if (group !== 'screenshot') return { jpeg: await exposed(frame, r, group), truth };
  const { svg, photo } = screenOverlay(r);
  const shot = await sharp(await exposed(frame, r, group)).toBuffer();
  const [outerWidth, outerHeight] = [frame.width, Math.round(frame.width * 1.78)];
  const jpeg = await sharp(
    await sharp(Buffer.from(svg)).resize(outerWidth, outerHeight, { fit: 'fill' }).png().toBuffer(),
  )
    .composite([
      {
        input: await sharp(shot)
          .resize(outerWidth, Math.round(photo.height * outerHeight), { fit: 'fill' })
          .toBuffer(),
        left: 0,
        top: Math.round(photo.top * outerHeight),
        blend: 'dest-over',
      },
    ])
    .flatten()
    .jpeg({ quality: 70 })
    .toBuffer();
  return {
    jpeg,
    truth: truth.map((each) => ({
      ...each,
      box: [
        each.box[0],
        photo.top + each.box[1] * photo.height,
        each.box[2],
        photo.top + each.box[3] * photo.height,
      ] as Box,
    })),
  };
}

/** What the camera adds: blur of motion or focus, grain, a darker edge, JPEG. */
function exposed(frame: Frame, r: Random, group: StreetGroup): Promise<Buffer> {
  const { width, height, rgb } = frame;
  const grain = group === 'noise' ? r.between(26, 44) : r.between(2, 7);
  const gain = group === 'noise' ? 1.7 : 1;
  for (let i = 0; i < rgb.length; i++)
    rgb[i] = Math.min(255, Math.max(0, (rgb[i] as number) * gain + (r.next() + r.next() - 1) * grain));
  let picture = sharp(Buffer.from(rgb.buffer, rgb.byteOffset, rgb.length), {
    raw: { width, height, channels: 3 },
  });
  if (group === 'blur') {
    const reach = Math.max(2, Math.round(width * r.between(0.012, 0.022)));
    const turned = r.chance(0.5);
    picture = picture
      .convolve({
        width: turned ? 1 + 2 * (reach >> 1) : 3,
        height: turned ? 3 : 1 + 2 * (reach >> 1),
        kernel: Array((1 + 2 * (reach >> 1)) * 3).fill(1),
      })
      .blur(Math.max(0.4, width * 0.0022));
  } else picture = picture.blur(Math.max(0.3, width * 0.0006));
  const quality = group === 'noise' ? 38 : group === 'screenshot' ? 60 : 74 + r.int(16);
  return picture.jpeg({ quality }).toBuffer();
}
