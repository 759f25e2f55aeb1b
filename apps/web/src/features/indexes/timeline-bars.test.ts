import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barsOf } from './timeline-bars.ts';
import { lanesOf, type Stored, type Switch } from './timeline-lanes.ts';
import { BAR_MIN, timeScale } from './timeline-scale.ts';

const DAY = 86_400_000;
const NOW = 30 * DAY;
const stored = (number: number, at: number, state: Stored['state'] = 'ready'): Stored => ({
  id: `v${number}`,
  number,
  state,
  images: 81,
  createdAt: new Date(at),
  readyAt: state === 'ready' ? new Date(at + 5000) : null,
});
const went = (number: number, at: number): Switch => ({ versionId: `v${number}`, at: new Date(at) });
const drawn = (versions: Stored[], switches: Switch[], live: string | null, [left, right] = [4, 700]) => {
  const lanes = lanesOf(versions, { switches, live, now: NOW });
  const x = timeScale(
    switches.map((each) => each.at.getTime()),
    { start: 0, now: NOW, left: left!, right: right! },
  );
  return lanes.map((lane) => barsOf(lane, x, [left!, right!]));
};
const widths = (bars: { from: number; to: number }[][]) =>
  bars.map((lane) => lane.map(({ from, to }) => Math.round(to - from)));

describe('the bars of the timeline', () => {
  it('show a version that is some seconds old, kept, being built or failed', () => {
    const versions = [
      stored(1, DAY),
      stored(2, NOW - 8000),
      stored(3, NOW - 2000, 'building'),
      stored(4, NOW - 1, 'failed'),
    ];
    const bars = drawn(versions, [went(1, DAY + 6000)], 'v1');
    expect(widths(bars.slice(1))).toEqual([[BAR_MIN], [BAR_MIN], [BAR_MIN]]);
    expect(bars.flat().every((bar) => bar.from >= 4 && bar.to <= 700)).toBe(true);
  });

  it('do not draw as kept what was published as soon as it was ready, but what waited', () => {
    const kinds = (waited: number) =>
      drawn([stored(1, DAY)], [went(1, DAY + 5000 + waited)], 'v1')[0]?.map(({ kind }) => kind);
    expect(kinds(300)).toEqual(['live']);
    expect(kinds(60_000)).toEqual(['kept', 'live']);
  });

  it('are never narrower than 46 px where so many fit, nor do two of a lane overlap', () => {
    const times = fc.uniqueArray(fc.integer({ min: 1, max: 29 * 24 * 60 }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(
        times,
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }),
        (raw, picks) => {
          const minutes = raw.toSorted((a, b) => a - b).map((each) => each * 60_000);
          const versions = [
            stored(1, minutes[0]! - 60_000),
            stored(2, minutes[0]! + 1000),
            stored(3, NOW - 9000),
          ];
          const switches = minutes.map((at, i) => went(i === 0 ? 1 : 1 + (picks[i]! % 2), at));
          const bars = drawn(versions, switches, switches.at(-1)!.versionId, [4, 700]);
          for (const lane of bars) {
            for (const [i, bar] of lane.entries()) {
              expect(bar.to - bar.from).toBeGreaterThanOrEqual(BAR_MIN - 0.01);
              if (i > 0) expect(bar.from).toBeGreaterThanOrEqual(lane[i - 1]!.to - 0.01);
            }
          }
        },
      ),
    );
  });
});
