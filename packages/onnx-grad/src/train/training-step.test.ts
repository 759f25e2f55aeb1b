import { describe, expect, it } from 'vitest';
import { GraphError } from '../graph/graph-error.ts';
import { float32Of, valuesOf } from '../graph/tensor.ts';
import { layerDecay, type OptimizerOptions } from '../optimizers/optimizer-options.ts';
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
import { buildTrainingStep } from './training-step.ts';

const request = (optimizer: OptimizerOptions, model = smallTransformer()) => ({
  model,
  trainable: (name: string) => !name.endsWith('key.bias'),
  loss: classify,
  optimizer,
});
const batch = { image: pictures(4), labels: labels(4), lr: 0.01 };

const OPTIMIZERS: Record<string, OptimizerOptions> = {
  'plain SGD': { kind: 'sgd' },
  'SGD with Nesterov momentum and decay': { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.1 },
  AdamW: { kind: 'adamw', weightDecay: 0.05 },
  'AdamW with clipping and EMA': { kind: 'adamw', clipNorm: 0.5, ema: 0.9 },
  'SGD with loss scale': { kind: 'sgd', lossScale: { initial: 1024 } },
};

describe('one step in onnxruntime equals the float64 reference', () => {
  for (const [name, optimizer] of Object.entries(OPTIMIZERS))
    for (const [kind, model] of [
      ['transformer', smallTransformer()],
      ['convolutional', smallConvolutional()],
    ] as const)
      it(`${name}, ${kind}`, async () => {
        const step = buildTrainingStep(request(optimizer, model));
        const reference = referenceStep(step, batch);
        const runner = await StepRunner.create(runtime, { step });
        const metrics = await runner.run(batch);
        for (const metric of step.metrics)
          expect(metrics[metric]).toBeCloseTo(reference.get(metric)!.data[0]!, 4);
        for (const entry of step.state) {
          const start = valuesOf(entry.initial());
          const wanted = reference.get(entry.output)!.data.map((v, i) => v - start[i]!);
          const got = float32Of(runner.read(entry.kind).get(entry.of)!);
          const change = Float64Array.from(got, (v, i) => v - start[i]!);
          expect(relativeError(change, wanted), entry.output).toBeLessThan(5e-3);
        }
        await runner.release();
      });
});

describe('training', () => {
  it('lowers the loss of a small transformer in 30 steps to less than half', async () => {
    const runner = await StepRunner.create(runtime, { step: buildTrainingStep(request({ kind: 'adamw' })) });
    const losses: number[] = [];
    for (let i = 0; i < 30; i++) losses.push((await runner.run({ ...batch, lr: 3e-3 })).loss!);
    expect(losses.at(-1)).toBeLessThan(0.6);
    expect(losses[0]! / losses.at(-1)!).toBeGreaterThan(2);
    await runner.release();
  });

  it('goes on from a saved state exactly where it stopped', async () => {
    const step = buildTrainingStep(request({ kind: 'adamw' }));
    const [a, b] = [await StepRunner.create(runtime, { step }), await StepRunner.create(runtime, { step })];
    for (let i = 0; i < 3; i++) await a.run(batch);
    b.restore(a.save());
    expect(await b.run(batch)).toEqual(await a.run(batch));
    await a.release();
    await b.release();
  });

  it('gives groups their own learning rate and leaves vectors without decay', () => {
    const group = layerDecay({
      decay: 0.5,
      depth: 3,
      head: 10,
      layerOf: (n) => (n === 'head' ? 4 : n.startsWith('block') ? 2 : 0),
    });
    expect(group({ name: 'head', dims: [5, 16] })).toEqual({ learningRate: 10 });
    expect(group({ name: 'block1.fc1.bias', dims: [64] })).toEqual({ learningRate: 0.5, weightDecay: 0 });
    const step = buildTrainingStep(request({ kind: 'sgd', group }));
    const plain = buildTrainingStep(request({ kind: 'sgd' }));
    const change = (of: typeof step) => {
      const entry = of.state.find((e) => e.of === 'head')!;
      return referenceStep(of, batch).get(entry.output)!.data[0]! - valuesOf(entry.initial())[0]!;
    };
    expect(change(step) / change(plain)).toBeCloseTo(10, 6);
  });

  it('changes nothing but the scale in a step whose gradients overflow', async () => {
    const step = buildTrainingStep(request({ kind: 'sgd', lossScale: { initial: 1e38 } }));
    const runner = await StepRunner.create(runtime, { step });
    const before = float32Of(runner.read().get('head')!);
    await runner.run({ ...batch, image: pictures(4).map((v) => v * 1e3) });
    expect(float32Of(runner.read().get('head')!)).toEqual(before);
    expect(float32Of(runner.read('loss-scale').get('loss-scale')!)[0]).toBeCloseTo(0.5e38, -33);
    await runner.release();
  });

  it('says which initialiser it does not know', () => {
    const attempt = () => buildTrainingStep({ ...request({ kind: 'sgd' }), trainable: ['nonsense'] });
    expect(attempt).toThrowError(GraphError);
    expect(attempt).toThrowError(/'nonsense' is not a float32 initialiser/);
  });

  it('uses operators of ai.onnx only', () => {
    const step = buildTrainingStep(request({ kind: 'adamw', clipNorm: 1, ema: 0.99 }, smallConvolutional()));
    expect(new Set(step.graph.nodes.map((node) => node.domain))).toEqual(new Set(['']));
  });
});
