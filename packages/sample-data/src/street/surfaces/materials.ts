import type { Random } from '../../random.ts';
import { PLAIN, type Skin } from '../../render/skin.ts';
import type { WeaveName } from '../../render/weave.ts';
import { courses, marble, meadow, mineral, parquet, planks, rgbOf, rug, wallpaper, woven } from './paints.ts';
import { type Paint, tileTexture } from './tile-texture.ts';

/** A surface ready for a mesh whose texture coordinates are metres / `tile`. */
export type Material = { skin: Skin; tile: number };

type Recipe = {
  /** Metres that one tile covers. */
  tile: number;
  tones: readonly (readonly string[])[];
  paint: Paint;
  rough: number;
  gloss: number;
  /** Fine relief over the picture: what, tiles of it a tile of the picture, depth. */
  relief?: readonly [WeaveName, number, number];
  sheen?: number;
};
/** Colours are those of photos of the real thing, not of paint charts. */
export const RECIPES = {
  planks: {
    tile: 1.3,
    tones: [['#a8895f'], ['#c4ab86'], ['#6d4d36'], ['#9b9184'], ['#57402f'], ['#b39270']],
    paint: planks(9),
    rough: 0.5,
    gloss: 0.04,
  },
  decking: {
    tile: 1.1,
    tones: [['#8a8075'], ['#7c6248']],
    paint: planks(8),
    rough: 0.85,
    gloss: 0.02,
  },
  parquet: {
    tile: 1.1,
    tones: [['#a37d52'], ['#7e5b3b'], ['#b8966b']],
    paint: parquet,
    rough: 0.4,
    gloss: 0.045,
  },
  tabletop: {
    tile: 1.2,
    tones: [['#9c7a52'], ['#5d4231'], ['#c9b492'], ['#7d6146'], ['#d9d2c4']],
    paint: planks(5),
    rough: 0.45,
    gloss: 0.04,
  },
  brick: {
    tile: 1.04,
    tones: [
      ['#8f5240', '#a86a52', '#b5aca0'],
      ['#7a4a3c', '#5e3a31', '#9a938a'],
      ['#b08a63', '#c2a27b', '#cfc6b8'],
      ['#b9b4aa', '#cbc6bc', '#a8a298'],
      ['#6f6a66', '#8a8079', '#5c5854'],
    ],
    paint: courses({ across: 5, rows: 14, gap: 0.008, shift: 0.5, rough: 0.9 }),
    rough: 0.95,
    gloss: 0.015,
    relief: ['suede', 3, 0.14],
  },
  plaster: {
    tile: 2.6,
    tones: [
      ['#d9d4c9'],
      ['#c9c4ba'],
      ['#b9bdb8'],
      ['#c7b9a4'],
      ['#a9b0ab'],
      ['#e4e1da'],
      ['#b7a999'],
      ['#98a39f'],
    ],
    paint: mineral({ clouds: 0.06, mottle: 0.025, grit: 0.03 }),
    rough: 0.95,
    gloss: 0.015,
    relief: ['paper', 6, 0.05],
  },
  stucco: {
    tile: 2.2,
    tones: [['#c2b193'], ['#b4a08c'], ['#cfc8ba'], ['#a7958a'], ['#bcb9ae'], ['#c6a58c']],
    paint: mineral({ clouds: 0.22, mottle: 0.08, grit: 0.1 }),
    rough: 1,
    gloss: 0.01,
    relief: ['suede', 6, 0.16],
  },
  concrete: {
    tile: 1.8,
    tones: [['#97948d'], ['#84827d'], ['#aba79e']],
    paint: mineral({ clouds: 0.15, mottle: 0.1, grit: 0.1 }),
    rough: 0.9,
    gloss: 0.02,
    relief: ['suede', 3, 0.08],
  },
  asphalt: {
    tile: 0.5,
    tones: [['#57565a'], ['#6b6966'], ['#464649']],
    paint: mineral({ clouds: 0.22, mottle: 0.2, grit: 0.4 }),
    rough: 0.95,
    gloss: 0.02,
    relief: ['suede', 3, 0.2],
  },
  paving: {
    tile: 1.5,
    tones: [
      ['#a19c92', '#8f8b84', '#66625c'],
      ['#8b8782', '#7c7975', '#55524e'],
      ['#b0a593', '#9d9382', '#746c60'],
    ],
    paint: courses({ across: 3, rows: 3, gap: 0.006, shift: 0, rough: 0.6 }),
    rough: 0.92,
    gloss: 0.02,
    relief: ['suede', 4, 0.1],
  },
  setts: {
    tile: 1,
    tones: [
      ['#7c7874', '#65625f', '#45423e'],
      ['#8d8378', '#746b62', '#524b43'],
    ],
    paint: courses({ across: 8, rows: 9, gap: 0.014, shift: 0.5, rough: 1 }),
    rough: 0.9,
    gloss: 0.02,
    relief: ['suede', 3, 0.2],
  },
  tiles: {
    tile: 1.2,
    tones: [
      ['#c9c5bc', '#c2beb4', '#9d998f'],
      ['#8e8a83', '#868279', '#6a665f'],
      ['#b99d80', '#ae9175', '#8b745c'],
      ['#575a5b', '#505354', '#747472'],
    ],
    paint: courses({ across: 3, rows: 3, gap: 0.004, shift: 0, rough: 0.22 }),
    rough: 0.3,
    gloss: 0.05,
  },
  walltiles: {
    tile: 0.9,
    tones: [
      ['#e2e0da', '#d9d7d0', '#b9b6ae'],
      ['#8fa39b', '#86998f', '#c6c5bd'],
      ['#5f7480', '#586c77', '#b5b4ad'],
    ],
    paint: courses({ across: 5, rows: 10, gap: 0.006, shift: 0.5, rough: 0.1 }),
    rough: 0.2,
    gloss: 0.05,
  },
  carpet: {
    tile: 0.7,
    tones: [['#8c857b'], ['#6d7074'], ['#a3947f'], ['#5e5a58']],
    paint: mineral({ clouds: 0.1, mottle: 0.16, grit: 0.22 }),
    rough: 1,
    gloss: 0.01,
    relief: ['suede', 3, 0.16],
    sheen: 0.1,
  },
  rug: {
    tile: 1,
    tones: [
      ['#7a3f36', '#b39b77', '#33425a'],
      ['#c9bfae', '#8b8478', '#5f5a53'],
      ['#44546a', '#c0b295', '#7e4a3d'],
      ['#8a8f7d', '#d0c8b6', '#5c4a3c'],
    ],
    paint: rug,
    rough: 1,
    gloss: 0.01,
    relief: ['suede', 8, 0.12],
    sheen: 0.1,
  },
  linen: {
    tile: 0.4,
    tones: [
      ['#dcd7cd', '#cfc9be'],
      ['#a9b0b5', '#979fa5'],
      ['#c2b3a0', '#b3a48f'],
      ['#7d8890', '#717c84'],
      ['#c9b5ad', '#bba59c'],
      ['#8c9583', '#808977'],
    ],
    paint: woven(96),
    rough: 1,
    gloss: 0.012,
    relief: ['canvas', 6, 0.1],
    sheen: 0.12,
  },
  marble: {
    tile: 0.9,
    tones: [
      ['#dedbd5', '#8d8a86'],
      ['#3a3b3c', '#a3a09a'],
      ['#c9c0b2', '#8f7f6c'],
    ],
    paint: marble,
    rough: 0.22,
    gloss: 0.05,
  },
  grass: {
    tile: 0.8,
    tones: [
      ['#66763a', '#9a9660'],
      ['#54672f', '#8b8a4e'],
      ['#727f45', '#b0a66c'],
    ],
    paint: meadow,
    rough: 1,
    gloss: 0.01,
    relief: ['grass', 4, 0.4],
  },
  leaves: {
    tile: 0.5,
    tones: [['#4c5f30'], ['#5f6f3a'], ['#3f5333'], ['#7a7a42']],
    paint: mineral({ clouds: 0.5, mottle: 1.1, grit: 0.7 }),
    rough: 0.9,
    gloss: 0.02,
    relief: ['grass', 3, 0.7],
  },
  bark: {
    tile: 0.5,
    tones: [['#5d5043'], ['#6f6557']],
    paint: planks(14),
    rough: 1,
    gloss: 0.01,
  },
  wallpaper: {
    tile: 1.4,
    tones: [
      ['#d3ccbd', '#c7bfae'],
      ['#aab5ae', '#b6c0b8'],
      ['#c9bcb0', '#bdae9f'],
      ['#7f8b8c', '#8a9697'],
    ],
    paint: wallpaper(false),
    rough: 0.95,
    gloss: 0.015,
  },
  flowered: {
    tile: 1.4,
    tones: [
      ['#d3ccbd', '#c7bfae'],
      ['#aab5ae', '#b6c0b8'],
      ['#c9bcb0', '#bdae9f'],
      ['#7f8b8c', '#8a9697'],
    ],
    paint: wallpaper(true),
    rough: 0.95,
    gloss: 0.015,
  },
} satisfies Record<string, Recipe>;
export type MaterialName = keyof typeof RECIPES;

/** One of a material's looks. */
export function materialOf(r: Random, names: readonly MaterialName[] | MaterialName): Material {
  const name = typeof names === 'string' ? names : r.pick(names);
  const recipe: Recipe = RECIPES[name];
  const tones = r.pick(recipe.tones);
  const [weave, times, depth] = recipe.relief ?? (['smooth', 1, 0] as const);
  return {
    tile: recipe.tile,
    skin: {
      ...PLAIN,
      art: tileTexture(name, recipe.paint, tones.map(rgbOf)),
      rough: recipe.rough,
      gloss: recipe.gloss,
      sheen: recipe.sheen ?? 0,
      weave,
      repeat: [times, times],
      depth,
      grime: depth > 0 ? 0.25 : 0,
    },
  };
}
