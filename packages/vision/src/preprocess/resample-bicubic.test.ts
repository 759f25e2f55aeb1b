import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { resampleBicubic } from './resample-bicubic.ts';

/** Waves, edges and noise. */
function picture(width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0, seed = 7; i < data.length; i++) {
    const [x, y] = [((i / 3) | 0) % width, (i / 3 / width) | 0];
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    data[i] = ((x >> 5) + (y >> 4)) % 2 ? 250 : 100 + 60 * Math.sin(x / (3 + (i % 3))) + ((seed >> 16) % 40);
  }
  return data;
}

describe('the bicubic kernel', () => {
  it.each([
    [400, 300, 224, 224],
    [348, 348, 224, 224],
    [300, 400, 128, 112],
    [401, 229, 224, 224],
    [224, 224, 224, 224],
  ])(
    '%i × %i to %i × %i: as libvips, which rounds places to 1/64: within 4 of 255, 0.2 on average',
    async (width, height, w, h) => {
      const data = picture(width, height);
      const wanted = await sharp(data, { raw: { width, height, channels: 3 } })
        .resize(w, h, { fit: 'fill', kernel: 'cubic' })
        .raw()
        .toBuffer();
      const found = resampleBicubic({ width, height, data }, { width: w, height: h });
      const differences = Array.from(found, (value, i) => Math.abs(value - (wanted[i] ?? 0)));
      expect(found.length).toBe(wanted.length);
      expect(differences.reduce((top, each) => Math.max(top, each), 0)).toBeLessThanOrEqual(4);
      expect(differences.reduce((sum, each) => sum + each, 0) / found.length).toBeLessThan(0.2);
    },
  );

  it('keeps a plain colour, to the last pixel', () => {
    const data = new Uint8Array(397 * 291 * 3).fill(251);
    const found = resampleBicubic({ width: 397, height: 291, data }, { width: 224, height: 224 });
    expect(found.every((value) => value === 251)).toBe(true);
  });
});
