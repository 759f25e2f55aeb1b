import type { GraphBuilder } from '../graph/builder.ts';
import { tensorOf } from '../graph/tensor.ts';
import { calc, reduceSum } from '../rules/gradient-rule.ts';
import { meanOf, normalizeRows, sumLast } from './loss-math.ts';
import type { LossScope } from './loss-scope.ts';

/** 1 − cos(student, teacher), mean over rows; both float32 [B, D]. The teacher gets no gradient if it is an input. */
export function cosineDistillation(b: GraphBuilder, pair: { student: string; teacher: string }): string {
  const c = calc(b);
  const product = c.mul(normalizeRows(b, pair.student), normalizeRows(b, pair.teacher));
  return c.sub(1, meanOf(b, sumLast(b, product)));
}

export interface KlOptions {
  /** Logits, float32 [B, C]. */
  student: string;
  teacher: string;
  /** T ≥ 1. Default 1. */
  temperature?: number;
}

/** T²·KL(teacher ‖ student) of softmax(logits/T), mean over rows (Hinton et al. 2015, §2). */
export function klDistillation(b: GraphBuilder, options: KlOptions): string {
  const c = calc(b);
  const { temperature: t = 1 } = options;
  const logs = (x: string) => b.op('LogSoftmax', [c.mul(x, 1 / t)], { axis: -1 });
  const teacher = logs(options.teacher);
  const gap = c.sub(teacher, logs(options.student));
  return c.mul(meanOf(b, sumLast(b, c.mul(c.un('Exp', teacher), gap))), t * t);
}

export interface SelfDistillationOptions {
  /** Student's outputs per view, float32 [B, K] each. */
  student: string[];
  /** EMA teacher's outputs for the first (global) views, float32 [B, K] each; they get no gradient. */
  teacher: string[];
  /** Default 0.1. */
  studentTemperature?: number;
  /** A number or a scalar value of the graph (warm-up 0.04 → 0.07). Default 0.04. */
  teacherTemperature?: number | string;
  /** Momentum of the centre. Default 0.9. */
  centerMomentum?: number;
  /** Name of the centre among the step's state. Default 'center'. */
  name?: string;
}

/**
 * DINO (Caron et al. 2021, algorithm 1): cross entropy of the student's softmax(s/τₛ) against the teacher's
 * softmax((t − c)/τₜ) over all pairs of different views; the centre c follows the teacher's mean output. The teacher
 * itself is the step's EMA of the weights (optimiser option `ema`), run as a forward graph of its own.
 */
export function selfDistillation(scope: LossScope, options: SelfDistillationOptions): string {
  const b = scope.builder;
  const c = calc(b);
  const { studentTemperature = 0.1, teacherTemperature = 0.04, centerMomentum = 0.9 } = options;
  const size = b.dims(options.teacher[0]!)[1]!;
  const center = scope.memory(options.name ?? 'center', {
    initial: tensorOf(new Float64Array(size), { dtype: 'float32', dims: [size] }),
    next: (current) => {
      const means = options.teacher.map((t) => b.op('ReduceMean', [t, b.ints([0])], { keepdims: 0 }));
      const mean = c.mul(
        means.reduce((sum, m) => c.add(sum, m)),
        1 / means.length,
      );
      return c.add(c.mul(current, centerMomentum), c.mul(mean, 1 - centerMomentum));
    },
  });
  const targets = options.teacher.map((t) =>
    b.op('Softmax', [c.div(c.sub(t, center), teacherTemperature)], { axis: -1 }),
  );
  const logs = options.student.map((s) =>
    b.op('LogSoftmax', [c.mul(s, 1 / studentTemperature)], { axis: -1 }),
  );
  const terms = targets.flatMap((t, i) =>
    logs.flatMap((l, k) => (i === k ? [] : [meanOf(b, rowDot(b, [t, l]))])),
  );
  return c.mul(
    terms.reduce((sum, term) => c.add(sum, term)),
    -1 / terms.length,
  );
}

function rowDot(b: GraphBuilder, [x, y]: [string, string]): string {
  return reduceSum(b, { x: calc(b).mul(x, y), axes: [1], keep: false });
}
