type Difference = { delta: number; lo: number; hi: number };
export type Verdict = 'same' | 'better' | 'worse' | 'unsure';

/** What a difference with its 95 % interval says; `same`: no photo counted differently. */
export function verdictOf({ delta, lo, hi }: Difference): Verdict {
  if (delta === 0 && lo === 0 && hi === 0) return 'same';
  if (lo > 0) return 'better';
  return hi < 0 ? 'worse' : 'unsure';
}
