import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lanesOf, lastOf, type Stored, type Switch } from './timeline-lanes.ts';
import { BAR_MIN, spacedTicks, timeScale } from './timeline-scale.ts';

const stored = (number: number, at: number, state: Stored['state'] = 'ready'): Stored => ({
  id: `v${number}`,
  number,
  state,
  images: 81,
  createdAt: new Date(at),
  readyAt: state === 'ready' ? new Date(at + 5) : null,
});
const went = (number: number, at: number): Switch => ({ versionId: `v${number}`, at: new Date(at) });
const spells = (versions: Stored[], switches: Switch[], live: string | null) =>
  lanesOf(versions, { switches, live, now: 1000 }).map((lane) =>
    lane.spells.map(({ kind, from, to }) => `${kind} ${from}-${to}`),
  );

describe('the lanes of the timeline', () => {
  it('end a live spell where the next version went live, and keep the old one after it', () => {
    expect(spells([stored(1, 100), stored(2, 300)], [went(1, 110), went(2, 400)], 'v2')).toEqual([
      ['kept 105-110', 'was 110-400', 'kept 400-1000'],
      ['kept 305-400', 'live 400-1000'],
    ]);
  });

  it('show a version that was rolled back to as live again', () => {
    const switches = [went(1, 110), went(2, 400), went(1, 500)];
    expect(spells([stored(1, 100), stored(2, 300)], switches, 'v1')).toEqual([
      ['kept 105-110', 'was 110-400', 'kept 400-500', 'live 500-1000'],
      ['kept 305-400', 'was 400-500', 'kept 500-1000'],
    ]);
  });

  it('mark a version that was rolled back until it goes live again, and no other', () => {
    const back = (number: number, at: number): Switch => ({ ...went(number, at), act: 'back' });
    const versions = [stored(1, 100), stored(2, 300)];
    expect(spells(versions, [went(1, 110), went(2, 400), back(1, 500)], 'v1')).toEqual([
      ['kept 105-110', 'was 110-400', 'kept 400-500', 'live 500-1000'],
      ['kept 305-400', 'was 400-500', 'back 500-1000'],
    ]);
    const undone = [went(1, 110), went(2, 400), back(1, 500), went(2, 600)];
    expect(spells(versions, undone, 'v2')[1]).toEqual([
      'kept 305-400',
      'was 400-500',
      'back 500-600',
      'live 600-1000',
    ]);
    const history = { switches: undone.slice(0, 3), live: 'v1', now: 1000 };
    expect([stored(1, 100), stored(2, 300), stored(3, 600)].map((each) => lastOf(each, history))).toEqual([
      'was',
      'back',
      'kept',
    ]);
  });

  it('know the live version also where the log does not, and nothing live where nothing is', () => {
    expect(spells([stored(1, 100)], [], 'v1')).toEqual([['live 105-1000']]);
    expect(spells([stored(1, 100)], [], null)).toEqual([['kept 105-1000']]);
  });

  it('keep nothing of a version that is being built, failed or was retired', () => {
    const versions = [stored(1, 100, 'retired'), stored(2, 300, 'failed'), stored(3, 700, 'building')];
    expect(spells(versions, [went(1, 110), went(9, 200)], null)).toEqual([
      ['kept 100-110', 'was 110-200'],
      ['failed 300-300'],
      ['building 700-1000'],
    ]);
  });

  it('never say that two versions were live at once', () => {
    const turns = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 999 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(turns, (raw) => {
        const switches = raw.toSorted((a, b) => a[1] - b[1]).map(([number, at]) => went(number, at));
        const versions = [1, 2, 3, 4].map((number) => stored(number, 0));
        const lanes = lanesOf(versions, { switches, live: switches.at(-1)!.versionId, now: 1000 });
        const live = lanes
          .flatMap((lane) => lane.spells)
          .filter(({ kind, from, to }) => (kind === 'was' || kind === 'live') && to > from)
          .toSorted((a, b) => a.from - b.from);
        live.slice(1).forEach((spell, i) => {
          expect(spell.from).toBeGreaterThanOrEqual(live[i]!.to);
        });
      }),
    );
  });
});

describe('the scale of the timeline', () => {
  const range = { start: 0, now: 1000, left: 8, right: 1008 };

  it('is even where there is room', () => {
    const x = timeScale([100, 500], range);
    expect([0, 100, 250, 500, 1000].map(x)).toEqual([8, 108, 258, 508, 1008]);
  });

  it('gives two switches in one moment room to be seen', () => {
    const x = timeScale([500, 501, 502], range);
    expect(x(501) - x(500)).toBeCloseTo(BAR_MIN);
    expect(x(502) - x(501)).toBeCloseTo(BAR_MIN);
    expect(x(1000)).toBeCloseTo(1008);
  });

  it('never runs backwards nor leaves its range', () => {
    const times = fc.array(fc.integer({ min: -100, max: 1100 }), { maxLength: 40 });
    fc.assert(
      fc.property(times, times, (marks, asked) => {
        const x = timeScale(marks, range);
        const xs = asked.toSorted((a, b) => a - b).map(x);
        for (const [i, at] of xs.entries()) {
          expect(at).toBeGreaterThanOrEqual((xs[i - 1] ?? 8) - 1e-6);
          expect(at).toBeLessThanOrEqual(1008 + 1e-6);
        }
      }),
    );
  });

  it('leaves out ticks whose words would touch', () => {
    const ticks = [0, 10, 400, 700, 720].map((at) => new Date(at));
    expect(spacedTicks(ticks, timeScale([], range), 60).map(Number)).toEqual([0, 400, 700]);
  });
});
