import type { Random } from '../random.ts';
import { normal } from './normal.ts';
import { closeness, NEAREST, type Wares } from './wares.ts';

/** How a shown product relates to the wanted one: the truth behind a click. */
export type Relation = 'same' | 'sibling' | 'alike' | 'kind' | 'other';
export const RELATIONS: readonly Relation[] = ['same', 'sibling', 'alike', 'kind', 'other'];
/** From here on two colours pass for the same look. */
const ALIKE = 0.5;

export function relationOf(wares: Wares, wanted: number, shown: number): Relation {
  if (wanted === shown) return 'same';
  if (wares.siblings(wanted, shown)) return 'sibling';
  if (wares.kind[wanted] !== wares.kind[shown]) return 'other';
  return closeness(wares.colour[wanted]!, wares.colour[shown]!) >= ALIKE ? 'alike' : 'kind';
}

/**
 * What an encoder would say, from the parameters of the pictures: 1 for the same product, 0.94 for a sibling, else
 * 0.4 for the same kind + 0.12 its cut + 0.25 × nearness of colour + 0.08 pattern + 0.03 brand.
 */
export function similarity(wares: Wares, a: number, b: number): number {
  const relation = relationOf(wares, a, b);
  if (relation === 'same') return 1;
  if (relation === 'sibling') return 0.94;
  const kind = wares.kind[a] === wares.kind[b];
  return (
    (kind ? 0.4 : 0) +
    (kind && wares.style[a] === wares.style[b] ? 0.12 : 0) +
    0.25 * closeness(wares.colour[a]!, wares.colour[b]!) +
    (wares.pattern[a] === wares.pattern[b] ? 0.08 : 0) +
    (wares.brand[a] === wares.brand[b] ? 0.03 : 0)
  );
}

/**
 * The answer to a search: products on sale by similarity + noise × N(0, 1) + what else counts. All products of a small shop compete; of
 * a large one those that could win (family, same kind in near colours) and a random rest, so that the time of a
 * search does not grow with the shop.
 */
export function rank(
  wares: Wares,
  search: {
    wanted: number;
    hour: number;
    results: number;
    noise: number;
    extra: (product: number) => number;
    r: Random;
  },
): number[] {
  const { wanted, hour, results, noise, extra, r } = search;
  const scored: { product: number; score: number }[] = [];
  for (const product of candidates(wares, wanted, r, results))
    if (wares.arrival[product]! <= hour)
      scored.push({
        product,
        score: similarity(wares, wanted, product) + noise * normal(r) + extra(product),
      });
  scored.sort((a, b) => b.score - a.score || a.product - b.product);
  return scored.slice(0, results).map(({ product }) => product);
}

function candidates(wares: Wares, wanted: number, r: Random, results: number): Iterable<number> {
  if (wares.count <= 12 * results) return new Array(wares.count).keys();
  const found = new Set(wares.family(wanted));
  const kind = wares.kind[wanted]!;
  const add = (product: number | null): unknown => product !== null && found.add(product);
  for (const colour of NEAREST[wares.colour[wanted]!]!.slice(0, 4))
    for (let i = 0; i < results; i++) add(wares.pick(r, kind, colour));
  for (let i = 0; i < 2 * results; i++) add(wares.pick(r, kind));
  for (let i = 0; i < 2 * results; i++) add(r.int(wares.count));
  return found;
}
