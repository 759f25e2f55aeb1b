import type { Index } from 'usearch';
import { type Bitmap, hasBit } from '../collections/bitmap.ts';
import type { Attached } from './attached.ts';
import { BestPerProduct, type Scored } from './collapse.ts';
import { choosePlan, firstAsk, type Plan } from './plan.ts';

export type SearchTask = {
  query: Float32Array;
  /** Products wanted, offset included. */
  want: number;
  size: number;
  /** State of the collection that the search sees. */
  version: number;
  /** Ordinals that the filter lets pass, and how many; null without a filter. */
  filter: { bits: Bitmap; count: number } | null;
  masked: number[];
  strategy: 'auto' | 'exact' | 'overfetch';
  /** Least beam width of HNSW. */
  ef: number;
};

export type SearchOutcome = { hits: Scored[]; plan: Plan };

/** Best image of each of the `want` nearest products, by cosine. Exact unless the plan is HNSW. */
export function runSearch(attached: Attached, index: Index | null, task: SearchTask): SearchOutcome {
  attached.loadQuery(task.query);
  const { indexed, dims } = attached.state;
  const passing = task.filter?.count ?? task.size;
  const share = task.filter ? Math.max(passing, 1) / Math.max(task.size, 1) : 1;
  const ask = firstAsk({ want: task.want, share, ef: task.ef, indexed });
  const plan = choosePlan({
    strategy: task.strategy,
    filtered: task.filter !== null,
    passing,
    indexed: index ? indexed : 0,
    dims,
    ask,
  });
  if (plan === 'exact' || !index) return { hits: exact(attached, task), plan: 'exact' };
  const hits = approximate(attached, index, { task, ask });
  return hits ? { hits, plan } : { hits: exact(attached, task), plan: 'exact' };
}

function exact(attached: Attached, task: SearchTask): Scored[] {
  const best = new BestPerProduct(attached.state.productOf, task.want);
  const masked = new Set(task.masked);
  const offer = (ordinal: number, cosine: number): void => {
    if (cosine >= best.floor && attached.livedAt(ordinal, task.version) && !masked.has(ordinal))
      best.offer(ordinal, cosine);
  };
  if (task.filter) attached.scanBits(task.filter.bits, task.size, offer);
  else attached.scanRange(0, task.size, offer);
  return best.top();
}

/**
 * HNSW over the sealed points, asked for more and more neighbours until enough distinct products pass, then
 * rescored exactly, joined with an exact scan of the delta. Null when it would have to ask for too many.
 */
function approximate(
  attached: Attached,
  index: Index,
  { task, ask: first }: { task: SearchTask; ask: number },
): Scored[] | null {
  const { indexed } = attached.state;
  const masked = new Set(task.masked);
  const passes = (ordinal: number): boolean =>
    attached.livedAt(ordinal, task.version) &&
    !masked.has(ordinal) &&
    (!task.filter || hasBit(task.filter.bits, ordinal));
  let ask = first;
  for (;;) {
    if (ask > indexed / 3) return null;
    const { keys } = index.search(task.query, ask, 1);
    const ordinals = Array.from(keys, Number).filter(passes);
    const best = new BestPerProduct(attached.state.productOf, task.want);
    attached.scanOrdinals(ordinals, (ordinal, cosine) => best.offer(ordinal, cosine));
    if (best.products >= task.want) {
      scanDelta(attached, task, (ordinal, cosine) => passes(ordinal) && best.offer(ordinal, cosine));
      return best.top();
    }
    ask *= 4;
  }
}

function scanDelta(
  attached: Attached,
  task: SearchTask,
  visit: (ordinal: number, cosine: number) => void,
): void {
  const { indexed } = attached.state;
  if (task.size > indexed) attached.scanRange(indexed, task.size - indexed, visit);
}
