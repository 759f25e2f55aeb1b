import { describe, expect, it } from 'vitest';
import { modelOf } from '../graph/builder.ts';
import { GraphError } from '../graph/graph-error.ts';
import { float32Of, tensorOf, valuesOf } from '../graph/tensor.ts';
import { writeModel } from '../graph/write-model.ts';
import { buildLoop } from '../loop/loop-step.ts';
import type { LossFunction } from '../losses/loss-scope.ts';
import type { OptimizerOptions } from '../optimizers/optimizer-options.ts';
import { GradientRunner } from '../run/gradient-runner.ts';
import { StepRunner } from '../run/step-runner.ts';
import {
  classify,
  labels,
  pictures,
  referenceStep,
  relativeError,
  runtime,
  smallConvolutional,
  smallTransformer,
} from '../testing/small-models.ts';
import { buildTrainingStep } from '../train/training-step.ts';
import { averageGradients, packGradients, unpackGradients } from './average-gradients.ts';
import { cutFrozenPrefix } from './frozen-prefix.ts';
import { buildApplyStep, buildGradientStep } from './gradient-step.ts';
import { halfPrecision } from './half-precision.ts';

const optimizer = { kind: 'sgd' } as const;
const all = { trainable: () => true, loss: classify, optimizer };
const batch = { image: pictures(4), labels: labels(4), lr: 0.1 };

describe('frozen prefix', () => {
  const model = smallTransformer();
  const late = [...model.graph.initializers.keys()].filter(
    (n) => n.startsWith('block2') || n.startsWith('norm'),
  );

  it('gives the same step when its activations are computed first and fed in', async () => {
    const cut = cutFrozenPrefix(model, { trainable: new Set(late) });
    expect(cut.boundary.map((b) => b.name)).toEqual(['block1']);
    const session = await runtime.InferenceSession.create(writeModel(modelOf(cut.prefix.graph)));
    const image = new runtime.Tensor('float32', batch.image, [4, 3, 16, 16]);
    const { block1 } = await session.run({ image });
    const whole = await StepRunner.create(runtime, {
      step: buildTrainingStep({ ...all, model, trainable: late }),
    });
    const rest = await StepRunner.create(runtime, {
      step: buildTrainingStep({ ...all, model: cut.suffix, trainable: late }),
    });
    for (let i = 0; i < 3; i++) {
      const { loss } = await rest.run({ block1: block1!, labels: batch.labels, lr: 0.1 });
      expect(loss).toBeCloseTo((await whole.run(batch)).loss!, 5);
    }
    await whole.release();
    await rest.release();
  });

  it('has nothing to cut where the first layer is trained', () => {
    expect(() => cutFrozenPrefix(model, { trainable: new Set(['patch.weight']) })).toThrowError(GraphError);
  });
});

describe('recomputation', () => {
  it('gives the same gradients from fewer kept activations', async () => {
    const model = smallTransformer();
    const kept = buildTrainingStep({ ...all, model });
    const again = buildTrainingStep({ ...all, model, checkpoints: ['block0', 'block1'] });
    const gelus = (step: typeof kept) => step.graph.nodes.filter((n) => n.opType === 'Erf').length;
    expect([gelus(kept), gelus(again)]).toEqual([3, 5]);
    const [a, b] = [
      await StepRunner.create(runtime, { step: kept }),
      await StepRunner.create(runtime, { step: again }),
    ];
    for (let i = 0; i < 2; i++) expect((await b.run(batch)).loss).toBeCloseTo((await a.run(batch)).loss!, 6);
    for (const [name, tensor] of a.read()) {
      expect(relativeError(float32Of(b.read().get(name)!), float32Of(tensor)), name).toBeLessThan(1e-6);
    }
    await a.release();
    await b.release();
  });
});

describe('gradients outside the step', () => {
  it('summed over micro-batches and applied equal one step on the whole batch', async () => {
    const gradient = buildGradientStep({ ...all, model: smallTransformer(2) });
    const apply = await StepRunner.create(runtime, {
      step: buildApplyStep({ weights: gradient.weights, optimizer }),
    });
    const runner = await GradientRunner.create(runtime, { step: gradient });
    const half = (from: number) => ({
      image: batch.image.slice(from * 768, (from + 2) * 768),
      labels: batch.labels.slice(from, from + 2),
    });
    const { grads, metrics } = await runner.run({ weights: apply.tensors(), parts: [half(0), half(2)] });
    await apply.run({ lr: 0.1, ...Object.fromEntries([...grads].map(([name, g]) => [`grad.${name}`, g])) });
    const whole = buildTrainingStep({ ...all, model: smallTransformer(4) });
    const reference = referenceStep(whole, batch);
    expect(metrics.loss).toBeCloseTo(reference.get('loss')!.data[0]!, 5);
    for (const entry of whole.state) {
      const start = valuesOf(entry.initial());
      const got = Float64Array.from(float32Of(apply.read().get(entry.of)!), (v, i) => v - start[i]!);
      const wanted = reference.get(entry.output)!.data.map((v, i) => v - start[i]!);
      if (entry.of.endsWith('key.bias')) continue;
      expect(relativeError(got, wanted), entry.of).toBeLessThan(5e-3);
    }
    await apply.release();
    await runner.release();
  });

  it('averaged over processes weigh each by its share', () => {
    const sets = [new Map([['w', Float32Array.of(1, 2)]]), new Map([['w', Float32Array.of(3, 6)]])];
    expect(averageGradients(sets).get('w')).toEqual(Float32Array.of(2, 4));
    expect(averageGradients(sets, [3, 1]).get('w')).toEqual(Float32Array.of(1.5, 3));
    expect(() => averageGradients([sets[0]!, new Map()])).toThrowError(GraphError);
  });

  it('survive packing for another process', () => {
    const set = new Map([
      ['a', Float32Array.of(1)],
      ['b', Float32Array.of(2, 3)],
    ]);
    expect(unpackGradients(packGradients(set), set)).toEqual(set);
    expect(() => unpackGradients(new Float32Array(5), set)).toThrowError(GraphError);
  });
});

describe('float16 products', () => {
  it('train to within float16 rounding of the float32 step, with a loss scale', async () => {
    const scaled = { kind: 'sgd', lossScale: { initial: 256 } } as const;
    const model = smallTransformer();
    const half = await StepRunner.create(runtime, {
      step: buildTrainingStep({ ...all, model: halfPrecision(model), optimizer: scaled }),
    });
    const full = await StepRunner.create(runtime, { step: buildTrainingStep({ ...all, model }) });
    for (let i = 0; i < 3; i++)
      expect((await half.run(batch)).loss).toBeCloseTo((await full.run(batch)).loss!, 2);
    expect(float32Of(half.read('loss-scale').get('loss-scale')!)[0]).toBe(256);
    await half.release();
    await full.release();
  });
});

describe('a batch in slices', () => {
  const kinds: Record<string, OptimizerOptions> = {
    'AdamW, clipping, EMA': { kind: 'adamw', clipNorm: 1, ema: 0.9 },
    'SGD with loss scale': { kind: 'sgd', lossScale: { initial: 64 } },
  };
  for (const [kind, optimizer] of Object.entries(kinds))
    for (const [name, model] of [
      ['transformer', smallTransformer],
      ['convolutional', smallConvolutional],
    ] as const)
      it(`is the same step as the whole batch: ${kind}, ${name}`, async () => {
        const sliced = buildTrainingStep({ ...all, optimizer, model: model(2), slices: 2 });
        expect(sliced.batch.map((b) => [b.name, b.dims[0]])).toEqual([
          ['all.image', 4],
          ['all.labels', 4],
        ]);
        const whole = buildTrainingStep({ ...all, optimizer, model: model(4) });
        const a = await StepRunner.create(runtime, { step: sliced });
        const b = await StepRunner.create(runtime, { step: whole });
        for (let i = 0; i < 3; i++) {
          const [mine, wanted] = [await a.run(batch), await b.run(batch)];
          expect(Object.keys(mine)).toEqual(Object.keys(wanted));
          for (const metric of whole.metrics)
            expect(relativeError([mine[metric]!], [wanted[metric]!]), metric).toBeLessThan(1e-3);
        }
        for (const entry of whole.state) {
          if (entry.of.endsWith('key.bias')) continue;
          const [got, want] = [a, b].map((r) => float32Of(r.read(entry.kind).get(entry.of)!));
          expect(relativeError(got!, want!), entry.output).toBeLessThan(2e-3);
        }
        await a.release();
        await b.release();
      });

  it('runs inside a Loop of steps too', async () => {
    const step = buildTrainingStep({ ...all, model: smallTransformer(2), slices: 2 });
    const [single, loop] = [
      await StepRunner.create(runtime, { step }),
      await StepRunner.create(runtime, { step: buildLoop(step, 2) }),
    ];
    await single.run(batch);
    const { loss } = await single.run(batch);
    const twice = {
      image: Float32Array.from([...batch.image, ...batch.image]),
      labels: BigInt64Array.from([...batch.labels, ...batch.labels]),
    };
    expect((await loop.run({ ...twice, lr: 0.1 })).loss).toBe(loss);
    await single.release();
    await loop.release();
  });

  it('is refused for a loss that keeps a memory of its batches', () => {
    const initial = tensorOf([0], { dtype: 'float32', dims: [] });
    const loss: LossFunction = (scope) => {
      scope.memory('centre', { initial, next: (current) => current });
      return classify(scope);
    };
    expect(() => buildTrainingStep({ ...all, loss, model: smallTransformer(2), slices: 2 })).toThrowError(
      GraphError,
    );
  });
});
