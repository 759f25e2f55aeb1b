import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addGradient } from '../gradient/gradient.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { GraphError } from '../graph/graph-error.ts';
import { type GradientCase, worstGradientError } from '../verify/gradient-check.ts';
import { differentiableOperators, gradientRule } from './find-rule.ts';
import { CASES } from './rules.cases.ts';

const RUNS = 12;

describe('every rule equals finite differences in float64 on random shapes', () => {
  for (const [name, arbitrary] of Object.entries(CASES)) {
    it(name, () => {
      fc.assert(
        fc.property(arbitrary, fc.integer({ min: 1, max: 1e6 }), (spec: GradientCase, seed) => {
          expect(worstGradientError({ ...spec, seed })).toBeLessThan(2e-5);
        }),
        { numRuns: RUNS, seed: 7 },
      );
    });
  }
});

describe('the table of rules', () => {
  it('has a case of its own for every operator through which a gradient flows', () => {
    const tested = new Set(Object.keys(CASES).map((name) => name.split(' ')[0]));
    const stopped = differentiableOperators.filter((op) => {
      const node = { name: 'n', opType: op, domain: '', inputs: ['a'], outputs: ['b'], attributes: {} };
      return gradientRule(node).name === 'stops';
    });
    expect(differentiableOperators.filter((op) => !tested.has(op) && !stopped.includes(op))).toEqual([]);
  });

  it('names operator and node where a rule is missing', () => {
    const b = new GraphBuilder();
    const x = b.input('x', { dtype: 'float32', dims: [3] });
    b.append({ opType: 'Acos', name: 'the-node', inputs: [x], outputs: ['y'], attributes: {} });
    const loss = b.op('ReduceSum', ['y'], { keepdims: 0 });
    const attempt = () => addGradient(b, { loss, wrt: ['x'] });
    expect(attempt).toThrowError(GraphError);
    expect(attempt).toThrowError(/no gradient rule for Acos \(node 'the-node'\)/);
  });
});
