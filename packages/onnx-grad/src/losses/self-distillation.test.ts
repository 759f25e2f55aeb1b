import { expect, it } from 'vitest';
import { float32Of } from '../graph/tensor.ts';
import { hashedTensor } from '../models/hashed-tensor.ts';
import { StepRunner } from '../run/step-runner.ts';
import { pictures, runtime, smallTransformer } from '../testing/small-models.ts';
import { buildTrainingStep } from '../train/training-step.ts';
import { selfDistillation } from './distillation.ts';

it('DINO trains the student from two views while the EMA teacher and the centre follow', async () => {
  const step = buildTrainingStep({
    model: smallTransformer(),
    trainable: () => true,
    optimizer: { kind: 'adamw', ema: 0.99 },
    loss: (scope) => {
      const head = scope.builder.initializer(
        'prototypes',
        hashedTensor({ dims: [8, 16], seed: 5, deviation: 0.02 }),
      );
      const out = (embedding: string) => scope.builder.op('Gemm', [embedding, head], { transB: 1 });
      const other = scope.batch('view2', { dtype: 'float32', dims: [4, 3, 16, 16] });
      const teacher = (image: string) => out(scope.forward({ image }, { average: true })('embedding'));
      const student = [out(scope.value('embedding')), out(scope.forward({ image: other })('embedding'))];
      return { loss: selfDistillation(scope, { student, teacher: [teacher('image'), teacher(other)] }) };
    },
  });
  const runner = await StepRunner.create(runtime, { step });
  const losses: number[] = [];
  for (let i = 0; i < 8; i++)
    losses.push((await runner.run({ image: pictures(4, 1), view2: pictures(4, 2), lr: 1e-3 })).loss!);
  expect(losses.every(Number.isFinite)).toBe(true);
  const name = 'block0.fc1.weight';
  expect(float32Of(runner.read('average').get(name)!)).not.toEqual(float32Of(runner.read().get(name)!));
  expect(float32Of(runner.read('memory').get('center')!).some((v) => v !== 0)).toBe(true);
  await runner.release();
});
