import { describe, expect, it } from 'vitest';
import { gateChecks } from './gate-checks.ts';

const side = (p99: number, products: number) => ({
  ms: { p50: 20, p99 },
  gallery: { products, images: products },
});
const sure = { delta: 0.06, lo: 0.03, hi: 0.09 };
const unsure = { delta: -0.05, lo: -0.15, hi: 0.05 };
const lost = { delta: -0.04, lo: -0.06, hi: -0.02 };
const tones = (checks: ReturnType<typeof gateChecks>) => checks.map(({ kind, tone }) => [kind, tone]);

describe('checks before a version is published', () => {
  it('a sure gain without losers is good everywhere', () => {
    const groups = { shoes: { n: 60, r1: sure }, bags: { n: 60, r1: { delta: -0.01, lo: -0.04, hi: 0.02 } } };
    const checks = gateChecks({
      before: side(70, 139),
      after: side(78, 139),
      comparison: { n: 120, r1: sure, groups, categories: {} },
    });
    expect(tones(checks)).toEqual([
      ['gain', 'good'],
      ['groups', 'good'],
      ['speed', 'good'],
      ['goods', 'good'],
    ]);
  });

  it('names a group that surely lost before one that may have lost more', () => {
    const groups = { shoes: { n: 200, r1: lost }, bags: { n: 9, r1: unsure }, hats: { n: 80, r1: sure } };
    const [, group] = gateChecks({
      before: side(70, 9),
      after: side(70, 9),
      comparison: { n: 289, r1: sure, groups, categories: {} },
    });
    expect(group).toMatchObject({ kind: 'group', tone: 'bad', name: 'shoes', n: 200 });
  });

  it('warns of what is not sure, slower or smaller', () => {
    const groups = { shoes: { n: 60, r1: sure }, bags: { n: 60, r1: unsure } };
    const checks = gateChecks({
      before: side(70, 139),
      after: side(90, 137),
      comparison: { n: 120, r1: { delta: 0, lo: -0.01, hi: 0.01 }, groups, categories: {} },
    });
    expect(tones(checks)).toEqual([
      ['gain', 'warn'],
      ['group', 'warn'],
      ['speed', 'warn'],
      ['goods', 'warn'],
    ]);
  });

  it('says nothing of groups of a few photos', () => {
    const groups = {
      shoes: { n: 60, r1: sure },
      hats: { n: 50, r1: sure },
      bags: { n: 1, r1: { delta: -1, lo: -1, hi: 0 } },
    };
    const comparison = { n: 111, r1: sure, groups, categories: {} };
    const [, group] = gateChecks({ before: side(70, 9), after: side(70, 9), comparison });
    expect(group).toEqual({ kind: 'groups', tone: 'good', groups: 2, categories: 0 });
  });

  it('says nothing of groups where there is one, nor of the slowest hundredth of few searches', () => {
    const comparison = { n: 40, r1: lost, groups: { shoes: { n: 40, r1: lost } }, categories: {} };
    const checks = gateChecks({ before: side(70, 9), after: side(700, 9), comparison });
    expect(tones(checks)).toEqual([
      ['gain', 'bad'],
      ['goods', 'good'],
    ]);
  });

  it('looks at categories as at groups', () => {
    const groups = { street: { n: 60, r1: sure }, studio: { n: 60, r1: unsure } };
    const categories = { shoes: { n: 70, r1: sure }, bags: { n: 50, r1: lost } };
    const check = (
      comparison: Pick<Parameters<typeof gateChecks>[0]['comparison'], 'groups' | 'categories'>,
    ) =>
      gateChecks({
        before: side(70, 9),
        after: side(70, 9),
        comparison: { n: 120, r1: sure, ...comparison },
      })[1];
    expect(check({ groups, categories })).toMatchObject({ kind: 'group', tone: 'bad', name: 'bags', n: 50 });
    expect(check({ groups: {}, categories })).toMatchObject({ name: 'bags' });
    const good = { shoes: { n: 60, r1: sure }, bags: { n: 60, r1: sure } };
    const none = { kind: 'groups', tone: 'good' };
    expect(check({ groups: {}, categories: good })).toEqual({ ...none, groups: 0, categories: 2 });
    expect(check({ groups: { a: { n: 120, r1: sure } }, categories: good })).toMatchObject({ groups: 0 });
    expect(check({ groups: good, categories: good }), 'the same, said twice').toEqual({
      ...none,
      groups: 0,
      categories: 2,
    });
  });

  it('calls the same answers the same, and faster what is', () => {
    const same = { delta: 0, lo: 0, hi: 0 };
    const checks = gateChecks({
      before: side(1457, 9),
      after: side(817, 9),
      comparison: { n: 120, r1: same, groups: {}, categories: {} },
    });
    expect(tones(checks)).toEqual([
      ['same', 'warn'],
      ['faster', 'good'],
      ['goods', 'good'],
    ]);
  });
});
