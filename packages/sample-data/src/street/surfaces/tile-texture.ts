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
  const texels = new Int32Array(SIZE * SIZE);
  const byte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));
  for (let y = 0, at = 0; y < SIZE; y++)
    for (let x = 0; x < SIZE; x++, at++) {
      const [r, g, b] = paint((x + 0.5) / SIZE, (y + 0.5) / SIZE, f);
      texels[at] = byte(r) | (byte(g) << 8) | (byte(b) << 16);
    }
  const texture: Texture = { size: SIZE, texels, halved: [] };
  made.set(key, texture);
  if (made.size > KEPT) made.delete(made.keys().next().value as string);
  return texture;
}
