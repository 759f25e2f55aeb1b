import { alike, PALETTE } from '../colour.ts';
import { Random } from '../random.ts';
import { labelPattern, patternsOf } from './drawn.ts';
import { BRANDS, GROCERIES, KIND_NAMES, type Kind, type Pattern } from './kinds.ts';

/** Indices into the palette. */
export type Colours = { main: number; second: number; accent: number };
export type Variant = { variantId: string; colours: Colours };

/** Everything that makes one product look as it does. Siblings of a family differ in `detail` alone, variants in colours. */
export type ProductSpec = {
  index: number;
  productId: string;
  family: number;
  kind: Kind;
  style: number;
  pattern: Pattern;
  /** Proportions, each 0..1. */
  shape: readonly [number, number, number, number];
  brand: number;
  emblem: number;
  /** The sibling's one detail: which of the kind's `DETAILS` forms. */
  detail: number;
  variants: readonly [Variant, ...Variant[]];
};

export const DETAILS = 6;
/** Sizes of the families, in turn: most products have a sibling or two. */
const FAMILIES = [2, 1, 3, 1, 2, 1] as const;
const ROUND = FAMILIES.reduce((sum, size) => sum + size, 0);

/** Family and place in it of the i-th product. */
export function placeInFamily(index: number): { family: number; member: number } {
  let rest = index % ROUND;
  let family = Math.floor(index / ROUND) * FAMILIES.length;
  for (const size of FAMILIES) {
    if (rest < size) break;
    rest -= size;
    family += 1;
  }
  return { family, member: rest };
}

/** The i-th product of a seed, whatever was made before it. */
export function specOf(seed: number, index: number): ProductSpec {
  const { family, member } = placeInFamily(index);
  const r = new Random('family', seed, family);
  const kind = KIND_NAMES[family % KIND_NAMES.length] as Kind;
  const style = r.int(3);
  const productId = `LK-${seed}-${String(index + 1).padStart(5, '0')}`;
  const shape = [r.next(), r.next(), r.next(), r.next()] as const;
  const woven = r.chance(0.4) ? 'plain' : r.pick(patternsOf(kind, style));
  const [brand, emblem, first] = [r.int(BRANDS.length), r.int(12), r.int(DETAILS)];
  const pattern = GROCERIES.includes(kind) ? labelPattern(emblem) : woven;
  const colourings = 1 + (GROCERIES.includes(kind) ? 0 : r.pick([0, 0, 1, 2]));
  const taken: number[] = [];
  const variants = Array.from({ length: colourings }, (_, which): Variant => {
    let main = r.int(PALETTE.length);
    while (taken.some((other) => alike(main, other))) main = (main + 1) % PALETTE.length;
    taken.push(main);
    const second = (main + 1 + r.int(PALETTE.length - 1)) % PALETTE.length;
    return {
      variantId: `${productId}-${which + 1}`,
      colours: { main, second, accent: (main + 3 + r.int(PALETTE.length - 5)) % PALETTE.length },
    };
  });
  return {
    index,
    productId,
    family,
    kind,
    style,
    pattern,
    shape,
    brand,
    emblem,
    detail: (first + member) % DETAILS,
    variants: variants as [Variant, ...Variant[]],
  };
}
