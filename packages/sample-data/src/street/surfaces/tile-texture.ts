import type { Texture } from '../../render/texture.ts';
import { type Fields, fields } from './fields.ts';

/** Colour at a point of a tile that repeats at 1: sRGB, 0..255. */
export type Paint = (x: number, y: number, f: Fields) => readonly [number, number, number];

const SIZE = 512;
/** Tiles kept in memory: about 1 MB each, drawn again in some 20 ms. */
const KEPT = 28;
const made = new Map<string, Texture>();

/** The picture of a surface, drawn once a process; `key` must say everything that `paint` depends on. */
export function tileTexture(key: string, paint: Paint): Texture {
  const known = made.get(key);
  if (known) {
    // The last used moves to the end, so that the first is the one to forget.
    made.delete(key);
    made.set(key, known);
    return known;
  }
  const f = fields();
  const rgb = new Uint8Array(SIZE * SIZE * 3);
  for (let y = 0, o = 0; y < SIZE; y++)
    for (let x = 0; x < SIZE; x++, o += 3) {
      const colour = paint((x + 0.5) / SIZE, (y + 0.5) / SIZE, f);
      for (let k = 0; k < 3; k++) rgb[o + k] = Math.min(255, Math.max(0, Math.round(colour[k] as number)));
    }
  const texture = { levels: halved(SIZE, rgb) };
  made.set(key, texture);
  if (made.size > KEPT) made.delete(made.keys().next().value as string);
  return texture;
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
