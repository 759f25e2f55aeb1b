import { Random } from '../random.ts';

/** The small relief of a material, as a tile of cells: height in 0..1, its slopes along u and v, nothing. Tiles repeat without a seam. */
export type Tile = { size: number; cells: Float32Array };
/** A tile of 128 × 128 cells and its halved copies, for cells smaller than a pixel. */
export type Weave = readonly Tile[];
export const WEAVES = [
  'smooth',
  'canvas',
  'twill',
  'knit',
  'rib',
  'leather',
  'suede',
  'paper',
  'wood',
  'brick',
  'tiles',
  'asphalt',
  'grass',
] as const;
export type WeaveName = (typeof WEAVES)[number];

export const SIZE = 128;
export const LEVELS = 5;
const made = new Map<WeaveName, Weave>();

/** The tile of a material, made once a process. */
export function weaveOf(name: WeaveName): Weave {
  const known = made.get(name);
  if (known) return known;
  const height = heights(name);
  const cells = new Float32Array(SIZE * SIZE * 4);
  const at = (x: number, y: number): number =>
    height[((y + SIZE) % SIZE) * SIZE + ((x + SIZE) % SIZE)] as number;
  for (let y = 0; y < SIZE; y++)
    for (let x = 0; x < SIZE; x++) {
      const cell = (y * SIZE + x) * 4;
      cells[cell] = at(x, y);
      cells[cell + 1] = (at(x + 1, y) - at(x - 1, y)) * 8;
      cells[cell + 2] = (at(x, y + 1) - at(x, y - 1)) * 8;
    }
  const weave: Tile[] = [{ size: SIZE, cells }];
  for (let i = 1; i < LEVELS; i++) weave.push(halved(weave[i - 1] as Tile));
  made.set(name, weave);
  return weave;
}

function halved(from: Tile): Tile {
  const size = from.size / 2;
  const cells = Float32Array.from({ length: size * size * 4 }, (_, i) => {
    const [x, y] = [(i >> 2) % size, Math.floor((i >> 2) / size)];
    const at = (y * 2 * from.size + x * 2) * 4 + (i & 3);
    return (
      ((from.cells[at] as number) +
        (from.cells[at + 4] as number) +
        (from.cells[at + from.size * 4] as number) +
        (from.cells[at + from.size * 4 + 4] as number)) /
      4
    );
  });
  return { size, cells };
}

const TURN = Math.PI * 2;
const PATTERN: Record<WeaveName, (x: number, y: number, noise: Noise) => number> = {
  smooth: (_x, _y, noise) => 0.5 + 0.1 * noise.fine(_x, _y),
  canvas: (x, y, noise) => {
    const over = (Math.floor(x * 16) + Math.floor(y * 16)) % 2 === 0;
    const along = Math.abs(Math.sin((over ? x : y) * 16 * Math.PI));
    return 0.25 + 0.6 * along + 0.15 * noise.fine(x, y);
  },
  twill: (x, y, noise) => 0.5 + 0.35 * Math.sin((x * 16 + y * 16) * TURN) + 0.15 * noise.fine(x, y),
  knit: (x, y) => {
    const [cx, cy] = [(x * 8) % 1, (y * 8) % 1];
    const leg = Math.abs(((cy + Math.abs(cx - 0.5) * 0.9) % 1) - 0.5) * 2;
    return (0.25 + 0.75 * (1 - leg ** 2)) * (0.55 + 0.45 * Math.sin(cx * Math.PI));
  },
  rib: (x, _y, noise) => 0.45 + 0.45 * Math.sin(x * 8 * TURN) + 0.1 * noise.fine(x, _y),
  leather: (x, y, noise) => 0.15 + 0.75 * Math.min(1, noise.cells(x, y) * 2.2) + 0.1 * noise.fine(x, y),
  suede: (x, y, noise) => 0.5 + 0.5 * noise.fine(x, y),
  paper: (x, y, noise) => 0.5 + 0.25 * noise.fine(x, y) + 0.2 * noise.broad(x, y),
  wood: (x, y, noise) =>
    0.5 + 0.4 * Math.sin((y * 14 + 1.6 * noise.broad(x, y)) * TURN) * 0.6 + 0.2 * noise.fine(x, y),
  brick: (x, y, noise) => {
    const row = Math.floor(y * 8);
    const [bx, by] = [(x * 4 + (row % 2) * 0.5) % 1, (y * 8) % 1];
    const joint = bx < 0.05 || by < 0.1;
    return joint ? 0.05 : 0.7 + 0.2 * noise.fine(x, y) + 0.1 * noise.broad(x, y);
  },
  tiles: (x, y, noise) => ((x * 4) % 1 < 0.03 || (y * 4) % 1 < 0.03 ? 0.1 : 0.8 + 0.04 * noise.broad(x, y)),
  asphalt: (x, y, noise) => 0.3 + 0.7 * Math.min(1, noise.cells(x, y) * 1.6) * (0.5 + 0.5 * noise.fine(x, y)),
  grass: (x, y, noise) => 0.5 + 0.5 * noise.fine(x, y * 0.25) * noise.fine(y, x) + 0.2 * noise.broad(x, y),
};

type Noise = {
  fine(x: number, y: number): number;
  broad(x: number, y: number): number;
  cells(x: number, y: number): number;
};

function heights(name: WeaveName): Float32Array {
  const noise = noiseOf(new Random('weave', name));
  return Float32Array.from({ length: SIZE * SIZE }, (_, i) =>
    Math.min(1, Math.max(0, PATTERN[name]((i % SIZE) / SIZE, Math.floor(i / SIZE) / SIZE, noise))),
  );
}

/** Noise that repeats at 1: `fine` per texel, `broad` smooth, `cells` distance to the border of a cell (Worley 1996). */
function noiseOf(r: Random): Noise {
  const fine = Float32Array.from({ length: SIZE * SIZE }, () => r.between(-1, 1));
  const waves = Array.from({ length: 7 }, () => [1 + r.int(4), 1 + r.int(4), r.between(0, TURN)] as const);
  const cells = 14;
  const dots = Array.from({ length: cells * cells }, () => [r.next(), r.next()] as const);
  return {
    fine: (x, y) =>
      fine[(Math.floor((y + 1) * SIZE) % SIZE) * SIZE + (Math.floor((x + 1) * SIZE) % SIZE)] as number,
    broad: (x, y) =>
      waves.reduce((sum, [a, b, p]) => sum + Math.sin((a * x + b * y) * TURN + p), 0) / waves.length,
    cells: (x, y) => {
      const [gx, gy] = [Math.floor(x * cells), Math.floor(y * cells)];
      let [first, second] = [9, 9];
      for (let j = gy - 1; j <= gy + 1; j++)
        for (let i = gx - 1; i <= gx + 1; i++) {
          const [dx, dy] = dots[((j + cells) % cells) * cells + ((i + cells) % cells)] as readonly [
            number,
            number,
          ];
          const d = Math.hypot(i + dx - x * cells, j + dy - y * cells);
          if (d < first) [first, second] = [d, first];
          else if (d < second) second = d;
        }
      return second - first;
    },
  };
}
