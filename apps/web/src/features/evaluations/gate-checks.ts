import type { EvaluationResult } from '@likeness/contracts/evaluation';
import type { ComparisonView } from '@likeness/core/evaluation/compare-evaluations';
import { isSameParting } from './parts.ts';
import { type Verdict, verdictOf } from './verdict.ts';

type Comparison = ComparisonView['comparison'];
type Difference = Comparison['r1'];
type Tone = 'good' | 'warn' | 'bad';
export type GateCheck = { tone: Tone } & (
  | { kind: 'gain' | 'same'; difference: Difference; n: number }
  | { kind: 'group'; name: string; difference: Difference; n: number }
  | { kind: 'groups'; groups: number; categories: number }
  | { kind: 'speed' | 'faster'; now: number; was: number }
  | { kind: 'goods'; now: number; was: number }
);

const TONE_OF: Readonly<Record<Verdict, Tone>> = {
  better: 'good',
  worse: 'bad',
  same: 'warn',
  unsure: 'warn',
};
/** A group's loss smaller than this (2 points of R@1) is no news unless its interval excludes zero. */
const NO_NEWS = 0.02;
/** Of fewer photos nothing can be said. */
const GROUP_FROM = 6;
/** Two runs of the same version differ by about this share, and by some milliseconds. */
const SAME_SPEED = { factor: 1.1, ms: 2 };
/** Below this many searches the slowest hundredth is a single one. */
const TIMED_FROM = 100;

type Sides = {
  before: Pick<EvaluationResult, 'ms' | 'gallery'>;
  after: Pick<EvaluationResult, 'ms' | 'gallery'>;
  comparison: Pick<Comparison, 'n' | 'r1' | 'groups' | 'categories'>;
};

/** What to look at before the second of two versions is published: is the gain sure, who loses, is it slower, is anything missing. */
export function gateChecks({ before, after, comparison }: Sides): GateCheck[] {
  const { n, r1 } = comparison;
  const verdict = verdictOf(r1);
  const kind = verdict === 'same' ? 'same' : 'gain';
  const checks: GateCheck[] = [{ kind, tone: TONE_OF[verdict], difference: r1, n }];
  const worst = worstPart(comparison);
  if (worst) checks.push(worst);
  if (n >= TIMED_FROM) {
    const [now, was] = [after.ms.p99, before.ms.p99];
    const isSlower = now > was * SAME_SPEED.factor + SAME_SPEED.ms;
    const isFaster = was > now * SAME_SPEED.factor + SAME_SPEED.ms;
    checks.push({ kind: isFaster ? 'faster' : 'speed', tone: isSlower ? 'warn' : 'good', now, was });
  }
  const [now, was] = [after.gallery.products, before.gallery.products];
  checks.push({ kind: 'goods', tone: now < was ? 'warn' : 'good', now, was });
  return checks;
}

/** The group or category that surely lost most, else the one that may have; null where there is nothing to compare. */
function worstPart({ groups, categories }: Sides['comparison']): GateCheck | null {
  const [byGroup, byCategory] = [
    isSameParting(groups, categories) ? [] : comparable(groups),
    comparable(categories),
  ];
  const [worst] = [...byGroup, ...byCategory].toSorted(
    ([, a], [, b]) => Number(b.r1.hi < 0) - Number(a.r1.hi < 0) || a.r1.delta - b.r1.delta,
  );
  if (!worst) return null;
  const [name, { n, r1 }] = worst;
  if (r1.hi < 0) return { kind: 'group', tone: 'bad', name, difference: r1, n };
  if (r1.delta < -NO_NEWS) return { kind: 'group', tone: 'warn', name, difference: r1, n };
  return { kind: 'groups', tone: 'good', groups: byGroup.length, categories: byCategory.length };
}

/** Parts of enough photos; a single one is compared with nothing. */
function comparable(parts: Comparison['groups']): [string, Comparison['groups'][string]][] {
  const large = Object.entries(parts).filter(([, { n }]) => n >= GROUP_FROM);
  return large.length < 2 ? [] : large;
}
