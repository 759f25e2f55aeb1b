/** An evaluation as far as its name needs it. */
export type Side = { version: string; crop: string; at: Date };
type Words = {
  crop(crop: string): string;
  day(at: Date): string;
  time(at: Date, precision: 'minute' | 'second'): string;
};

/**
 * What two evaluations side by side are called: the version, then only what tells them apart, which is the box way, or
 * the time where that is the same too. Each name in its parts, so that a narrow place can break between them.
 */
export function sideNames(sides: readonly Side[], words: Words): string[][] {
  const differs = (of: (side: Side) => string): boolean => new Set(sides.map(of)).size > 1;
  const byCrop = differs((side) => side.crop);
  const byTime = sides.length > 1 && !byCrop && !differs((side) => side.version);
  const byDay = byTime && differs((side) => words.day(side.at));
  const precision = byDay || differs((side) => words.time(side.at, 'minute')) ? 'minute' : 'second';
  return sides.map(({ version, crop, at }) => [
    version,
    ...(byCrop ? [words.crop(crop)] : []),
    ...(byDay ? [words.day(at)] : []),
    ...(byTime ? [words.time(at, precision)] : []),
  ]);
}

/** A name in one line. */
export const written = (parts: readonly string[]): string => parts.join(' · ');
