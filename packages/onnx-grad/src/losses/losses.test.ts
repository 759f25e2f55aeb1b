import { describe, expect, it } from 'vitest';
import { addGradient } from '../gradient/gradient.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { elementCount, type Tensor, valuesOf } from '../graph/tensor.ts';
import { hashedTensor } from '../models/hashed-tensor.ts';
import type { RefTensor } from '../verify/kernel.ts';
import { runGraph } from '../verify/run-graph.ts';
import { softmaxCrossEntropy } from './cross-entropy.ts';
import { cosineDistillation, klDistillation, selfDistillation } from './distillation.ts';
import type { LossScope } from './loss-scope.ts';
import { marginRamp, marginSoftmax } from './margin-softmax.ts';
import { batchHardTriplet, infoNce, multiSimilarity, sharedNegativeTriplet } from './metric-losses.ts';

const B = 6;
const D = 4;
const C = 3;
const LABELS = [0, 1, 2, 0, 1, 1];

/** A builder with inputs a, b [B, D], w [C, D] and constant labels; memory is a plain constant. */
function bench() {
  const b = new GraphBuilder();
  const feeds = new Map<string, RefTensor>();
  const input = (name: string, dims: number[]) => {
    const data = valuesOf(hashedTensor({ dims, seed: feeds.size + 3, deviation: 1 }));
    feeds.set(name, { dtype: 'float32', dims, data });
    return b.input(name, { dtype: 'float32', dims });
  };
  const labels = b.constant(LABELS, { dtype: 'int64' });
  const scope = {
    builder: b,
    memory: (name: string, spec: { initial: Tensor; next(current: string): string }) => {
      const center = b.initializer(name, spec.initial);
      spec.next(center);
      return center;
    },
  } as unknown as LossScope;
  return { b, feeds, labels, scope, x: input('a', [B, D]), y: input('b', [B, D]), w: input('w', [C, D]) };
}
type Bench = ReturnType<typeof bench>;

const LOSSES: Record<string, (bench: Bench) => { loss: string; wrt: string[] }> = {
  'cross entropy with smoothing': ({ b, labels, x, w }) => {
    const logits = b.op('Gemm', [x, w], { transB: 1 });
    return { loss: softmaxCrossEntropy(b, { logits, labels, smoothing: 0.1 }), wrt: [x, w] };
  },
  'normalised softmax': ({ b, labels, x, w }) => ({
    loss: marginSoftmax(b, { embeddings: x, classes: w, labels, scale: 8 }).loss,
    wrt: [x, w],
  }),
  CosFace: ({ b, labels, x, w }) => ({
    loss: marginSoftmax(b, { embeddings: x, classes: w, labels, scale: 8, margin: 0.3 }).loss,
    wrt: [x, w],
  }),
  ArcFace: ({ b, labels, x, w }) => ({
    loss: marginSoftmax(b, { embeddings: x, classes: w, labels, scale: 8, margin: 0.4, kind: 'angle' }).loss,
    wrt: [x, w],
  }),
  'batch-hard triplet': ({ b, labels, x }) => ({
    loss: batchHardTriplet(b, { embeddings: x, labels, margin: 0.9 }),
    wrt: [x],
  }),
  'triplet with shared negatives': ({ b, x, y, w }) => ({
    loss: sharedNegativeTriplet(b, { queries: x, positives: y, negatives: w, margin: 0.8 }),
    wrt: [x, y, w],
  }),
  'triplet with masked shared negatives': ({ b, x, y, w }) => {
    const mask = b.constant(
      Array.from({ length: B * C }, (_, i) => (i % 4 ? 1 : 0)),
      { dims: [B, C] },
    );
    return {
      loss: sharedNegativeTriplet(b, { queries: x, positives: y, negatives: w, margin: 0.8, mask }),
      wrt: [x, y, w],
    };
  },
  'multi-similarity': ({ b, labels, x }) => ({
    loss: multiSimilarity(b, { embeddings: x, labels, beta: 10 }),
    wrt: [x],
  }),
  InfoNCE: ({ b, x, y }) => ({ loss: infoNce(b, { left: x, right: y, temperature: 0.3 }), wrt: [x, y] }),
  'InfoNCE one way': ({ b, x, y }) => ({
    loss: infoNce(b, { left: x, right: y, symmetric: false, temperature: 0.3 }),
    wrt: [x, y],
  }),
  'cosine distillation': ({ b, x, y }) => ({
    loss: cosineDistillation(b, { student: x, teacher: y }),
    wrt: [x],
  }),
  'KL distillation': ({ b, x, y }) => ({
    loss: klDistillation(b, { student: x, teacher: y, temperature: 2 }),
    wrt: [x],
  }),
  'DINO self-distillation': ({ scope, x, y }) => ({
    loss: selfDistillation(scope, {
      student: [x, x],
      teacher: [y, y],
      studentTemperature: 0.5,
      teacherTemperature: 0.4,
    }),
    wrt: [x],
  }),
};

describe('gradients of losses equal finite differences in float64', () => {
  for (const [name, make] of Object.entries(LOSSES))
    it(name, () => {
      const scene = bench();
      const { loss, wrt } = make(scene);
      const nodes = [...scene.b.nodes];
      const grads = addGradient(scene.b, { loss, wrt });
      const values = runGraph(scene.b.graph(), scene.feeds);
      const at = () => runGraph({ ...scene.b.graph(), nodes }, scene.feeds).get(loss)!.data[0]!;
      for (const input of wrt) {
        const { data, dims } = scene.feeds.get(input)!;
        for (let i = 0; i < elementCount(dims); i++) {
          const kept = data[i]!;
          data[i] = kept + 1e-5;
          const above = at();
          data[i] = kept - 1e-5;
          const below = at();
          data[i] = kept;
          expect(values.get(grads.get(input)!)!.data[i]).toBeCloseTo((above - below) / 2e-5, 5);
        }
      }
    });
});

describe('values of losses', () => {
  const value = (name: string) => {
    const scene = bench();
    const { loss } = LOSSES[name]!(scene);
    return { value: runGraph(scene.b.graph(), scene.feeds).get(loss)!.data[0]!, scene };
  };

  it('a margin raises the loss, and angle and cosine margins differ', () => {
    const plain = value('normalised softmax').value;
    expect(value('CosFace').value).toBeGreaterThan(plain);
    expect(value('ArcFace').value).toBeGreaterThan(plain);
  });

  it('batch-hard picks the farthest of the same and the nearest of the others', () => {
    const { value: got, scene } = value('batch-hard triplet');
    const { data } = scene.feeds.get('a')!;
    const rows = Array.from({ length: B }, (_, i) => {
      const row = [...data.subarray(i * D, (i + 1) * D)];
      const norm = Math.hypot(...row);
      return row.map((v) => v / norm);
    });
    const distance = (i: number, j: number) => Math.hypot(...rows[i]!.map((v, k) => v - rows[j]![k]!));
    const each = rows.flatMap((_, i) => {
      const others = rows.map((_, j) => j).filter((j) => j !== i);
      const same = others.filter((j) => LABELS[j] === LABELS[i]).map((j) => distance(i, j));
      const different = others.filter((j) => LABELS[j] !== LABELS[i]).map((j) => distance(i, j));
      return same.length ? [Math.max(0, 0.9 + Math.max(...same) - Math.min(...different))] : [];
    });
    expect(got).toBeCloseTo(each.reduce((a, b) => a + b, 0) / each.length, 5);
  });

  it('self-distillation compares different views only, against the sharpened teacher', () => {
    const { value: got, scene } = value('DINO self-distillation');
    const soft = (row: number[], t: number) => {
      const top = Math.max(...row);
      const e = row.map((v) => Math.exp((v - top) / t));
      const sum = e.reduce((a, b) => a + b, 0);
      return e.map((v) => v / sum);
    };
    const row = (name: string, i: number) => [...scene.feeds.get(name)!.data.subarray(i * D, (i + 1) * D)];
    let sum = 0;
    for (let i = 0; i < B; i++) {
      const p = soft(row('b', i), 0.4);
      const q = soft(row('a', i), 0.5);
      sum -= p.reduce((s, v, k) => s + v * Math.log(q[k]!), 0) / B;
    }
    expect(got).toBeCloseTo(sum, 6);
  });

  it('the margin ramp starts at 0 and stays at its end', () => {
    expect(marginRamp({ margin: 0.3, step: 0, steps: 30 })).toBe(0);
    expect(marginRamp({ margin: 0.3, step: 5, steps: 30 })).toBeCloseTo(0.15);
    expect(marginRamp({ margin: 0.3, step: 25, steps: 30 })).toBeCloseTo(0.3);
  });
});
