import { GraphBuilder, modelOf } from '../graph/builder.ts';
import type { Model } from '../graph/ir.ts';
import { hashedTensor } from './hashed-tensor.ts';

/** A forward graph in the making whose weights are hashed numbers: weight k (in order of creation) has seed k + 1. */
export class ModelMaker {
  readonly b = new GraphBuilder();
  private count = 0;

  /** Uniform weights of the given standard deviation around `mean`. */
  weight(name: string, spec: { dims: number[]; deviation: number; mean?: number }): string {
    this.count += 1;
    return this.b.weight(name, hashedTensor({ ...spec, seed: this.count }));
  }

  model(name: string): Model {
    return modelOf(this.b.graph(name));
  }
}
