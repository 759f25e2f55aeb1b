import type { Point } from '@likeness/contracts/engine';
import type { Filter } from '@likeness/contracts/filter';
import { seededRandom } from '../evaluation/random.ts';
import type { NaivePoint } from './naive-engine.ts';

export const COLOURS = ['red', 'green', 'blue', 'black'];
export const TAGS = ['new', 'sale', 'eco'];

export function unitVector(dims: number, random: () => number): Float32Array {
  const vector = Float32Array.from({ length: dims }, () => random() + random() + random() - 1.5);
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

/** Points of products with one to four images, attributes of every kind, some of them absent. */
export function makePoints(shape: { count: number; dims: number; seed: number }): NaivePoint[] {
  const random = seededRandom(shape.seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  let product = 0;
  return Array.from({ length: shape.count }, (_, i) => {
    if (random() < 0.4) product += 1;
    return {
      id: `img_${shape.seed}_${i}`,
      product: `prd_${product}`,
      hash: `hash${Math.floor(i / 2)}`,
      attributes: {
        category: pick(['shoes', 'bags', 'hats']),
        price: Math.round(random() * 100),
        ...(random() < 0.8 ? { colour: pick(COLOURS) } : {}),
        ...(random() < 0.5 ? { inStock: random() < 0.5 } : {}),
        ...(random() < 0.5 ? { tags: TAGS.filter(() => random() < 0.5) } : { tags: null }),
      },
      vector: unitVector(shape.dims, random),
    };
  });
}

/** A random filter of at most `depth` levels. */
export function makeFilter(random: () => number, depth: number): Filter {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const leaf = (): Filter =>
    pick<() => Filter>([
      () => ({ category: pick(['shoes', 'bags', 'hats', 'none']) }),
      () => ({ colour: { in: [pick(COLOURS), pick(COLOURS)] } }),
      () => ({ price: { gte: Math.round(random() * 60) } }),
      () => ({ price: { gte: 10, lte: Math.round(20 + random() * 80) }, category: pick(['shoes', 'bags']) }),
      () => ({ inStock: random() < 0.5 }),
      () => ({ tags: pick(TAGS) }),
      () => ({ unknown: 'x' }),
    ])();
  if (depth <= 1 || random() < 0.3) return leaf();
  const inner = (): Filter => makeFilter(random, depth - 1);
  return pick<() => Filter>([
    () => ({ and: [inner(), inner()] }),
    () => ({ or: [inner(), inner(), inner()] }),
    () => ({ not: inner() }),
  ])();
}

/** The form that `upsert` takes. */
export function toBatch(points: readonly NaivePoint[], dims: number) {
  const vectors = new Float32Array(points.length * dims);
  points.forEach((point, i) => {
    vectors.set(point.vector, i * dims);
  });
  const plain = points.map(({ id, product, hash, attributes }): Point => ({ id, product, hash, attributes }));
  return { dims, points: plain, vectors };
}
