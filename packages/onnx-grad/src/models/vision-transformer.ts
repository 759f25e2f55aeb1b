import type { Model } from '../graph/ir.ts';
import { ModelMaker } from './weight-store.ts';

export interface VisionTransformerOptions {
  batch: number;
  /** Side of the square picture, a multiple of `patch`. */
  size: number;
  patch: number;
  width: number;
  depth: number;
  heads: number;
}

export const VIT_S16 = { size: 224, patch: 16, width: 384, depth: 12, heads: 6 } as const;

/**
 * Vision transformer (Dosovitskiy et al. 2021; DeiT-S/DINO ViT-S shapes): input `image` float32 [B, 3, S, S], output
 * `embedding` float32 [B, width] (normalised class token). Pre-norm blocks, exact GELU, layer-norm ε = 1e-6.
 */
export function visionTransformer(options: VisionTransformerOptions): Model {
  const maker = new ModelMaker();
  const { b } = maker;
  const { batch, size, patch, width, depth } = options;
  const side = size / patch;
  const tokens = side * side + 1;
  const image = b.input('image', { dtype: 'float32', dims: [batch, 3, size, size] });
  const kernel = maker.weight('patch.weight', { dims: [width, 3, patch, patch], deviation: 0.02 });
  const bias = maker.weight('patch.bias', { dims: [width], deviation: 0.02 });
  const strides = { kernel_shape: [patch, patch], strides: [patch, patch] };
  const grid = b.op('Conv', [image, kernel, bias], strides);
  const flat = b.op('Reshape', [grid, b.ints([batch, width, side * side])]);
  const patches = b.op('Transpose', [flat], { perm: [0, 2, 1] });
  const cls = maker.weight('cls', { dims: [1, 1, width], deviation: 0.02 });
  const first = b.op('Expand', [cls, b.ints([batch, 1, width])]);
  const position = maker.weight('position', { dims: [1, tokens, width], deviation: 0.02 });
  let x = b.op('Add', [b.op('Concat', [first, patches], { axis: 1 }), position]);
  x = b.op('Reshape', [x, b.ints([batch * tokens, width])]);
  for (let i = 0; i < depth; i++) {
    x = transformerBlock(maker, {
      x,
      name: `block${i}`,
      batch,
      tokens,
      width,
      heads: options.heads,
      output: `block${i}`,
    });
  }
  const normal = layerNorm(maker, { x, name: 'norm', width });
  const rows = b.op('Reshape', [normal, b.ints([batch, tokens, width])]);
  b.output('embedding', b.op('Gather', [rows, b.constant(0, { dtype: 'int64' })], { axis: 1 }));
  return maker.model('vision-transformer');
}

export interface BlockSpec {
  x: string;
  name: string;
  batch: number;
  tokens: number;
  width: number;
  heads: number;
  /** Added to the attention scores, [tokens, tokens]. */
  mask?: string;
  /** x·sigmoid(1.702x) in place of the exact GELU (CLIP). */
  quickGelu?: boolean;
  /** Layer-norm ε. Default 1e-6. */
  epsilon?: number;
  /** Name to give to the block's result. */
  output?: string;
}

/** Rows [B·T, D] → rows: x + attention(norm(x)), then x + mlp(norm(x)). */
export function transformerBlock(maker: ModelMaker, spec: BlockSpec): string {
  const { b } = maker;
  const { name, width, epsilon } = spec;
  const attended = attention(maker, {
    ...spec,
    x: layerNorm(maker, { x: spec.x, name: `${name}.norm1`, width, epsilon }),
  });
  const middle = b.op('Add', [spec.x, attended]);
  const inner = layerNorm(maker, { x: middle, name: `${name}.norm2`, width, epsilon });
  const wide = linear(maker, { x: inner, name: `${name}.fc1`, from: width, to: 4 * width });
  const curved = spec.quickGelu
    ? b.op('Mul', [wide, b.op('Sigmoid', [b.op('Mul', [wide, b.constant(1.702)])])])
    : b.op('Gelu', [wide]);
  const narrow = linear(maker, { x: curved, name: `${name}.fc2`, from: 4 * width, to: width });
  const output = spec.output ?? b.fresh(`${name}.out`);
  b.append({ opType: 'Add', inputs: [middle, narrow], outputs: [output], attributes: {} });
  return output;
}

function attention(maker: ModelMaker, spec: BlockSpec): string {
  const { b } = maker;
  const { name, batch, tokens, width, heads } = spec;
  const size = width / heads;
  const head = (part: 'query' | 'key' | 'value') => {
    const rows = linear(maker, { x: spec.x, name: `${name}.${part}`, from: width, to: width });
    const split = b.op('Reshape', [rows, b.ints([batch, tokens, heads, size])]);
    return b.op('Transpose', [split], { perm: [0, 2, 1, 3] });
  };
  const query = b.op('Mul', [head('query'), b.constant(size ** -0.5)]);
  const key = b.op('Transpose', [head('key')], { perm: [0, 1, 3, 2] });
  const scores = b.op('MatMul', [query, key]);
  const masked = spec.mask ? b.op('Add', [scores, spec.mask]) : scores;
  const weights = b.op('Softmax', [masked], { axis: -1 });
  const mixed = b.op('MatMul', [weights, head('value')]);
  const joined = b.op('Transpose', [mixed], { perm: [0, 2, 1, 3] });
  const rows = b.op('Reshape', [joined, b.ints([batch * tokens, width])]);
  return linear(maker, { x: rows, name: `${name}.proj`, from: width, to: width });
}

export function layerNorm(
  maker: ModelMaker,
  spec: { x: string; name: string; width: number; epsilon?: number },
): string {
  const scale = maker.weight(`${spec.name}.weight`, { dims: [spec.width], deviation: 0.1, mean: 1 });
  const bias = maker.weight(`${spec.name}.bias`, { dims: [spec.width], deviation: 0.02 });
  const epsilon = { float: spec.epsilon ?? 1e-6 };
  return maker.b.op('LayerNormalization', [spec.x, scale, bias], { axis: -1, epsilon });
}

/** Rows [R, from] × W [to, from]ᵀ + b, weights laid out as torch.nn.Linear has them. */
export function linear(
  maker: ModelMaker,
  spec: { x: string; name: string; from: number; to: number },
): string {
  const weight = maker.weight(`${spec.name}.weight`, {
    dims: [spec.to, spec.from],
    deviation: spec.from ** -0.5,
  });
  const bias = maker.weight(`${spec.name}.bias`, { dims: [spec.to], deviation: 0.02 });
  return maker.b.op('Gemm', [spec.x, weight, bias], { transB: 1 });
}
