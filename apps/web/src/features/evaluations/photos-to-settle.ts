/** Of fewer photos no interval says how wide it would be with more. */
const GUESSED_FROM = 10;
/** More than this nobody collects to see so small a difference. */
const WORTH = 20_000;

/**
 * How many more photos would make a difference sure, if it stays what it is: an interval narrows with the root of their
 * number. Rounded to two digits; null where that cannot be said, or would be too many.
 */
export function photosToSettle(
  { delta, lo, hi }: { delta: number; lo: number; hi: number },
  n: number,
): number | null {
  const half = delta > 0 ? delta - lo : hi - delta;
  if (n < GUESSED_FROM || delta === 0 || half <= 0) return null;
  const more = n * (half / Math.abs(delta)) ** 2 - n;
  const unit = 10 ** Math.max(1, Math.floor(Math.log10(Math.max(1, more))) - 1);
  const rounded = Math.max(unit, Math.ceil(more / unit) * unit);
  return rounded > WORTH ? null : rounded;
}
