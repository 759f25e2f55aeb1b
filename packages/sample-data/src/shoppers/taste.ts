import { BRANDS, KIND_NAMES, PATTERNS } from '../catalog/kinds.ts';
import { PALETTE } from '../colour.ts';
import { Random } from '../random.ts';
import { normal } from './normal.ts';
import type { Wares } from './wares.ts';

/** What a shopper likes; nobody but a test or a trainer's examiner may look. Weights are log-odds. */
export type Taste = {
  shopper: number;
  colour: readonly number[];
  pattern: readonly number[];
  brand: readonly number[];
  /** Log-odds lost from the middle of a kind's prices to its dear end. */
  price: number;
  /** How often each kind is what the shopper looks for, sums to 1. */
  kinds: readonly number[];
};

const LOVED = 2;
const DISLIKED = -2;

/** The n-th shopper of a seed, whatever was asked before. Two colours are loved and two disliked, three kinds are bought most. */
export function tasteOf(seed: number, shopper: number): Taste {
  const r = new Random('shopper', seed, shopper);
  const around = (length: number, spread: number): number[] =>
    Array.from({ length }, () => spread * normal(r));
  const colour = around(PALETTE.length, 0.3);
  const marked = new Set<number>();
  while (marked.size < 4) marked.add(r.int(PALETTE.length));
  for (const [i, which] of [...marked].entries()) colour[which] = i < 2 ? LOVED : DISLIKED;
  const wants = KIND_NAMES.map(() => 0.3 + 0.4 * r.next());
  for (let i = 0; i < 3; i++) wants[r.int(wants.length)]! += 2;
  const all = wants.reduce((sum, each) => sum + each, 0);
  return {
    shopper,
    colour,
    pattern: around(PATTERNS.length, 0.5),
    brand: around(BRANDS.length, 0.5),
    price: Math.abs(0.8 * normal(r)),
    kinds: wants.map((each) => each / all),
  };
}

/** Utility u = colour + pattern + brand − price × dearness, in log-odds. */
export const utility = (taste: Taste, wares: Wares, product: number): number =>
  (taste.colour[wares.colour[product]!] ?? 0) +
  (taste.pattern[wares.pattern[product]!] ?? 0) +
  (taste.brand[wares.brand[product]!] ?? 0) -
  taste.price * wares.dear[product]!;

/** How much a shopper likes a product's looks and price, 0..1: σ(u). */
export const liking = (taste: Taste, wares: Wares, product: number): number =>
  1 / (1 + Math.exp(-utility(taste, wares, product)));
