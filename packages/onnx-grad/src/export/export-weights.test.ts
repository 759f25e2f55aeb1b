import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GraphError } from '../graph/graph-error.ts';
import { readModel } from '../graph/read-model.ts';
import { float32Of, tensorOf } from '../graph/tensor.ts';
import { writeModel } from '../graph/write-model.ts';
import { StepRunner } from '../run/step-runner.ts';
import { classify, labels, pictures, runtime, smallTransformer } from '../testing/small-models.ts';
import { buildTrainingStep } from '../train/training-step.ts';
import { exportWeights } from './export-weights.ts';

const SHARED = process.env.LIKENESS_SHARED ?? join(import.meta.dirname, '../../../../../shared');
const FILE = join(SHARED, 'weights/tf2_mobilenet_v2_1.0_224_ptq.float.onnx');
const skip = !existsSync(FILE) && !process.env.CI;

describe('export of trained weights', () => {
  it('gives back the very bytes when the weights are the old ones', () => {
    const bytes = writeModel(smallTransformer());
    expect(Buffer.from(exportWeights(bytes, readModel(bytes).graph.initializers)).equals(bytes)).toBe(true);
  });

  it.skipIf(skip)(
    `keeps a foreign file byte for byte${skip ? ' (skipped: no ../shared/weights)' : ''}`,
    () => {
      const bytes = readFileSync(FILE);
      expect(bytes.equals(exportWeights(bytes, readModel(bytes).graph.initializers))).toBe(true);
    },
  );

  it('makes the forward graph answer as the trained step does, twice the same bytes', async () => {
    const model = smallTransformer();
    const bytes = writeModel(model);
    const request = { model, trainable: () => true, loss: classify, optimizer: { kind: 'adamw' } as const };
    const runner = await StepRunner.create(runtime, { step: buildTrainingStep(request) });
    for (let i = 0; i < 3; i++) await runner.run({ image: pictures(4), labels: labels(4), lr: 0.01 });
    const weights = new Map([...runner.read()].filter(([name]) => model.graph.initializers.has(name)));
    const trained = exportWeights(bytes, weights);
    expect(Buffer.from(trained).equals(exportWeights(bytes, weights))).toBe(true);
    expect(trained.length).toBe(bytes.length);
    for (const [name, tensor] of readModel(trained).graph.initializers) {
      const wanted = weights.get(name) ?? model.graph.initializers.get(name)!;
      expect(Buffer.from(tensor.bytes).equals(Buffer.from(wanted.bytes)), name).toBe(true);
    }
    const session = await runtime.InferenceSession.create(trained);
    const out = await session.run({ image: new runtime.Tensor('float32', pictures(4), [4, 3, 16, 16]) });
    expect(out.embedding!.dims).toEqual([4, 16]);
    await runner.release();
  });

  it('refuses a weight of another shape', () => {
    const bytes = writeModel(smallTransformer());
    const wrong = new Map([['norm.weight', tensorOf([1], { dtype: 'float32', dims: [1] })]]);
    expect(() => exportWeights(bytes, wrong)).toThrowError(GraphError);
    expect(float32Of(readModel(bytes).graph.initializers.get('norm.weight')!).length).toBe(16);
  });
});
