import * as ort from 'onnxruntime-node';
import type { Model } from '../graph/ir.ts';
import { float32Of, valuesOf } from '../graph/tensor.ts';
import { softmaxCrossEntropy } from '../losses/cross-entropy.ts';
import type { LossFunction } from '../losses/loss-scope.ts';
import { hashedTensor } from '../models/hashed-tensor.ts';
import { visionTransformer } from '../models/vision-transformer.ts';
import { ModelMaker } from '../models/weight-store.ts';
import type { Runtime } from '../run/runtime.ts';
import type { TrainingStep } from '../train/training-step.ts';
import type { RefTensor } from '../verify/kernel.ts';
import { runGraph } from '../verify/run-graph.ts';

export const runtime = ort as unknown as Runtime;
const CLASSES = 5;

export const smallTransformer = (batch = 4): Model =>
  visionTransformer({ batch, size: 16, patch: 4, width: 16, depth: 3, heads: 2 });

/** Every kind of layer of a mobile network: strided and depthwise convolutions, squeeze-excite, residual, hard-swish. */
export function smallConvolutional(batch = 4): Model {
  const maker = new ModelMaker();
  const { b } = maker;
  const image = b.input('image', { dtype: 'float32', dims: [batch, 3, 16, 16] });
  const conv = (
    x: string,
    spec: { name: string; dims: number[]; stride?: number; group?: number; pad?: number },
  ) => {
    const { dims, pad = 0, stride = 1 } = spec;
    const fan = dims.slice(1).reduce((product, d) => product * d, 1);
    const weight = maker.weight(`${spec.name}.weight`, { dims, deviation: Math.sqrt(2 / fan) });
    const bias = maker.weight(`${spec.name}.bias`, { dims: [dims[0]!], deviation: 0.05 });
    const attributes = {
      kernel_shape: dims.slice(2),
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
      group: spec.group ?? 1,
    };
    return b.op('Conv', [x, weight, bias], attributes);
  };
  const stem = b.op('HardSwish', [conv(image, { name: 'stem', dims: [8, 3, 3, 3], stride: 2, pad: 1 })]);
  const wide = b.op('Relu', [conv(stem, { name: 'wide', dims: [16, 8, 1, 1] })]);
  const deep = conv(wide, { name: 'deep', dims: [16, 1, 3, 3], group: 16, pad: 1 });
  const silu = b.op('Mul', [deep, b.op('Sigmoid', [deep])]);
  const squeezed = b.op('Relu', [
    conv(b.op('GlobalAveragePool', [silu]), { name: 'squeeze', dims: [4, 16, 1, 1] }),
  ]);
  const gate = b.op('HardSigmoid', [conv(squeezed, { name: 'excite', dims: [16, 4, 1, 1] })]);
  const narrow = conv(b.op('Mul', [silu, gate]), { name: 'narrow', dims: [8, 16, 1, 1] });
  const sum = b.op('Add', [stem, narrow]);
  const down = conv(sum, { name: 'down', dims: [8, 1, 3, 3], group: 8, stride: 2, pad: 1 });
  const six = b.op('Clip', [down, b.constant(0), b.constant(6)]);
  const grouped = conv(six, { name: 'grouped', dims: [16, 4, 3, 3], group: 2, pad: 1 });
  const pooled = b.op('MaxPool', [grouped], { kernel_shape: [2, 2], strides: [2, 2] });
  b.output('embedding', b.op('Flatten', [b.op('GlobalAveragePool', [pooled])], { axis: 1 }));
  return maker.model('small-convolutional');
}

/** Cross entropy over a trained linear head on the output `embedding`. */
export const classify: LossFunction = (scope) => {
  const [batch, width] = scope.builder.dims(scope.value('embedding')) as [number, number];
  const labels = scope.batch('labels', { dtype: 'int64', dims: [batch] });
  const head = scope.weight('head', hashedTensor({ dims: [CLASSES, width], seed: 99, deviation: 0.3 }));
  const logits = scope.builder.op('Gemm', [scope.value('embedding'), head], { transB: 1 });
  return { loss: softmaxCrossEntropy(scope.builder, { logits, labels, smoothing: 0.1 }) };
};

export function pictures(batch: number, seed = 1): Float32Array {
  return float32Of(hashedTensor({ dims: [batch, 3, 16, 16], seed, deviation: 1 }));
}

export function labels(batch: number): BigInt64Array {
  return BigInt64Array.from({ length: batch }, (_, i) => BigInt((i * 3 + 1) % CLASSES));
}

/** One step in float64 by the reference interpreter. */
export function referenceStep(
  step: TrainingStep,
  batch: Record<string, ArrayLike<number | bigint> | number>,
) {
  const feeds = new Map<string, RefTensor>();
  for (const info of step.graph.inputs) {
    const entry = step.state.find((e) => e.input === info.name);
    const given = info.name === 'step' ? 1 : batch[info.name];
    const data = entry
      ? valuesOf(entry.initial())
      : typeof given === 'number'
        ? Float64Array.of(given)
        : Float64Array.from(given as ArrayLike<number>, Number);
    feeds.set(info.name, { dtype: info.dtype, dims: info.dims as number[], data });
  }
  return runGraph(step.graph, feeds);
}

/** ‖a − b‖ / ‖b‖. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let gap = 0;
  let norm = 0;
  for (let i = 0; i < b.length; i++) {
    gap += (a[i]! - b[i]!) ** 2;
    norm += b[i]! ** 2;
  }
  return Math.sqrt(gap / (norm || 1));
}
