/** A spell narrower than this could not be seen, nor named. */
export const BAR_MIN = 46;
type Range = { start: number; now: number; left: number; right: number };

/**
 * Time to pixels. Even where there is room; where switches follow each other too closely to be seen, the stretch
 * between two of them is widened to `BAR_MIN`, as is the one before the first, and the long ones give way. It never runs backwards, so a version that
 * was superseded always ends where the next one begins.
 */
export function timeScale(marks: readonly number[], range: Range): (time: number) => number {
  const { start, now, left, right } = range;
  const inside = [...new Set(marks)].filter((at) => at > start && at < now).toSorted((a, b) => a - b);
  const points = [start, ...inside, now];
  const spans = points.slice(1).map((at, i) => at - points[i]!);
  const widths = widthsOf(spans, right - left);
  const xs = [left];
  for (const width of widths) xs.push(xs.at(-1)! + width);
  return (time) => {
    const at = Math.min(now, Math.max(start, time));
    const i = Math.max(
      0,
      points.findLastIndex((point, k) => point <= at && k < spans.length),
    );
    const share = spans[i]! > 0 ? (at - points[i]!) / spans[i]! : 0;
    return xs[i]! + share * widths[i]!;
  };
}

/** Widths in proportion to the spans, each at least `BAR_MIN` (all alike where so many do not fit). */
function widthsOf(spans: readonly number[], total: number): number[] {
  const least = Math.min(BAR_MIN, total / spans.length);
  const fixed = new Set<number>();
  for (;;) {
    const room = total - fixed.size * least;
    const sum = spans.reduce((all, span, i) => (fixed.has(i) ? all : all + span), 0);
    const widths = spans.map((span, i) => (fixed.has(i) ? least : sum > 0 ? (span / sum) * room : 0));
    const narrow = widths.findIndex((width, i) => !fixed.has(i) && width < least - 1e-9);
    if (narrow < 0) return widths;
    fixed.add(narrow);
  }
}

/** Of the wanted ticks those that have `gap` pixels to the one before. */
export function spacedTicks(ticks: readonly Date[], x: (time: number) => number, gap: number): Date[] {
  let last = Number.NEGATIVE_INFINITY;
  return ticks.filter((tick) => {
    const at = x(tick.getTime());
    if (at - last < gap) return false;
    last = at;
    return true;
  });
}

/** About how wide 12 px text is drawn; enough to know whether it fits. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, char) => sum + (char.codePointAt(0)! > 0x2e80 ? 12 : 6.8), 0);
}
