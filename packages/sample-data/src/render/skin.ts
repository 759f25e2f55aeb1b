import type { Texture } from './texture.ts';
import type { WeaveName } from './weave.ts';

/** Linear light, each 0..1. */
export type Rgb = readonly [number, number, number];
/** A rectangle of a texture, fractions: [u0, v0, u1, v1]. */
export type UvBox = readonly [number, number, number, number];

/** How a surface answers light. */
export type Skin = {
  /** Colour where no art is painted, and of the inside (`lining`). */
  colour: Rgb;
  lining: Rgb;
  art: Texture | null;
  /** 0 mirror … 1 chalk. */
  rough: number;
  /** Share of light mirrored head-on (F0): cloth .02, plastics .04, metal .6 and more. */
  gloss: number;
  metal: boolean;
  /** Light at grazing angles from fibres. */
  sheen: number;
  weave: WeaveName;
  /** Tiles of the weave along u and v. */
  repeat: readonly [number, number];
  depth: number;
  /** How much the weave's hollows darken, 0..1. */
  grime: number;
  /** Where siblings of a family differ. */
  detail: readonly UvBox[];
  /** A studio ground: fades into the backdrop. */
  ground: boolean;
};

export const PLAIN: Skin = {
  colour: [0.5, 0.5, 0.5],
  lining: [0.08, 0.08, 0.08],
  art: null,
  rough: 0.8,
  gloss: 0.03,
  metal: false,
  sheen: 0,
  weave: 'smooth',
  repeat: [1, 1],
  depth: 0,
  grime: 0,
  detail: [],
  ground: false,
};
