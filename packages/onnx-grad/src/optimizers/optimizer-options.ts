export interface WeightInfo {
  name: string;
  dims: number[];
}

export interface WeightGroup {
  /** Factor on the step's learning rate. Default 1. */
  learningRate?: number;
  /** In place of the optimiser's own weight decay. */
  weightDecay?: number;
}

interface CommonOptions {
  /** Default 0 (sgd), 0.01 (adamw). */
  weightDecay?: number;
  /** Learning-rate factor and weight decay of one weight: layer decay, head × 10, no decay on biases. */
  group?(weight: WeightInfo): WeightGroup;
  /** Gradients are scaled down together when their global norm is above this. */
  clipNorm?: number;
  /** Keeps an exponential moving average of the weights with this decay (e.g. 0.999) beside them. */
  ema?: number;
  /**
   * Multiplies the loss before differentiation and divides the gradients after it (for float16 arithmetic). A step
   * whose gradients are not finite changes nothing and halves the scale; `growEvery` good steps in a row double it.
   */
  lossScale?: { initial?: number; growEvery?: number };
}

export interface SgdOptions extends CommonOptions {
  kind: 'sgd';
  /** Default 0: no momentum, no state. */
  momentum?: number;
  nesterov?: boolean;
}

export interface AdamWOptions extends CommonOptions {
  kind: 'adamw';
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.999. */
  beta2?: number;
  /** Default 1e-8. It is computed at run time from a constant, so that no optimiser takes it for zero. */
  epsilon?: number;
}

export type OptimizerOptions = SgdOptions | AdamWOptions;

/** Group function of transformers' fine-tuning: vectors and biases without decay, lr × decay^(depth − layer). */
export function layerDecay(spec: {
  decay: number;
  depth: number;
  /** 0 for the embedding … depth for the last block, more for the head. */
  layerOf(name: string): number;
  /** Factor on weights above the last block. Default 1. */
  head?: number;
}): (weight: WeightInfo) => WeightGroup {
  return ({ name, dims }) => {
    const layer = spec.layerOf(name);
    const learningRate = layer > spec.depth ? (spec.head ?? 1) : spec.decay ** (spec.depth - layer);
    return { learningRate, ...(dims.length < 2 ? { weightDecay: 0 } : {}) };
  };
}
