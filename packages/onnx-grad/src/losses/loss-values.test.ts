import { expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder.ts';
import { valuesOf } from '../graph/tensor.ts';
import { hashedTensor } from '../models/hashed-tensor.ts';
import { runGraph } from '../verify/run-graph.ts';
import { softmaxCrossEntropy } from './cross-entropy.ts';
import { cosineDistillation, klDistillation } from './distillation.ts';
import { marginSoftmax } from './margin-softmax.ts';
import { infoNce, multiSimilarity, sharedNegativeTriplet } from './metric-losses.ts';

// Every formula written down a second time over plain arrays, straight from its paper.
type Rows = number[][];
const SIZES = { x: [6, 4], y: [6, 4], w: [3, 4] } as const;
const LABELS = [0, 1, 2, 0, 1, 1];

const tensors = Object.entries(SIZES).map(
  ([name, dims], i) => [name, hashedTensor({ dims: [...dims], seed: i + 3, deviation: 1 })] as const,
);
const [x, y, w] = tensors.map(([, t]) => {
  const values = [...valuesOf(t)];
  return Array.from({ length: t.dims[0]! }, (_, i) => values.slice(i * 4, i * 4 + 4));
}) as [Rows, Rows, Rows];

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const mean = (values: number[]) => sum(values) / values.length;
const dot = (a: number[], b: number[]) => sum(a.map((v, i) => v * b[i]!));
const cos = (a: number[], b: number[]) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
const logSoftmax = (row: number[]) => {
  const whole = Math.log(sum(row.map(Math.exp)));
  return row.map((v) => v - whole);
};
const others = (i: number, same: boolean) =>
  x.map((_, j) => j).filter((j) => j !== i && (LABELS[j] === LABELS[i]) === same);
/** Cross entropy of s·cos(x, w), the label's own angle θ first sent through `target`. */
const margined = (target: (theta: number) => number) =>
  mean(
    x.map((row, i) => {
      const logits = w.map((c, k) => 8 * (k === LABELS[i] ? target(Math.acos(cos(row, c))) : cos(row, c)));
      return -logSoftmax(logits)[LABELS[i]!]!;
    }),
  );

interface Case {
  graph(b: GraphBuilder, labels: string): string;
  wanted(): number;
}
const margin = { embeddings: 'x', classes: 'w', scale: 8 };
const nce = (a: Rows, b: Rows) =>
  mean(a.map((row, i) => -logSoftmax(b.map((other) => cos(row, other) / 0.3))[i]!));

const CASES: Record<string, Case> = {
  'cross entropy with smoothing': {
    graph: (b, labels) => softmaxCrossEntropy(b, { logits: 'x', labels, smoothing: 0.1 }),
    wanted: () => mean(x.map((row, i) => -0.9 * logSoftmax(row)[LABELS[i]!]! - 0.1 * mean(logSoftmax(row)))),
  },
  'normalised softmax': {
    graph: (b, labels) => marginSoftmax(b, { ...margin, labels }).loss,
    wanted: () => margined(Math.cos),
  },
  CosFace: {
    graph: (b, labels) => marginSoftmax(b, { ...margin, labels, margin: 0.3 }).loss,
    wanted: () => margined((theta) => Math.cos(theta) - 0.3),
  },
  ArcFace: {
    graph: (b, labels) => marginSoftmax(b, { ...margin, labels, margin: 0.4, kind: 'angle' }).loss,
    wanted: () =>
      margined((t) => (t + 0.4 < Math.PI ? Math.cos(t + 0.4) : Math.cos(t) - 0.4 * Math.sin(0.4))),
  },
  'triplet with shared negatives': {
    graph: (b) => sharedNegativeTriplet(b, { queries: 'x', positives: 'y', negatives: 'w', margin: 0.8 }),
    wanted: () =>
      mean(
        x.map((q, i) =>
          mean(w.map((n) => Math.max(0, 0.8 - dot(unit(q), unit(y[i]!)) + dot(unit(q), unit(n))))),
        ),
      ),
  },
  'multi-similarity': {
    graph: (b, labels) => multiSimilarity(b, { embeddings: 'x', labels, beta: 10 }),
    wanted: () =>
      mean(
        x.map((row, i) => {
          const side = (same: boolean, f: number) =>
            Math.log(1 + sum(others(i, same).map((j) => Math.exp(f * (cos(row, x[j]!) - 0.5))))) /
            Math.abs(f);
          return side(true, -2) + side(false, 10);
        }),
      ),
  },
  'InfoNCE one way': {
    graph: (b) => infoNce(b, { left: 'x', right: 'y', symmetric: false, temperature: 0.3 }),
    wanted: () => nce(x, y),
  },
  InfoNCE: {
    graph: (b) => infoNce(b, { left: 'x', right: 'y', temperature: 0.3 }),
    wanted: () => (nce(x, y) + nce(y, x)) / 2,
  },
  'cosine distillation': {
    graph: (b) => cosineDistillation(b, { student: 'x', teacher: 'y' }),
    wanted: () => 1 - mean(x.map((row, i) => cos(row, y[i]!))),
  },
  'KL distillation': {
    graph: (b) => klDistillation(b, { student: 'x', teacher: 'y', temperature: 2 }),
    wanted: () => {
      const logs = (row: number[]) => logSoftmax(row.map((v) => v / 2));
      return 4 * mean(x.map((row, i) => sum(logs(y[i]!).map((t, k) => Math.exp(t) * (t - logs(row)[k]!)))));
    },
  },
};
const unit = (row: number[]) => row.map((v) => v / Math.sqrt(dot(row, row)));

it.each(Object.entries(CASES))('%s has the value of its formula', (_, { graph, wanted }) => {
  const b = new GraphBuilder();
  for (const [name, t] of tensors) b.input(name, { dtype: 'float32', dims: t.dims });
  const loss = graph(b, b.constant(LABELS, { dtype: 'int64' }));
  const feeds = new Map(
    tensors.map(([name, t]) => [name, { dtype: t.dtype, dims: t.dims, data: valuesOf(t) }]),
  );
  expect(runGraph(b.graph(), feeds).get(loss)!.data[0]).toBeCloseTo(wanted(), 6);
});
