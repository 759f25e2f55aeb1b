import { Random } from '../random.ts';
import type { Settled } from './options.ts';

/** Share of a day's searches in each hour (UTC): a quiet night, lunch, and the sofa in the evening. */
const HOURS = [
  10, 6, 4, 3, 3, 5, 12, 24, 34, 40, 44, 50, 62, 56, 46, 42, 44, 52, 64, 80, 94, 90, 60, 28,
] as const;
const WEEKEND = 1.25;

/** Moments of all searches in order, in ms since the start: as many as told, spread by hour of the day and weekday. */
export function* searchTimes(options: Settled): Generator<number> {
  const searches = options.shoppers * options.searchesEach;
  const weights = Array.from({ length: options.days * 24 }, (_, hour) => {
    const day = new Date(options.start.getTime() + hour * 3_600_000).getUTCDay();
    return (HOURS[hour % 24] as number) * (day === 0 || day === 6 ? WEEKEND : 1);
  });
  const all = weights.reduce((sum, each) => sum + each, 0);
  let [sum, given] = [0, 0];
  for (const [hour, weight] of weights.entries()) {
    sum += weight;
    const due = hour === weights.length - 1 ? searches : Math.floor((searches * sum) / all);
    const r = new Random('times', options.seed, hour);
    const moments = Array.from({ length: due - given }, () => Math.floor((hour + r.next()) * 3_600_000));
    given = due;
    yield* moments.sort((a, b) => a - b);
  }
}
