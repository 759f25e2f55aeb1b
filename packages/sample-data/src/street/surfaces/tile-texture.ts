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
  const texture: Texture = { size: SIZE, texels: tinted(pattern, tones), halved: [] };
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

/** One number a texel, red lowest. */
function tinted(pattern: Uint8Array, tones: readonly Tone[]): Int32Array {
  const [first, second = first, third = first] = tones as [Tone, ...Tone[]];
  const [r1, g1, b1] = first;
  const [r2, g2, b2] = second.map((c, k) => (c - (first[k] as number)) / 255) as unknown as Tone;
  const [r3, g3, b3] = third.map((c, k) => (c - (first[k] as number)) / 255) as unknown as Tone;
  const texels = new Int32Array(pattern.length / 3);
  const byte = new Uint8ClampedArray(3);
  for (let o = 0, at = 0; at < texels.length; o += 3, at++) {
    const shade = (pattern[o] as number) / FULL;
    const b = pattern[o + 1] as number;
    const c = pattern[o + 2] as number;
    byte[0] = shade * (r1 + b * r2 + c * r3);
    byte[1] = shade * (g1 + b * g2 + c * g3);
    byte[2] = shade * (b1 + b * b2 + c * b3);
    texels[at] = (byte[0] as number) | ((byte[1] as number) << 8) | ((byte[2] as number) << 16);
  }
  return texels;
}
