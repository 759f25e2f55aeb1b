import { expect, it } from 'vitest';
import { float32Of } from '../graph/tensor.ts';
import { StepRunner } from '../run/step-runner.ts';
import { classify, labels, pictures, runtime, smallTransformer } from '../testing/small-models.ts';
import { buildTrainingStep } from '../train/training-step.ts';
import { buildLoop } from './loop-step.ts';

const STEPS = 4;

it('K steps inside one Loop give the losses and weights of K separate steps, bit for bit', async () => {
  const step = buildTrainingStep({
    model: smallTransformer(),
    trainable: () => true,
    loss: classify,
    optimizer: { kind: 'adamw', clipNorm: 1, ema: 0.9 },
  });
  const single = await StepRunner.create(runtime, { step });
  const loop = await StepRunner.create(runtime, { step: buildLoop(step, STEPS) });
  for (let call = 0; call < 2; call++) {
    const images = Array.from({ length: STEPS }, (_, i) => pictures(4, 10 * call + i));
    const rates = Float32Array.from({ length: STEPS }, (_, i) => 0.001 * (i + 1));
    const losses: number[] = [];
    for (const [i, image] of images.entries())
      losses.push((await single.run({ image, labels: labels(4), lr: rates[i]! })).loss!);
    const image = Float32Array.from(images.flatMap((part) => [...part]));
    const targets = BigInt64Array.from(images.flatMap(() => [...labels(4)]));
    const all = await loop.runAll({ image, labels: targets, lr: rates });
    expect([...all.loss!]).toEqual(losses);
  }
  for (const [name, tensor] of single.read()) {
    expect(float32Of(loop.read().get(name)!), name).toEqual(float32Of(tensor));
  }
  await single.release();
  await loop.release();
});
