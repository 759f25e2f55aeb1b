import { WHOLE_IMAGE } from '@likeness/contracts/box';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { cropBox } from '../preprocess/crop-box.ts';
import { decodeImage } from './decode-image.ts';
import { decodeWholeCrop } from './decode-whole-crop.ts';

const SETTINGS = { side: 400, enlarge: false };

/** Smooth colours with sharp edges and thin lines, so that another resampler would show. */
function picture(width: number, height: number): Sharp {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const line = (x + 2 * y) % 97 < 4 || (3 * x - y) % 151 < 7;
      data[at] = line ? 30 : 255 * (x / width);
      data[at + 1] = line ? 90 : 200 - 150 * (y / height);
      data[at + 2] = (x >> 6) % 2 === (y >> 6) % 2 ? 60 : 190;
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function bothWays(bytes: Buffer): Promise<{ size: number[]; difference: number }> {
  const [short, long] = [await decodeWholeCrop(bytes, SETTINGS), await decodeImage(bytes)];
  const wanted = await cropBox(long, WHOLE_IMAGE, SETTINGS);
  expect([short.width, short.height]).toEqual([long.width, long.height]);
  expect([short.crop.width, short.crop.height]).toEqual([wanted.width, wanted.height]);
  expect(short.crop.data.length).toBe(wanted.width * wanted.height * 3);
  let sum = 0;
  for (let i = 0; i < wanted.data.length; i++)
    sum += Math.abs((short.crop.data[i] ?? 0) - (wanted.data[i] ?? 0));
  return { size: [wanted.width, wanted.height], difference: sum / wanted.data.length };
}

describe('the crop of a whole image, decoded short', () => {
  it.each([
    ['a large JPEG', 2000, 1500, (image: Sharp) => image.jpeg({ quality: 92 }), [400, 300]],
    [
      'a JPEG on its side',
      1200,
      1900,
      (image: Sharp) => image.jpeg().withMetadata({ orientation: 6 }),
      [400, 253],
    ],
    ['a grey JPEG', 1700, 1700, (image: Sharp) => image.greyscale().jpeg(), [400, 400]],
    ['a PNG', 900, 500, (image: Sharp) => image.png(), [400, 222]],
    ['a WebP', 1800, 900, (image: Sharp) => image.webp({ quality: 95 }), [400, 200]],
    ['a small JPEG, which stays as it is', 300, 200, (image: Sharp) => image.jpeg(), [300, 200]],
  ])(
    '%s: same size, and pixels within 1 of 255 of the long way on average',
    async (_, width, height, encode, size) => {
      const bytes = await encode(picture(width, height)).toBuffer();
      const found = await bothWays(bytes);
      expect(found.size).toEqual(size);
      expect(found.difference).toBeLessThan(1);
    },
  );

  it('refuses what the long way refuses', async () => {
    const whole = await picture(1700, 1300).jpeg().toBuffer();
    await expect(decodeWholeCrop(whole.subarray(0, whole.length / 2), SETTINGS)).rejects.toMatchObject({
      code: 'image_corrupt',
    });
    await expect(decodeWholeCrop(Buffer.from('<svg/>'), SETTINGS)).rejects.toMatchObject({
      code: 'unsupported_image',
    });
  });
});
