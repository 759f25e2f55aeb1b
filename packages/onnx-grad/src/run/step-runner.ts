import { GraphError } from '../graph/graph-error.ts';
import { float32Of, type Tensor } from '../graph/tensor.ts';
import type { StateEntry } from '../optimizers/update-weights.ts';
import { stepBytes, type TrainingStep } from '../train/training-step.ts';
import {
  type Runtime,
  type RuntimeData,
  type RuntimeSession,
  type RuntimeTensor,
  type SessionOptions,
  sessionOptions,
} from './runtime.ts';

export type BatchValue = RuntimeData | RuntimeTensor;

/**
 * Runs a training step again and again. The state lives in two sets of buffers that change places at every step: the
 * runtime writes straight into them, so that a step allocates nothing in JavaScript.
 */
export class StepRunner {
  readonly step: TrainingStep;
  private readonly runtime: Runtime;
  private readonly session: RuntimeSession;
  private current: Map<string, RuntimeTensor>;
  private spare: Map<string, RuntimeTensor>;
  private steps = 0;

  private constructor(spec: { step: TrainingStep; runtime: Runtime; session: RuntimeSession }) {
    this.step = spec.step;
    this.runtime = spec.runtime;
    this.session = spec.session;
    const make = () =>
      new Map(
        spec.step.state.map((entry) => [entry.input, this.tensor(startOf(entry), entry.dims)] as const),
      );
    this.current = make();
    this.spare = make();
  }

  static async create(runtime: Runtime, spec: SessionOptions & { step: TrainingStep }): Promise<StepRunner> {
    const session = await runtime.InferenceSession.create(stepBytes(spec.step), sessionOptions(spec));
    return new StepRunner({ step: spec.step, runtime, session });
  }

  /**
   * One call: one step, or all steps of a Loop. `batch` holds a value for every batch input (typed array in the
   * input's dims) and every scalar ('lr' …; for a Loop a number or one a step); 'step' is counted here.
   * Returns the metrics, of the last step for a Loop.
   */
  async run(batch: Record<string, BatchValue | number>): Promise<Record<string, number>> {
    const all = await this.runAll(batch);
    return Object.fromEntries(Object.entries(all).map(([name, values]) => [name, values.at(-1)!]));
  }

  /** As `run`, with the metrics of every step of a Loop. */
  async runAll(batch: Record<string, BatchValue | number>): Promise<Record<string, Float32Array>> {
    const feeds: Record<string, RuntimeTensor> = Object.fromEntries(this.current);
    for (const info of this.step.batch) {
      const value = batch[info.name] ?? batch[info.name.replace(/^(all\.)+/, '')];
      if (value === undefined) throw new GraphError('invalid_argument', `the batch has no '${info.name}'`);
      feeds[info.name] = this.feed(value, info.dims as number[]);
    }
    for (const name of this.step.scalars) {
      feeds[this.step.loop ? `all.${name}` : name] = this.scalars(name, batch[name]);
    }
    this.steps += this.step.loop ?? 1;
    const fetches: Record<string, RuntimeTensor | null> = {};
    for (const name of this.step.metrics) fetches[name] = null;
    for (const entry of this.step.state) fetches[entry.output] = this.spare.get(entry.input)!;
    const known = new Set(this.session.inputNames);
    const used = Object.fromEntries(Object.entries(feeds).filter(([name]) => known.has(name)));
    const results = await this.session.run(used, fetches);
    [this.current, this.spare] = [this.spare, this.current];
    return Object.fromEntries(this.step.metrics.map((name) => [name, results[name]!.data as Float32Array]));
  }

  /** The live tensors of one kind (not copied), by weight name; valid until the next step. */
  tensors(kind: StateEntry['kind'] = 'weight'): Map<string, RuntimeTensor> {
    const entries = this.step.state.filter((entry) => entry.kind === kind);
    return new Map(entries.map((entry) => [entry.of, this.current.get(entry.input)!]));
  }

  /** Copies of the tensors of one kind, by weight name. */
  read(kind: StateEntry['kind'] = 'weight'): Map<string, Tensor> {
    return new Map(
      this.step.state
        .filter((entry) => entry.kind === kind)
        .map((entry) => {
          const data = (this.current.get(entry.input)!.data as Float32Array).slice();
          return [
            entry.of,
            { dtype: 'float32', dims: entry.dims, bytes: new Uint8Array(data.buffer) },
          ] as const;
        }),
    );
  }

  /** The whole state, to go on from later with `restore`. */
  save(): { steps: number; state: Map<string, Float32Array> } {
    const state = [...this.current].map(([name, t]) => [name, (t.data as Float32Array).slice()] as const);
    return { steps: this.steps, state: new Map(state) };
  }

  restore(saved: { steps: number; state: Map<string, Float32Array> }): void {
    this.steps = saved.steps;
    for (const [name, data] of saved.state) (this.current.get(name)!.data as Float32Array).set(data);
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  private scalars(name: string, given: BatchValue | number | undefined): RuntimeTensor {
    const count = this.step.loop ?? 1;
    const dims = this.step.loop ? [count] : [];
    if (name === 'step')
      return this.tensor(
        Float32Array.from({ length: count }, (_, i) => this.steps + 1 + i),
        dims,
      );
    if (given instanceof Float32Array) return this.tensor(given, dims);
    if (typeof given === 'number') return this.tensor(new Float32Array(count).fill(given), dims);
    throw new GraphError('invalid_argument', `the batch has no number '${name}'`);
  }

  private feed(value: BatchValue | number, dims: number[]): RuntimeTensor {
    if (typeof value === 'number') return this.tensor(Float32Array.of(value), []);
    return ArrayBuffer.isView(value) ? this.tensor(value, dims) : value;
  }

  private tensor(data: RuntimeData, dims: readonly number[]): RuntimeTensor {
    const type =
      data instanceof BigInt64Array
        ? 'int64'
        : data instanceof Int32Array
          ? 'int32'
          : data instanceof Uint8Array
            ? 'uint8'
            : data instanceof Float64Array
              ? 'float64'
              : 'float32';
    return new this.runtime.Tensor(type, data, dims);
  }
}

function startOf(entry: StateEntry): Float32Array {
  return float32Of(entry.initial()).slice();
}
