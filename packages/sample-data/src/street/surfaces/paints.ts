import { fields } from './fields.ts';
import type { Paint, Tone } from './tile-texture.ts';

export const rgbOf = (hex: string): Tone => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];
const step = (from: number, to: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
};
/** Distance to the nearer end of a cell, in cells. */
const edgeOf = (x: number): number => {
  const k = x - Math.floor(x);
  return Math.min(k, 1 - k);
};

/** Fibres of wood along x. */
const grain = (x: number, y: number, shift: number): number => {
  const f = fields();
  const warped = y + 0.03 * f.broad(x, y + shift);
  return 0.6 * f.broad(x + shift, warped * 6) + 0.4 * f.fine(x + shift, warped * 5);
};

/** Boards of one wood along x, `rows` a tile, with joints and boards of different age. */
export const planks =
  (rows: number): Paint =>
  (x, y, f, out) => {
    const row = Math.floor(y * rows);
    const along = x + f.cell(row, 3);
    const board = Math.floor(along) * 13 + row;
    const tone = 0.8 + 0.28 * f.cell(board, 7) + 0.2 * (grain(x, y, f.cell(board, 1)) - 0.5);
    const end = edgeOf(along) < 0.0025 ? 0.55 : 1;
    out[0] = tone * (0.5 + 0.5 * step(0, 0.006, edgeOf(y * rows) / rows)) * end;
  };

/** Blocks of four strips, laid crosswise. */
export const parquet: Paint = (x, y, f, out) => {
  const n = 4;
  const [i, j] = [Math.floor(x * n), Math.floor(y * n)];
  const turned = (i + j) % 2 === 0;
  const [a, b] = turned ? [x, y] : [y, x];
  const strip = Math.floor(b * n * 4);
  const tone = 0.84 + 0.24 * f.cell(strip + i * 5, j + (turned ? 0 : 40)) + 0.16 * (grain(a, b, 0.3) - 0.5);
  const joint = Math.min(edgeOf(b * n * 4) / (n * 4), edgeOf(a * n) / n);
  out[0] = tone * (0.68 + 0.32 * step(0, 0.004, joint));
};

/**
 * Courses of bricks (or setts, slabs, tiles), `across` × `rows` a tile, joints of `gap` of a tile, every other row
 * shifted. Tones: stones between the first and the second, joints of the third.
 */
export const courses =
  (how: { across: number; rows: number; gap: number; shift: number; rough: number }): Paint =>
  (x, y, f, out) => {
    const { across, rows, gap, shift, rough } = how;
    const row = Math.floor(y * rows);
    const along = x * across + (row % 2) * shift + across;
    const edge =
      Math.min(edgeOf(along) / across, edgeOf(y * rows) / rows) +
      (rough > 0.3 ? rough * 0.006 * (f.fine(x * 2, y * 2) - 0.5) : 0);
    const stone = step(gap * 0.6, gap, edge);
    const worn =
      1 +
      rough *
        (0.34 * (f.fine(x, y) - 0.5) + 0.3 * (f.broad(x, y) - 0.5) + 0.12 * (f.white(x * 2, y * 2) - 0.5));
    out[0] = worn * stone + (0.9 + 0.2 * f.white(x, y)) * (1 - stone);
    out[1] = f.cell((Math.floor(along) % across) + 3, row + 11) * stone;
    out[2] = 1 - stone;
  };

/** Plaster, concrete, asphalt: clouds, mottle and grit of given strengths. */
export const mineral =
  (how: { clouds: number; mottle: number; grit: number }): Paint =>
  (x, y, f, out) => {
    out[0] =
      1 +
      how.clouds * (f.broad(x, y) - 0.5) +
      how.mottle * (f.fine(x, y) - 0.5) +
      how.grit * ((f.white(x * 2, y * 2 + 0.4) + f.white(x * 2 + 0.3, y * 2)) / 2 - 0.5);
  };

/** Stone with veins of the second tone, thin where two clouds meet. */
export const marble: Paint = (x, y, f, out) => {
  const warp = 0.12 * f.fine(x * 0.5 + 0.5, y);
  const ridge = Math.abs(f.broad(x + warp, y + warp) - 0.5) * 2;
  const small = Math.abs(f.broad(x * 2 + 0.2, y * 2 + warp) - 0.52) * 2;
  out[0] = 0.95 + 0.1 * f.broad(y, x);
  out[1] = Math.min(0.8, 0.75 * (1 - step(0, 0.11, ridge)) + 0.3 * (1 - step(0, 0.07, small)));
};

/** Blades, with straw of the second tone. */
export const meadow: Paint = (x, y, f, out) => {
  const blade = f.white(x * 2, y * 0.5) * 0.5 + f.white(x, y * 0.25 + 0.1) * 0.3 + f.fine(x * 2, y * 2) * 0.4;
  out[0] = 0.5 + 0.75 * blade;
  out[1] = Math.min(1, step(0.55, 0.8, f.broad(x, y)) * 0.5 + step(0.92, 1, f.white(x, y * 0.5)) * 0.4);
};

/** Woven threads, with slubs. */
export const woven =
  (threads: number): Paint =>
  (x, y, f, out) => {
    const over = (Math.floor(x * threads) + Math.floor(y * threads)) % 2 === 0;
    const slub = f.white(over ? 0.1 : x, over ? y : 0.7);
    out[0] = 0.9 + 0.1 * slub + 0.12 * (f.broad(x, y) - 0.5);
    out[1] = over ? 0.35 * slub : 0.65;
  };

/** Loops of a carpet, with lozenges of the second and a border of the third tone. */
export const rug: Paint = (x, y, f, out) => {
  const lozenge = edgeOf(x * 8) + edgeOf(y * 8) > 0.72;
  const edge = Math.min(x, y, 1 - x, 1 - y);
  const inner = edge > 0.14;
  const line = edge > 0.04 && edge < 0.06;
  out[0] = 0.78 + 0.24 * f.white(x, y) + 0.2 * (f.broad(x, y) - 0.3);
  if (inner ? lozenge : !(line || lozenge)) out[1] = 1;
  else if (!inner) out[2] = 1;
};

/** Paper with faint upright stripes of the second tone, or a small motif. */
export const wallpaper =
  (motif: boolean): Paint =>
  (x, y, f, out) => {
    const [a, b] = [((x * 10) % 1) - 0.5, ((y * 10 + (Math.floor(x * 10) % 2) * 0.5) % 1) - 0.5];
    const leaf = Math.abs(b) < 0.34 && Math.abs(a) < 0.09 + (Math.abs(b) < 0.3 ? 0.13 * Math.cos(b * 6) : 0);
    out[0] = 0.96 + 0.05 * f.broad(x, y) + 0.03 * f.white(x, y);
    out[1] = (motif ? leaf : Math.abs(a) < 0.2) ? 1 : 0;
  };
