import { modelOf } from '../graph/builder.ts';
import { elementCount } from '../graph/tensor.ts';
import { writeModel } from '../graph/write-model.ts';
import type { GradientStep } from '../memory/gradient-step.ts';
import {
  type Runtime,
  type RuntimeData,
  type RuntimeSession,
  type RuntimeTensor,
  type SessionOptions,
  sessionOptions,
} from './runtime.ts';

export interface MicroBatches {
  /** The live weights, e.g. StepRunner.tensors() of the apply step. */
  weights: ReadonlyMap<string, RuntimeTensor>;
  /** One entry per micro-batch: its batch inputs and scalars. */
  parts: Record<string, RuntimeData | number>[];
}

/** Sums gradients over micro-batches inside the runtime's own buffers. */
export class GradientRunner {
  readonly step: GradientStep;
  private readonly runtime: Runtime;
  private readonly session: RuntimeSession;
  private sums: Map<string, RuntimeTensor>;
  private spare: Map<string, RuntimeTensor>;

  private constructor(spec: { step: GradientStep; runtime: Runtime; session: RuntimeSession }) {
    this.step = spec.step;
    this.runtime = spec.runtime;
    this.session = spec.session;
    const make = () =>
      new Map(
        [...spec.step.weights].map(([name, tensor]) => {
          const data = new Float32Array(elementCount(tensor.dims));
          return [name, new spec.runtime.Tensor('float32', data, tensor.dims)] as const;
        }),
      );
    this.sums = make();
    this.spare = make();
  }

  static async create(
    runtime: Runtime,
    spec: SessionOptions & { step: GradientStep },
  ): Promise<GradientRunner> {
    const bytes = writeModel(modelOf(spec.step.graph));
    const session = await runtime.InferenceSession.create(bytes, sessionOptions(spec));
    return new GradientRunner({ step: spec.step, runtime, session });
  }

  /** Mean gradient over the parts (each counts the same), by weight; valid until the next call. Metrics are means. */
  async run(
    work: MicroBatches,
  ): Promise<{ grads: Map<string, Float32Array>; metrics: Record<string, number> }> {
    for (const tensor of this.sums.values()) (tensor.data as Float32Array).fill(0);
    const metrics: Record<string, number> = {};
    const share = 1 / work.parts.length;
    for (const part of work.parts) {
      const results = await this.session.run(this.feeds(work, { ...part, share }), this.fetches());
      [this.sums, this.spare] = [this.spare, this.sums];
      for (const name of this.step.metrics) {
        metrics[name] = (metrics[name] ?? 0) + share * (results[name]!.data as Float32Array)[0]!;
      }
    }
    return { grads: new Map([...this.sums].map(([name, t]) => [name, t.data as Float32Array])), metrics };
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  private feeds(
    work: MicroBatches,
    part: Record<string, RuntimeData | number>,
  ): Record<string, RuntimeTensor> {
    const feeds: Record<string, RuntimeTensor> = {};
    for (const [name, tensor] of work.weights) feeds[name] = tensor;
    for (const [name, tensor] of this.sums) feeds[`sum.${name}`] = tensor;
    for (const info of this.step.batch)
      feeds[info.name] = new this.runtime.Tensor(
        info.dtype,
        part[info.name] as RuntimeData,
        info.dims as number[],
      );
    for (const name of this.step.scalars)
      feeds[name] = new this.runtime.Tensor('float32', Float32Array.of(Number(part[name])), []);
    const known = new Set(this.session.inputNames);
    return Object.fromEntries(Object.entries(feeds).filter(([name]) => known.has(name)));
  }

  private fetches(): Record<string, RuntimeTensor | null> {
    const fetches: Record<string, RuntimeTensor | null> = {};
    for (const name of this.step.metrics) fetches[name] = null;
    for (const [name, tensor] of this.spare) fetches[`next.sum.${name}`] = tensor;
    return fetches;
  }
}
