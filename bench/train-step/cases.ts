import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readModel } from '@likeness/onnx-grad/graph/read-model';
import type { Tensor } from '@likeness/onnx-grad/graph/tensor';
import { buildLoop } from '@likeness/onnx-grad/loop/loop-step';
import { softmaxCrossEntropy } from '@likeness/onnx-grad/losses/cross-entropy';
import type { LossFunction } from '@likeness/onnx-grad/losses/loss-scope';
import { cutFrozenPrefix } from '@likeness/onnx-grad/memory/frozen-prefix';
import { hashedTensor } from '@likeness/onnx-grad/models/hashed-tensor';
import { VIT_S16, visionTransformer } from '@likeness/onnx-grad/models/vision-transformer';
import { buildTrainingStep, type TrainingStep } from '@likeness/onnx-grad/train/training-step';

const CLASSES = 100;
export const repository = path.resolve(import.meta.dirname, '../..');
const shared = process.env.LIKENESS_SHARED ?? path.join(repository, '../shared');
export const mobilenetFile = path.join(shared, 'weights/tf2_mobilenet_v2_1.0_224_ptq.float.onnx');

/** Cross entropy over a head of 100 classes on `embedding`, as the peer has it. */
const classify: LossFunction = (scope) => {
  const [batch, width] = scope.builder.dims(scope.value('embedding')) as [number, number];
  const labels = scope.batch('labels', { dtype: 'int64', dims: [batch] });
  const head = scope.weight('head', hashedTensor({ dims: [CLASSES, width], seed: 99, deviation: 0.05 }));
  const logits = scope.builder.op('Gemm', [scope.value('embedding'), head], { transB: 1 });
  return { loss: softmaxCrossEntropy(scope.builder, { logits, labels }) };
};

const common = { loss: classify, optimizer: { kind: 'adamw' } } as const;
const lastFour = (name: string) => /^(block(8|9|10|11)\.|norm\.)/.test(name);

function transformer(batch: number, trainable: (name: string) => boolean): TrainingStep {
  return buildTrainingStep({ ...common, model: visionTransformer({ ...VIT_S16, batch }), trainable });
}

/** All weights; the model's constants (the factor on the attention scores) are none, as in the peer. */
const weights = (name: string) => !name.startsWith('const');

/** The batch in slices of `rows` pictures inside the step: one update, as the peer's, from pieces that fit the cache. */
function slicedTransformer(batch: number, rows: number): TrainingStep {
  const model = visionTransformer({ ...VIT_S16, batch: rows });
  return buildTrainingStep({ ...common, model, trainable: weights, slices: batch / rows });
}

function mobilenet(batch: number): TrainingStep {
  const trainable = (name: string, tensor: Tensor) => tensor.dims.length === 4 || name.startsWith('b_');
  const model = readModel(readFileSync(mobilenetFile));
  const sizes = { N: batch, H: 224, W: 224 };
  return buildTrainingStep({ ...common, model, sizes, trainable });
}

/** The first eight blocks frozen and cut off: their activations come with the batch. */
function frozenCached(batch: number): TrainingStep {
  const model = visionTransformer({ ...VIT_S16, batch });
  const names = [...model.graph.initializers.keys()].filter(lastFour);
  const { suffix } = cutFrozenPrefix(model, { trainable: new Set(names) });
  return buildTrainingStep({ ...common, model: suffix, trainable: names });
}

export const CASES: Record<string, (batch: number) => TrainingStep> = {
  vit: (batch) => transformer(batch, weights),
  'vit-slices-8': (batch) => slicedTransformer(batch, 8),
  'vit-slices-8-loop-4': (batch) => buildLoop(slicedTransformer(batch, 8), 4),
  mobilenet,
  'mobilenet-loop-4': (batch) => buildLoop(mobilenet(batch), 4),
  'vit-frozen-8': (batch) => transformer(batch, lastFour),
  'vit-frozen-8-cached': frozenCached,
  'vit-loop-8': (batch) => buildLoop(transformer(batch, weights), 8),
};
