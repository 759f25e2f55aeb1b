import sharp from 'sharp';
import { Random } from '../random.ts';
import type { Frame } from '../render/render.ts';
import type { GroupHow } from './groups.ts';
import { FAR, MIDDLE, type Setting } from './places/setting.ts';

/** What lens and sensor make of a frame: depth of field, motion, wrong white balance, vignette, grain, JPEG. */
export async function exposed(
  frame: Frame,
  how: { r: Random; group: GroupHow; blur: Setting['blur'] },
): Promise<Buffer> {
  const { r, group, blur } = how;
  const { width, height } = frame;
  let rgb = frame.rgb;
  softened(frame, MIDDLE, blur.middle * width);
  softened(frame, FAR, blur.far * width);
  const motion = r.between(...group.motion) * width;
  if (motion > 1) rgb = smeared(frame, motion, r.between(0, Math.PI));
  sensed(rgb, { width, height, r, group });
  return sharp(Buffer.from(rgb.buffer, rgb.byteOffset, rgb.length), { raw: { width, height, channels: 3 } })
    .blur(Math.max(0.35, width * 0.0006))
    .jpeg({ quality: Math.round(r.between(...group.quality)) })
    .toBuffer();
}

/**
 * Blurs one layer of the mask at half size with two box passes over all scenery: its edges against nearer scenery get
 * soft too, while goods and those who hold them neither bleed nor blur. `sigma` in pixels of the frame.
 */
function softened({ width, height, rgb, mask }: Frame, layer: number, sigma: number): void {
  const reach = Math.round(sigma * 0.85);
  if (reach < 1) return;
  const [w, h] = [(width + 1) >> 1, (height + 1) >> 1];
  // Red, green, blue, weight of scenery, weight of the layer.
  const sums = new Float32Array(w * h * CHANNELS);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const at = Math.min(height - 1, y * 2) * width + Math.min(width - 1, x * 2);
      const id = mask[at] as number;
      if (!isScenery(id)) continue;
      const o = (y * w + x) * CHANNELS;
      sums[o] = rgb[at * 3] as number;
      sums[o + 1] = rgb[at * 3 + 1] as number;
      sums[o + 2] = rgb[at * 3 + 2] as number;
      sums[o + 3] = 1;
      sums[o + 4] = id === layer ? 1 : 0;
    }
  const line = new Float32Array(Math.max(w, h) * CHANNELS);
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < h; y++)
      running(sums, line, { first: y * w * CHANNELS, step: CHANNELS, count: w, reach });
    for (let x = 0; x < w; x++)
      running(sums, line, { first: x * CHANNELS, step: w * CHANNELS, count: h, reach });
  }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (!isScenery(mask[at] as number)) continue;
      const o = ((y >> 1) * w + (x >> 1)) * CHANNELS;
      const weight = sums[o + 3] as number;
      const share = Math.min(1, (2 * (sums[o + 4] as number)) / weight);
      if (weight < 1e-3 || share < 0.01) continue;
      for (let k = 0; k < 3; k++) {
        const sharp = rgb[at * 3 + k] as number;
        rgb[at * 3 + k] = sharp + ((sums[o + k] as number) / weight - sharp) * share;
      }
    }
}

const CHANNELS = 5;
const isScenery = (id: number): boolean => id === 0 || id === MIDDLE || id === FAR;

/** Running mean over 2 × reach + 1 places of one row or column, in place. */
function running(
  values: Float32Array,
  line: Float32Array,
  how: { first: number; step: number; count: number; reach: number },
): void {
  const { first, step, count, reach } = how;
  const over = 1 / (2 * reach + 1);
  for (let k = 0; k < CHANNELS; k++) {
    let sum = 0;
    for (let i = 0; i < Math.min(count, reach); i++) sum += values[first + i * step + k] as number;
    for (let i = 0; i < count; i++) {
      if (i + reach < count) sum += values[first + (i + reach) * step + k] as number;
      line[i * CHANNELS + k] = sum * over;
      if (i - reach >= 0) sum -= values[first + (i - reach) * step + k] as number;
    }
  }
  for (let i = 0; i < count; i++)
    for (let k = 0; k < CHANNELS; k++) values[first + i * step + k] = line[i * CHANNELS + k] as number;
}

/**
 * Motion of the camera along a direction: running means along lines that lean by whole pixels, so that the cost does
 * not grow with the reach. `reach` px in all.
 */
function smeared({ width, height, rgb }: Frame, reach: number, angle: number): Uint8Array {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const level = Math.abs(c) >= Math.abs(s);
  // Along the main axis by one pixel, across it by the slope.
  const [long, wide] = level ? [width, height] : [height, width];
  const [step, line] = level ? [3, width * 3] : [width * 3, 3];
  const slope = level ? s / c : c / s;
  const half = Math.max(1, Math.round((reach / 2) * Math.max(Math.abs(c), Math.abs(s))));
  const lean = Int32Array.from({ length: long }, (_, i) => Math.round(slope * i));
  const spread = Math.abs(lean[long - 1] as number);
  const at = Int32Array.from({ length: long });
  const out = new Uint8Array(rgb.length);
  const over = 1 / (2 * half + 1);
  const first = slope < 0 ? 0 : -spread;
  for (let l = first; l < first + wide + spread; l++) {
    for (let i = 0; i < long; i++)
      at[i] = i * step + Math.min(wide - 1, Math.max(0, l + (lean[i] as number))) * line;
    for (let k = 0; k < 3; k++) {
      let sum = 0;
      for (let i = -half; i <= half; i++)
        sum += rgb[(at[Math.min(long - 1, Math.max(0, i))] as number) + k] as number;
      for (let i = 0; i < long; i++) {
        const across = l + (lean[i] as number);
        if (across >= 0 && across < wide) out[(at[i] as number) + k] = sum * over;
        sum +=
          (rgb[(at[Math.min(long - 1, i + half + 1)] as number) + k] as number) -
          (rgb[(at[Math.max(0, i - half)] as number) + k] as number);
      }
    }
  }
  return out;
}

/** Triangular noise in −1..1, drawn once a process: rows of a picture read it from places of their own. */
const NOISE = (() => {
  const r = new Random('street', 'grain');
  return Float32Array.from({ length: 1 << 16 }, () => r.next() + r.next() - 1);
})();

/** White balance, vignette, grain: brightness noise with some colour noise, stronger in the shadows. */
function sensed(rgb: Uint8Array, how: { width: number; height: number; r: Random; group: GroupHow }): void {
  const { width, height, r, group } = how;
  const warm = r.between(-1, 1) * group.cast;
  const tint = r.between(-0.4, 0.4) * group.cast;
  const [red, green, blue] = [1 + warm, 1 + tint, 1 - warm];
  const [grain, dark] = [r.between(...group.grain), r.between(...group.vignette)];
  const mask = NOISE.length - 1;
  for (let y = 0, o = 0; y < height; y++) {
    const dy = ((y - height / 2) / height) * 2;
    const [a, b, c] = [r.int(NOISE.length), r.int(NOISE.length), r.int(NOISE.length)];
    for (let x = 0; x < width; x++, o += 3) {
      const dx = ((x - width / 2) / width) * 2;
      const d = (dx * dx + dy * dy) / 2;
      const shade = 1 - dark * d * d;
      const bright = (NOISE[(a + x) & mask] as number) * grain;
      const [v1, v2, v3] = [
        (rgb[o] as number) * shade * red,
        (rgb[o + 1] as number) * shade * green,
        (rgb[o + 2] as number) * shade * blue,
      ];
      const own = grain * 0.55;
      rgb[o] = byte(v1 + (bright + own * (NOISE[(b + x) & mask] as number)) * (1.15 - v1 / 400));
      rgb[o + 1] = byte(v2 + bright * (1.15 - v2 / 400));
      rgb[o + 2] = byte(v3 + (bright + own * (NOISE[(c + x) & mask] as number)) * (1.15 - v3 / 400));
    }
  }
}

const byte = (x: number): number => (x < 0 ? 0 : x > 255 ? 255 : x);
