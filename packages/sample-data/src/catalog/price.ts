import { GROCERIES, KINDS } from './kinds.ts';
import type { ProductSpec } from './product-spec.ts';

/** How dear a maker is, 0..1, in the order of `BRANDS`. */
const STANDING = [0.35, 0.5, 0.9, 0.2, 0.3, 1, 0.6, 0.75, 0.1, 0.4] as const;
/** How dear a cut is among those of its kind, 0..1: by work and material. */
const CUT = {
  sneaker: [0.6, 0.8, 0.3],
  boot: [0.4, 0.7, 0.8],
  shirt: [0.1, 0.5, 0.9],
  coat: [0.6, 0.4, 0.9],
  trousers: [0.6, 0.8, 0.2],
  dress: [0.4, 0.5, 0.9],
  hat: [0.3, 0.2, 0.9],
  bag: [0.2, 0.8, 0.6],
  watch: [0.2, 0.6, 0.9],
  carton: [0.7, 0.3, 0.5],
  bottle: [0.2, 1, 0.4],
  can: [0.1, 0.3, 0.9],
  pouch: [0.2, 0.4, 0.9],
} as const;
/** What packages hold, g or ml. */
const CONTENTS = [150, 200, 250, 330, 500, 750] as const;

/** What a package holds, g or ml, as printed on it. */
export const contentsOf = ({ family }: Pick<ProductSpec, 'family'>): number =>
  CONTENTS[family % CONTENTS.length] ?? CONTENTS[0];

/** Leather, metal and other better materials and fittings, as the kind's builder chooses them; 0..1. */
function materialOf({ kind, shape, emblem, pattern }: ProductSpec): number {
  if (kind === 'sneaker' || kind === 'bag' || kind === 'boot') return shape[3] > 0.45 ? 0.9 : 0.3;
  if (kind === 'watch') return (emblem % 3 === 0 ? 0.6 : 0.1) + (shape[3] > 0.6 ? 0.4 : 0);
  return pattern === 'plain' ? 0.3 : 0.7;
}

/**
 * Price in the range of the kind, from maker (0.4), cut (0.25), material (0.2) and size (0.15; what a package holds
 * counts 0.35 in place of material and size). Siblings cost the same: a mark or a flavour is no reason for a price.
 */
export function priceOf(spec: ProductSpec): number {
  const { kind, style, shape, brand } = spec;
  const [low, high] = KINDS[kind].price;
  const rest = GROCERIES.includes(kind)
    ? 0.35 * ((contentsOf(spec) - 150) / 600)
    : 0.2 * materialOf(spec) + 0.15 * shape[0];
  const dear = 0.4 * (STANDING[brand] ?? 0.5) + 0.25 * (CUT[kind][style] ?? 0.5) + rest;
  return Math.max(0.5, Math.round(low + dear * (high - low)) - 0.05);
}
