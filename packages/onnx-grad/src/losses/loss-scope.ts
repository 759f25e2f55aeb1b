import type { GraphBuilder } from '../graph/builder.ts';
import type { TensorType } from '../graph/ir.ts';
import type { Tensor } from '../graph/tensor.ts';

/** What a loss may ask of the training step that it becomes part of. */
export interface LossScope {
  builder: GraphBuilder;
  /** Name of a value of the forward graph in this step, e.g. one of its outputs. */
  value(name: string): string;
  /** Declares an input that comes with every batch: labels, masks, targets. */
  batch(name: string, type: TensorType): string;
  /** Declares a scalar float32 input that the caller may change at every step: margins, temperatures. */
  scalar(name: string): string;
  /** Declares a weight that the loss itself trains, e.g. class vectors, with its first value. */
  weight(name: string, initial: Tensor): string;
  /** Declares a tensor that the step keeps and rewrites but does not train; `next` gives its new value. */
  memory(name: string, spec: { initial: Tensor; next(current: string): string }): string;
  /**
   * Runs the forward graph once more with other values as its inputs: further views of a batch, or with `average` the
   * EMA teacher (needs the optimiser's `ema`; no gradient flows into it). Returns a look-up of its values by name.
   */
  forward(feeds: Record<string, string>, options?: { average?: boolean }): (name: string) => string;
}

export interface LossResult {
  /** Scalar to minimise. */
  loss: string;
  /** Further scalars to report. */
  metrics?: Record<string, string>;
}

export type LossFunction = (scope: LossScope) => LossResult;
