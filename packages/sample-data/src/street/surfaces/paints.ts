import { fields } from './fields.ts';
import type { Paint } from './tile-texture.ts';

type Tone = readonly [number, number, number];

export const rgbOf = (hex: string): Tone => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];
const scaled = (c: Tone, by: number): Tone => [c[0] * by, c[1] * by, c[2] * by];
const blended = (a: Tone, b: Tone, t: number): Tone => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];
const step = (from: number, to: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

/** Fibres of wood along x. */
const grain = (x: number, y: number, shift: number): number => {
  const f = fields();
  const warped = y + 0.03 * f.broad(x, y + shift);
  return 0.6 * f.broad(x + shift, warped * 6) + 0.4 * f.fine(x + shift, warped * 5);
};

/** Boards of one wood along x, `rows` a tile, with joints and boards of different age. */
export const planks =
  (hex: string, rows: number): Paint =>
  (x, y, f) => {
    const row = Math.floor(y * rows);
    const along = x + f.cell(row, 3);
    const board = Math.floor(along * 1.0001) * 13 + row;
    const tone = 0.8 + 0.28 * f.cell(board, 7) + 0.2 * (grain(x, y, f.cell(board, 1)) - 0.5);
    const edge = Math.min((y * rows) % 1, 1 - ((y * rows) % 1)) / rows;
    const end = Math.abs((((along % 1) + 1) % 1) - 0.5) > 0.4975 ? 0.55 : 1;
    return scaled(rgbOf(hex), tone * (0.5 + 0.5 * step(0, 0.006, edge)) * end);
  };

/** Blocks of four strips, laid crosswise. */
export const parquet =
  (hex: string): Paint =>
  (x, y, f) => {
    const n = 4;
    const [i, j] = [Math.floor(x * n), Math.floor(y * n)];
    const turned = (i + j) % 2 === 0;
    const [a, b] = turned ? [x, y] : [y, x];
    const strip = Math.floor(b * n * 4);
    const tone = 0.84 + 0.24 * f.cell(strip + i * 5, j + (turned ? 0 : 40)) + 0.16 * (grain(a, b, 0.3) - 0.5);
    const joint = Math.min((b * n * 4) % 1, 1 - ((b * n * 4) % 1)) / (n * 4);
    const block = Math.min((a * n) % 1, 1 - ((a * n) % 1)) / n;
    return scaled(rgbOf(hex), tone * (0.68 + 0.32 * step(0, 0.004, Math.min(joint, block))));
  };

/** Courses of bricks (or setts, slabs, wall tiles): `across` × `rows` a tile, joints of `gap` of a tile. */
export const courses =
  (
    how: { hex: string; second: string; joint: string } & {
      across: number;
      rows: number;
      gap: number;
      shift: number;
      rough: number;
    },
  ): Paint =>
  (x, y, f) => {
    const { across, rows, gap, shift, rough } = how;
    const row = Math.floor(y * rows);
    const along = x * across + (row % 2) * shift + across;
    const stone = Math.floor(along) % across;
    const [u, v] = [(along % 1) / across, ((y * rows) % 1) / rows];
    const edge = Math.min(u, 1 / across - u, v, 1 / rows - v) + rough * 0.006 * (f.fine(x * 2, y * 2) - 0.5);
    const own = f.cell(stone + 3, row + 11);
    const body = blended(rgbOf(how.hex), rgbOf(how.second), own);
    const worn =
      1 +
      rough *
        (0.34 * (f.fine(x, y) - 0.5) + 0.3 * (f.broad(x, y) - 0.5) + 0.12 * (f.white(x * 2, y * 2) - 0.5));
    const mortar = scaled(rgbOf(how.joint), 0.9 + 0.2 * f.fine(x * 2, y));
    return blended(mortar, scaled(body, worn), step(gap * 0.6, gap, edge));
  };

/** Plaster, concrete, asphalt: clouds, mottle and grit of given strengths. */
export const mineral =
  (hex: string, how: { clouds: number; mottle: number; grit: number }): Paint =>
  (x, y, f) =>
    scaled(
      rgbOf(hex),
      1 +
        how.clouds * (f.broad(x, y) - 0.5) +
        how.mottle * (f.fine(x, y) - 0.5) +
        how.grit * ((f.white(x, y) + f.white(x * 2 + 0.3, y * 2)) / 2 - 0.5),
    );

/** White stone with veins, thin where two clouds meet. */
export const marble =
  (hex: string, vein: string): Paint =>
  (x, y, f) => {
    const warp = 0.12 * f.fine(x * 0.5 + 0.5, y);
    const ridge = Math.abs(f.broad(x + warp, y + warp) - 0.5) * 2;
    const small = Math.abs(f.broad(x * 2 + 0.2, y * 2 + warp) - 0.52) * 2;
    const strength = 0.75 * (1 - step(0, 0.11, ridge)) + 0.3 * (1 - step(0, 0.07, small));
    return blended(scaled(rgbOf(hex), 0.95 + 0.1 * f.broad(y, x)), rgbOf(vein), Math.min(0.8, strength));
  };

/** Blades of three greens and some straw. */
export const meadow =
  (hex: string, dry: string): Paint =>
  (x, y, f) => {
    const blade =
      f.white(x * 2, y * 0.5) * 0.5 + f.white(x, y * 0.25 + 0.1) * 0.3 + f.fine(x * 2, y * 2) * 0.4;
    const straw = step(0.55, 0.8, f.broad(x, y)) * 0.5 + step(0.92, 1, f.white(x, y * 0.5)) * 0.4;
    return scaled(blended(rgbOf(hex), rgbOf(dry), straw), 0.5 + 0.75 * blade);
  };

/** Woven threads, with slubs. */
export const woven =
  (hex: string, second: string, threads: number): Paint =>
  (x, y, f) => {
    const over = (Math.floor(x * threads) + Math.floor(y * threads)) % 2 === 0;
    const slub = f.white(over ? 0.1 : x, over ? y : 0.7);
    const tone = 0.9 + 0.1 * slub + 0.12 * (f.broad(x, y) - 0.5);
    return scaled(blended(rgbOf(hex), rgbOf(second), over ? 0.35 * slub : 0.65), tone);
  };

/** Loops of a carpet, with a border of lozenges in a second colour. */
export const rug =
  (hex: string, second: string, third: string): Paint =>
  (x, y, f) => {
    const [a, b] = [Math.abs(((x * 8) % 1) - 0.5), Math.abs(((y * 8) % 1) - 0.5)];
    const edge = Math.min(x, y, 1 - x, 1 - y);
    const inner = edge > 0.14;
    const lozenge = a + b < 0.28;
    const line = edge > 0.04 && edge < 0.06;
    const ground = inner ? (lozenge ? second : hex) : line || lozenge ? third : second;
    return scaled(rgbOf(ground), 0.78 + 0.24 * f.white(x, y) + 0.2 * (f.broad(x, y) - 0.3));
  };

/** Paper with faint upright stripes or a small motif. */
export const wallpaper =
  (hex: string, second: string, motif: boolean): Paint =>
  (x, y, f) => {
    const [a, b] = [((x * 10) % 1) - 0.5, ((y * 10 + (Math.floor(x * 10) % 2) * 0.5) % 1) - 0.5];
    const leaf = Math.abs(a) < 0.09 + 0.13 * Math.cos(b * 6) * (Math.abs(b) < 0.3 ? 1 : 0);
    const on = motif ? leaf && Math.abs(b) < 0.34 : Math.abs(a) < 0.2;
    return scaled(rgbOf(on ? second : hex), 0.96 + 0.05 * f.broad(x, y) + 0.03 * f.white(x, y));
  };
