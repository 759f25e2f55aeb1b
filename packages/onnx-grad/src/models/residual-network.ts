import type { Model } from '../graph/ir.ts';
import { hashedTensor } from './hashed-tensor.ts';
import { ModelMaker } from './weight-store.ts';

export interface ResidualNetworkOptions {
  batch: number;
  /** Side of the square picture. */
  size: number;
  /** Channels of the first stage (64 for ResNet-18). */
  width: number;
}

export const RESNET_18 = { size: 224, width: 64 } as const;

/**
 * ResNet-18 (He et al. 2016, table 1) with batch normalisation in inference form: input `image` float32 [B, 3, S, S],
 * output `embedding` float32 [B, 8·width]. Running mean and variance are constants, as in any exported network.
 */
export function residualNetwork(options: ResidualNetworkOptions): Model {
  const maker = new ModelMaker();
  const { b } = maker;
  const { batch, size, width } = options;
  const image = b.input('image', { dtype: 'float32', dims: [batch, 3, size, size] });
  let x = convNorm(maker, { x: image, name: 'stem', from: 3, to: width, kernel: 7, stride: 2 });
  x = b.op('Relu', [x]);
  x = b.op('MaxPool', [x], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] });
  let from = width;
  for (let stage = 0; stage < 4; stage++) {
    const to = width * 2 ** stage;
    for (let block = 0; block < 2; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      x = basicBlock(maker, { x, name: `stage${stage}.${block}`, from, to, stride });
      from = to;
    }
  }
  const pooled = b.op('GlobalAveragePool', [x]);
  b.output('embedding', b.op('Flatten', [pooled], { axis: 1 }));
  return maker.model('residual-network');
}

interface BlockSpec {
  x: string;
  name: string;
  from: number;
  to: number;
  stride: number;
}

function basicBlock(maker: ModelMaker, spec: BlockSpec): string {
  const { b } = maker;
  const { name, to, stride } = spec;
  const first = b.op('Relu', [convNorm(maker, { ...spec, name: `${name}.a`, kernel: 3 })]);
  const second = convNorm(maker, { x: first, name: `${name}.b`, from: to, to, kernel: 3, stride: 1 });
  const direct = stride === 1 && spec.from === to;
  const skip = direct ? spec.x : convNorm(maker, { ...spec, name: `${name}.skip`, kernel: 1 });
  return b.op('Relu', [b.op('Add', [second, skip])]);
}

function convNorm(maker: ModelMaker, spec: BlockSpec & { kernel: number }): string {
  const { b } = maker;
  const { kernel, from, to, name, stride } = spec;
  const deviation = Math.sqrt(2 / (from * kernel * kernel));
  const weight = maker.weight(`${name}.conv`, { dims: [to, from, kernel, kernel], deviation });
  const pad = (kernel - 1) / 2;
  const attributes = {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [pad, pad, pad, pad],
  };
  const y = b.op('Conv', [spec.x, weight], attributes);
  const scale = maker.weight(`${name}.scale`, { dims: [to], deviation: 0.05, mean: 0.7 });
  const shift = maker.weight(`${name}.shift`, { dims: [to], deviation: 0.05 });
  const running = { dims: [to], seed: 500 + to };
  const mean = b.initializer(`${name}.mean`, hashedTensor({ ...running, deviation: 0.05 }));
  const variance = b.initializer(`${name}.variance`, hashedTensor({ ...running, deviation: 0.05, mean: 1 }));
  return b.op('BatchNormalization', [y, scale, shift, mean, variance], { epsilon: { float: 1e-5 } });
}
