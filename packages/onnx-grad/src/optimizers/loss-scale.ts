import type { GraphBuilder } from '../graph/builder.ts';
import { tensorOf } from '../graph/tensor.ts';
import { calc } from '../rules/gradient-rule.ts';
import type { OptimizerOptions } from './optimizer-options.ts';
import type { StateEntry } from './update-weights.ts';

export interface LossScale {
  /** Scalar by which the loss is multiplied. */
  current: string;
  /** Adds the rule for the next scale; `ok` says whether this step's gradients were finite. */
  finish(ok: string): StateEntry[];
}

/** Dynamic loss scale (Micikevicius et al. 2018, §3.2): ×2 after `growEvery` good steps, ÷2 after a bad one, ≥ 1. */
export function addLossScale(b: GraphBuilder, options: OptimizerOptions): LossScale | undefined {
  if (!options.lossScale) return undefined;
  const { initial = 65536, growEvery = 2000 } = options.lossScale;
  const current = b.input('loss-scale', { dtype: 'float32', dims: [] });
  const good = b.input('loss-scale.good', { dtype: 'float32', dims: [] });
  return {
    current,
    finish(ok) {
      const c = calc(b);
      const count = c.mul(c.add(good, 1), b.op('Cast', [ok], { to: 1 }));
      const grown = b.op('GreaterOrEqual', [count, b.constant(growEvery)]);
      const up = b.op('Where', [grown, c.mul(current, 2), current]);
      const down = b.op('Max', [c.mul(current, 0.5), b.constant(1)]);
      b.output('next.loss-scale', b.op('Where', [ok, up, down]));
      b.output('next.loss-scale.good', b.op('Where', [grown, b.constant(0), count]));
      const entry = (name: string, value: number): StateEntry => ({
        kind: 'loss-scale',
        of: name,
        input: name,
        output: `next.${name}`,
        dims: [],
        initial: () => tensorOf([value], { dtype: 'float32', dims: [] }),
      });
      return [entry('loss-scale', initial), entry('loss-scale.good', 0)];
    },
  };
}
