/** The next of 1, 1.2, 1.6, 2, 3, 4 … above a number: the highest bar fills most of the chart, and half is a round figure too. */
export function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const steps = value < 10 ? [1, 2, 4, 6, 8, 10] : [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10];
  return Math.round((steps.find((each) => each * power >= value) ?? 10) * power);
}
