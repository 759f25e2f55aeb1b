export type Weights = { centre: number; score: number; area: number };
export const PARTS = ['centre', 'score', 'area'] as const;
export type Part = (typeof PARTS)[number];

export const sameWeights = (a: Weights, b: Weights): boolean => PARTS.every((part) => a[part] === b[part]);

/** One weight set, the two others scaled so that all add up to exactly 1: counted in hundredths, which are whole. */
export function balanced(weights: Weights, part: Part, value: number): Weights {
  const [first, second] = PARTS.filter((each) => each !== part) as [Part, Part];
  const rest = weights[first] + weights[second];
  const set = Math.min(100, Math.max(0, Math.round(value * 100)));
  const share = rest > 0 ? weights[first] / rest : 0.5;
  const one = Math.round((100 - set) * share);
  return { ...weights, [part]: set / 100, [first]: one / 100, [second]: (100 - set - one) / 100 };
}

const STEP = 0.05;
const FINE_STEP = 0.01;
const DIRECTIONS: Record<string, number> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/** Where an arrow leads from here: steps of 0.05, with Shift of 0.01. null for every other key. */
export function stepped(value: number, key: string, shift: boolean): number | null {
  const direction = DIRECTIONS[key];
  if (!direction) return null;
  return Math.min(1, Math.max(0, value + direction * (shift ? FINE_STEP : STEP)));
}
