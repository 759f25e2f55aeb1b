/** One measured case against what it may take at most; ratio 1 and more passes. */
export type Part = {
  name: string;
  unit: string;
  ours: number;
  peer: number;
  limit: number;
  ratio: number;
  [more: string]: string | number;
};

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

export function atMost(
  what: { name: string; unit: string; ours: number; most: number },
  more: Record<string, string | number> = {},
): Part {
  const { name, unit, ours, most } = what;
  return { name, unit, ours: rounded(ours), peer: most, limit: 1, ratio: rounded(most / ours), ...more };
}

/** The limits are for two cores, so a larger machine does not use more unless told to. */
export const THREADS = Number(process.env.BENCH_THREADS ?? 2);
