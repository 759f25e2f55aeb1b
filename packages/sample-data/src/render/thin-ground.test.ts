import { expect, it } from 'vitest';
import type { Geometry } from './geometry.ts';
import { PLAIN } from './skin.ts';
import { thinGround } from './thin-ground.ts';

const piece = (ground: boolean, first: number) => ({
  skin: { ...PLAIN, ground },
  actor: 0,
  casts: false,
  first,
  end: first + 1,
});
// Triangle 0 is the good, triangle 1 the ground.
const all = { pieces: [piece(false, 0), piece(true, 1)], pieceOf: Uint16Array.of(0, 1) } as Geometry;
const see = (rows: number[][]) => ({
  width: rows[0]!.length,
  height: rows.length,
  inverse: new Float32Array(),
  triangle: Int32Array.from(rows.flat()),
});

it('leaves out the pixels of the ground that have shaded ground all round, and gives them its means', () => {
  const seen = see([
    [1, 1, 1, 1],
    [1, 1, 1, 1],
    [1, 1, 1, 0],
    [1, 1, 0, 0],
  ]);
  const fill = thinGround(all, seen);
  expect([...seen.triangle]).toEqual([1, -1, 1, 1, -1, -1, -1, 1, 1, -1, 1, 0, 1, 1, 0, 0]);
  const rgb = new Uint8Array(16 * 3);
  const put = (at: number, value: number) => rgb.fill(value, at * 3, at * 3 + 3);
  for (const [at, value] of [
    [0, 10],
    [2, 20],
    [8, 30],
    [10, 41],
  ] as const)
    put(at, value);
  fill?.(rgb);
  expect([1, 4, 5, 6, 9].map((at) => rgb[at * 3])).toEqual([15, 20, 25, 31, 36]);
  expect(
    [3, 7, 11].map((at) => rgb[at * 3]),
    'the others are left as they were',
  ).toEqual([0, 0, 0]);
});

it('has nothing to do where there is no ground', () => {
  const seen = see([
    [0, 0],
    [0, 0],
  ]);
  expect(thinGround({ ...all, pieces: [piece(false, 0)] }, seen)).toBeNull();
  expect([...seen.triangle]).toEqual([0, 0, 0, 0]);
});
