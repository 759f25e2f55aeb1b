import { Random } from '../../random.ts';

const SIZE = 256;
/** Noise fields that repeat at 1, made once a process; each look-up is in 0..1. */
export type Fields = {
  /** Clouds as large as a quarter of the tile, with finer ones in them. */
  broad(x: number, y: number): number;
  /** Mottle of about a fortieth of the tile. */
  fine(x: number, y: number): number;
  /** White noise, one value a texel of 1/256. */
  white(x: number, y: number): number;
  /** One value for a whole cell (brick, plank, slab) of a grid. */
  cell(i: number, j: number): number;
};

let made: Fields | null = null;

export function fields(): Fields {
  if (made) return made;
  const r = new Random('street', 'fields');
  const white = Float32Array.from({ length: SIZE * SIZE }, () => r.next());
  const [broad, fine] = [layered(r, 4, 5), layered(r, 32, 3)];
  made = {
    broad: (x, y) => between(broad, x, y),
    fine: (x, y) => between(fine, x, y),
    white: (x, y) => white[wrap(x * SIZE) + wrap(y * SIZE) * SIZE] as number,
    cell: (i, j) => white[(((i * 37 + j * 101) % 251) + 251) % 251] as number,
  };
  return made;
}

const wrap = (x: number): number => ((Math.floor(x) % SIZE) + SIZE) % SIZE;

/** Octaves of value noise from `cells` cells up, each half as strong, stretched to 0..1. */
function layered(r: Random, cells: number, octaves: number): Float32Array {
  const sum = new Float32Array(SIZE * SIZE);
  for (let octave = 0; octave < octaves; octave++) {
    const n = cells * 2 ** octave;
    const knots = Float32Array.from({ length: n * n }, () => r.next());
    for (let y = 0; y < SIZE; y++)
      for (let x = 0; x < SIZE; x++) {
        const [gx, gy] = [(x / SIZE) * n, (y / SIZE) * n];
        const [i, j] = [Math.floor(gx), Math.floor(gy)];
        const [fx, fy] = [eased(gx - i), eased(gy - j)];
        const at = (a: number, b: number): number => knots[(a % n) + (b % n) * n] as number;
        const top = at(i, j) * (1 - fx) + at(i + 1, j) * fx;
        const low = at(i, j + 1) * (1 - fx) + at(i + 1, j + 1) * fx;
        sum[x + y * SIZE] = (sum[x + y * SIZE] as number) + (top * (1 - fy) + low * fy) / 2 ** octave;
      }
  }
  let [low, high] = [Infinity, -Infinity];
  for (const value of sum) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return sum.map((value) => (value - low) / (high - low));
}

const eased = (t: number): number => t * t * (3 - 2 * t);

function between(field: Float32Array, x: number, y: number): number {
  const [gx, gy] = [x * SIZE, y * SIZE];
  const [i, j] = [Math.floor(gx), Math.floor(gy)];
  const [fx, fy] = [gx - i, gy - j];
  const [a, b, c, d] = [wrap(i), wrap(i + 1), wrap(j) * SIZE, wrap(j + 1) * SIZE];
  return (
    ((field[a + c] as number) * (1 - fx) + (field[b + c] as number) * fx) * (1 - fy) +
    ((field[a + d] as number) * (1 - fx) + (field[b + d] as number) * fx) * fy
  );
}
