import type { Texture } from '../../render/texture.ts';
import { type Fields, fields } from './fields.ts';

/**
 * A point of a tile that repeats at 1, before it is coloured: `out` becomes the brightness (1 = the tone itself) and
 * the shares of the second and third of three tones; what is left is the first.
 */
export type Paint = (
  x: number,
  y: number,
  f: Fields,
  out: [shade: number, second: number, third: number],
) => void;
/** sRGB, 0..255. */
export type Tone = readonly [number, number, number];

const SIZE = 512;
/** Coloured tiles kept in memory, about 1 MB each: colouring one anew takes some 10 ms. */
const KEPT = 32;
const coloured = new Map<string, Texture>();
/** Brightness in 1/110 and shares in 1/255, drawn once a process and material. */
const patterns = new Map<string, Uint8Array>();
const FULL = 110;

/** A material's tile in up to three tones. */
export function tileTexture(material: string, paint: Paint, tones: readonly Tone[]): Texture {
  const key = `${material}/${tones.join()}`;
  const known = coloured.get(key);
  if (known) {
    // The last used moves to the end, so that the first is the one to forget.
    coloured.delete(key);
    coloured.set(key, known);
    return known;
  }
  const pattern = patterns.get(material) ?? drawn(paint);
  patterns.set(material, pattern);
  const texture = { levels: halved(SIZE, tinted(pattern, tones)) };
  coloured.set(key, texture);
  if (coloured.size > KEPT) coloured.delete(coloured.keys().next().value as string);
  return texture;
}

function drawn(paint: Paint): Uint8Array {
  const f = fields();
  const pattern = new Uint8Array(SIZE * SIZE * 3);
  const out: [number, number, number] = [1, 0, 0];
  for (let y = 0, o = 0; y < SIZE; y++)
    for (let x = 0; x < SIZE; x++, o += 3) {
      out[1] = 0;
      out[2] = 0;
      paint((x + 0.5) / SIZE, (y + 0.5) / SIZE, f, out);
      pattern[o] = Math.min(255, Math.max(0, out[0] * FULL + 0.5));
      pattern[o + 1] = Math.min(255, Math.max(0, out[1] * 255 + 0.5));
      pattern[o + 2] = Math.min(255, Math.max(0, out[2] * 255 + 0.5));
    }
  return pattern;
}

function tinted(pattern: Uint8Array, tones: readonly Tone[]): Uint8Array {
  const [first, second = first, third = first] = tones as [Tone, ...Tone[]];
  const [r1, g1, b1] = first;
  const [r2, g2, b2] = second.map((c, k) => (c - (first[k] as number)) / 255) as unknown as Tone;
  const [r3, g3, b3] = third.map((c, k) => (c - (first[k] as number)) / 255) as unknown as Tone;
  const rgb = new Uint8ClampedArray(pattern.length);
  for (let o = 0; o < pattern.length; o += 3) {
    const shade = (pattern[o] as number) / FULL;
    const b = pattern[o + 1] as number;
    const c = pattern[o + 2] as number;
    rgb[o] = shade * (r1 + b * r2 + c * r3);
    rgb[o + 1] = shade * (g1 + b * g2 + c * g3);
    rgb[o + 2] = shade * (b1 + b * b2 + c * b3);
  }
  return new Uint8Array(rgb.buffer);
}

function halved(size: number, rgb: Uint8Array): Texture['levels'] {
  const levels = [{ size, rgb }];
  for (let n = size / 2, from = rgb; n >= 16; n /= 2) {
    const to = new Uint8Array(n * n * 3);
    const row = n * 6;
    for (let y = 0, o = 0; y < n; y++)
      for (let x = 0; x < n; x++)
        for (let k = 0; k < 3; k++, o++) {
          const at = y * 2 * row + x * 6 + k;
          to[o] =
            ((from[at] as number) +
              (from[at + 3] as number) +
              (from[at + row] as number) +
              (from[at + row + 3] as number) +
              2) >>
            2;
        }
    levels.push({ size: n, rgb: to });
    from = to;
  }
  return levels;
}
