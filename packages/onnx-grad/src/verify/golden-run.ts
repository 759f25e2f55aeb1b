import type { Model } from '../graph/ir.ts';
import { float32Of, type Tensor } from '../graph/tensor.ts';
import { softmaxCrossEntropy } from '../losses/cross-entropy.ts';
import { hashedTensor } from '../models/hashed-tensor.ts';
import type { OptimizerOptions } from '../optimizers/optimizer-options.ts';
import type { Runtime, RuntimeData } from '../run/runtime.ts';
import { StepRunner } from '../run/step-runner.ts';
import { buildTrainingStep } from '../train/training-step.ts';
import { countSketch, sketchDistance } from './sketch.ts';

export interface GoldenValues {
  model: string;
  optimizer: 'sgd' | 'adamw';
  rate: number;
  epsilon: number;
  losses: number[];
  change: Record<string, { norm: number; sketch: number[] }>;
}

export interface GoldenCase {
  model: Model;
  batch: number;
  sizes?: Record<string, number>;
  /** Name and values of the model's one input. */
  input: { name: string; data: RuntimeData };
  width: number;
  trainable(name: string, tensor: Tensor): boolean;
}

const CLASSES = 50;

/** Trains as the golden script did and returns the worst relative error of the losses and of each weight's change. */
export async function compareWithGolden(
  runtime: Runtime,
  spec: GoldenCase & { golden: GoldenValues },
): Promise<{ loss: number; changes: { name: string; error: number }[]; missing: string[] }> {
  const { golden } = spec;
  const step = buildTrainingStep({
    ...spec,
    optimizer: optimizerOf(golden),
    loss: (scope) => {
      const labels = scope.batch('labels', { dtype: 'int64', dims: [spec.batch] });
      const head = scope.weight(
        'head.weight',
        hashedTensor({ dims: [CLASSES, spec.width], seed: 999, deviation: 0.05 }),
      );
      const logits = scope.builder.op('Gemm', [scope.value('embedding'), head], { transB: 1 });
      return { loss: softmaxCrossEntropy(scope.builder, { logits, labels, smoothing: 0.1 }) };
    },
  });
  const runner = await StepRunner.create(runtime, { step });
  const labels = BigInt64Array.from({ length: spec.batch }, (_, i) => BigInt((i * 7) % CLASSES));
  let worst = 0;
  for (const wanted of golden.losses) {
    const batch = { [spec.input.name]: spec.input.data, labels, lr: golden.rate };
    const { loss } = await runner.run(batch);
    worst = Math.max(worst, Math.abs(loss! - wanted) / Math.abs(wanted));
  }
  const trained = runner.read();
  await runner.release();
  const first = new Map(step.state.filter((e) => e.kind === 'weight').map((e) => [e.of, e.initial()]));
  const changes = [...trained].flatMap(([name, tensor]) => {
    const wanted = golden.change[name];
    if (!wanted) return [];
    const start = float32Of(first.get(name)!);
    const change = Float64Array.from(float32Of(tensor), (value, i) => value - start[i]!);
    return [{ name, error: sketchDistance(countSketch(change), wanted.sketch) / wanted.norm }];
  });
  const missing = Object.keys(golden.change).filter((name) => !trained.has(name));
  return { loss: worst, changes: changes.sort((a, b) => b.error - a.error), missing };
}

function optimizerOf(golden: GoldenValues): OptimizerOptions {
  if (golden.optimizer === 'sgd') return { kind: 'sgd', momentum: 0.9 };
  return { kind: 'adamw', weightDecay: 0.05, epsilon: golden.epsilon };
}
