import type { Lane, SpellKind } from './timeline-lanes.ts';
import { BAR_MIN } from './timeline-scale.ts';

export type Bar = { kind: SpellKind; from: number; to: number };

/** Ready and live in one go: nobody let it wait, so it is not drawn as kept. */
const AT_ONCE_MS = 10_000;

/** The spells that are drawn: a version that was published as soon as it was ready was never kept before. */
export function shownSpells({ spells }: Lane): Lane['spells'] {
  const [first, next] = spells;
  const atOnce = first?.kind === 'kept' && next !== undefined && first.to - first.from < AT_ONCE_MS;
  return atOnce ? spells.slice(1) : spells;
}

/**
 * The bars of a lane, each at least `BAR_MIN` wide where the scale leaves room. Between two switches the scale itself
 * sees to that; what came before the first of them is widened to the left, where its lane is empty, and at the left edge
 * to the right.
 */
export function barsOf(lane: Lane, x: (time: number) => number, edges: [number, number]): Bar[] {
  const [left, right] = edges;
  const bars = shownSpells(lane).map(({ kind, from, to }) => ({ kind, from: x(from), to: x(to) }));
  const [first] = bars;
  if (!first) return bars;
  // What failed is a moment: its bar begins there.
  if (first.kind === 'failed') first.to = Math.max(first.to, Math.min(right, first.from + BAR_MIN));
  first.from = Math.max(left, Math.min(first.from, first.to - BAR_MIN));
  return bars;
}
