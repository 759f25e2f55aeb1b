import type { Attributes, Point } from '@likeness/contracts/engine';
import type { FieldCondition, Filter } from '@likeness/contracts/filter';

/** What an engine has to answer, computed in the plainest way: the yardstick of the engine contract. */
export type NaivePoint = Point & { vector: Float32Array };
export type NaiveHit = { product: string; id: string; score: number };

/** (1 + cos) / 2 in double precision. */
export function naiveScore(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return (1 + dot / Math.sqrt(aa * bb)) / 2;
}

export function naivePasses(filter: Filter, attributes: Attributes): boolean {
  if ('and' in filter) return (filter.and as Filter[]).every((each) => naivePasses(each, attributes));
  if ('or' in filter) return (filter.or as Filter[]).some((each) => naivePasses(each, attributes));
  if ('not' in filter) return !naivePasses(filter.not as Filter, attributes);
  return Object.entries(filter as Record<string, FieldCondition>).every(([field, condition]) => {
    const held = attributes[field];
    if (held === null || held === undefined) return false;
    const values = Array.isArray(held) ? held : [held];
    if (typeof condition !== 'object') return values.includes(condition as never);
    if ('in' in condition) return condition.in.some((each) => values.includes(each as never));
    if (typeof held !== 'number') return false;
    return (
      held >= (condition.gte ?? Number.NEGATIVE_INFINITY) &&
      held <= (condition.lte ?? Number.POSITIVE_INFINITY)
    );
  });
}

/** Every product's best passing image, best product first. */
export function naiveSearch(
  points: Iterable<NaivePoint>,
  query: { vector: Float32Array; filter?: Filter | null; masked?: (point: NaivePoint) => boolean },
): NaiveHit[] {
  const best = new Map<string, NaiveHit>();
  for (const point of points) {
    if (query.masked?.(point) || (query.filter && !naivePasses(query.filter, point.attributes))) continue;
    const score = naiveScore(query.vector, point.vector);
    const held = best.get(point.product);
    if (!held || score > held.score) best.set(point.product, { product: point.product, id: point.id, score });
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}
