/** What shares are written with; `useFormatter()` and `getFormatter()` of next-intl both are one. */
type Numbers = { number(value: number, options?: Intl.NumberFormatOptions): string };
/** "9 of 12" in the reader's language. */
type CountOf = (values: { count: string; n: string }) => string;
/** A share of `n` things, with its 95 % interval where one was measured. */
export type Measured = { share: number; n: number; ci?: readonly [number, number] | undefined };

/** Before per cent and units, so that a line never breaks between a number and what it counts. */
export const THIN = '\u202f';
/** Below this many, per cent says more than it knows. */
export const COUNTED_BELOW = 30;
const TENTHS_FROM = 200;

/** Tenths of a per cent are only shown where so many things were measured that they mean something. */
const digitsFor = (n: number): 0 | 1 => (n >= TENTHS_FROM ? 1 : 0);

/** A share as "64.7", without its sign. */
export function percentNumber(format: Numbers, share: number, n: number): string {
  const digits = digitsFor(n);
  return format.number(share * 100, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Half an interval as "± 3.8", in the digits of its share. */
export function plusMinus(format: Numbers, { share, n, ci }: Measured): string | null {
  if (!ci) return null;
  const [lo, hi] = unsureAtEnds({ share, n, ci });
  // At 0 and at 1 an interval has one side only: that side is how sure it is.
  const half = share === 0 || share === 1 ? Math.max(hi - share, share - lo) : (hi - lo) / 2;
  return `±${THIN}${percentNumber(format, half, n)}`;
}

/**
 * The interval of a share. Where all photos were hits, or none, every sample of a bootstrap is the same and its interval
 * is a point, though some dozen photos are no certainty: Wilson's interval stands in for it.
 */
export function unsureAtEnds({
  share,
  n,
  ci,
}: Omit<Measured, 'ci'> & { ci: readonly [number, number] }): readonly [number, number] {
  return n > 0 && ci[0] === ci[1] && (share === 0 || share === 1) ? wilson(share, n) : ci;
}

/** "64.7 %", "17 %", or "9 of 12" where fewer than 30 were measured. */
export function shareText(format: Numbers, countOf: CountOf, { share, n }: Measured): string {
  if (n < COUNTED_BELOW) return countOf({ count: format.number(Math.round(share * n)), n: format.number(n) });
  return `${percentNumber(format, share, n)}${THIN}%`;
}

/** As `shareText`, with how sure it is: "64.7 % ± 3.8". */
export function measuredText(format: Numbers, countOf: CountOf, measured: Measured): string {
  const text = shareText(format, countOf, measured);
  const half = measured.n < COUNTED_BELOW ? null : plusMinus(format, measured);
  return half ? `${text} ${half}` : text;
}

/** A difference of two shares of the same `n`, in points ("+6.4", "−2") or, below 30, in things counted ("+3"). */
export function differenceText(format: Numbers, delta: number, n: number): string {
  const few = n < COUNTED_BELOW;
  const size = few ? Math.round(Math.abs(delta) * n) : Math.abs(delta);
  const text = few ? format.number(size) : percentNumber(format, size, n);
  const isZero = few ? size === 0 : Number.parseFloat((size * 100).toFixed(digitsFor(n))) === 0;
  return `${isZero ? '' : delta > 0 ? '+' : '−'}${text}`;
}

/** The Wilson interval of a single share, 95 %. */
export function wilson(share: number, n: number): [number, number] {
  const z = 1.96;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
