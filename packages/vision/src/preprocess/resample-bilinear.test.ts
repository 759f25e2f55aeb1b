import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { resampleBilinear } from './resample-bilinear.ts';

const raster = (width: number, height: number, value: (i: number) => number) => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => value(i)),
});

describe('bilinear, antialiased', () => {
  it('gives what Pillow 13 gives: a ramp of 8 × 1 to 3 × 1 and to 13 × 1', () => {
    const ramp = raster(8, 1, (i) => [0, 10, 40, 90, 160, 250, 30, 200][Math.floor(i / 3)] as number);
    const red = (width: number) =>
      [...resampleBilinear(ramp, { width, height: 1 })].filter((_, i) => i % 3 === 0);
    expect(red(3)).toEqual([21, 127, 142]);
    expect(red(13)).toEqual([0, 4, 11, 30, 53, 84, 125, 170, 226, 174, 38, 128, 200]);
  });

  it('keeps one colour as it is, whatever the sizes', () => {
    const side = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(side, side, side, side, fc.integer({ min: 0, max: 255 }), (w, h, x, y, value) => {
        const out = resampleBilinear(
          raster(w, h, () => value),
          { width: x, height: y },
        );
        expect(out.length).toBe(x * y * 3);
        expect(out.every((each) => each === value)).toBe(true);
      }),
    );
  });

  it('stays near libvips where both are smooth', async () => {
    const smooth = raster(120, 90, (i) => 128 + 90 * Math.sin(i / 777));
    const ours = resampleBilinear(smooth, { width: 60, height: 45 });
    const raw = { width: 120, height: 90, channels: 3 as const };
    const theirs = await sharp(smooth.data, { raw })
      .resize(60, 45, { fit: 'fill', kernel: 'linear' })
      .raw()
      .toBuffer();
    const apart = ours.reduce((sum, value, i) => sum + Math.abs(value - (theirs[i] as number)), 0);
    expect(apart / ours.length).toBeLessThan(2);
  });
});
