import type { Model } from '../graph/ir.ts';
import { layerNorm, transformerBlock } from './vision-transformer.ts';
import { ModelMaker } from './weight-store.ts';

export interface TextTransformerOptions {
  batch: number;
  tokens: number;
  vocabulary: number;
  width: number;
  depth: number;
  heads: number;
  /** Width of the output. */
  output: number;
}

export const CLIP_TEXT = {
  tokens: 77,
  vocabulary: 49408,
  width: 512,
  depth: 12,
  heads: 8,
  output: 512,
} as const;

/**
 * CLIP's text tower (Radford et al. 2021, §2.4): input `ids` int64 [B, T], output `embedding` float32 [B, output].
 * Causal attention, quick GELU, the state at the largest token id (end of text), projected without bias.
 */
export function textTransformer(options: TextTransformerOptions): Model {
  const maker = new ModelMaker();
  const { b } = maker;
  const { batch, tokens, vocabulary, width, depth, heads } = options;
  const ids = b.input('ids', { dtype: 'int64', dims: [batch, tokens] });
  const table = maker.weight('token', { dims: [vocabulary, width], deviation: 0.02 });
  const position = maker.weight('position', { dims: [tokens, width], deviation: 0.01 });
  let x = b.op('Add', [b.op('Gather', [table, ids], { axis: 0 }), position]);
  x = b.op('Reshape', [x, b.ints([batch * tokens, width])]);
  const causal = Array.from({ length: tokens * tokens }, (_, i) =>
    i % tokens > Math.floor(i / tokens) ? -1e9 : 0,
  );
  const mask = b.constant(causal, { dims: [tokens, tokens] });
  for (let i = 0; i < depth; i++) {
    const shape = { batch, tokens, width, heads, mask, quickGelu: true, epsilon: 1e-5 };
    x = transformerBlock(maker, { ...shape, x, name: `block${i}`, output: `block${i}` });
  }
  const normal = layerNorm(maker, { x, name: 'norm', width, epsilon: 1e-5 });
  const end = b.op('ArgMax', [ids], { axis: 1, keepdims: 0 });
  const firsts = b.constant(
    Array.from({ length: batch }, (_, i) => i * tokens),
    { dtype: 'int64' },
  );
  const pooled = b.op('Gather', [normal, b.op('Add', [end, firsts])], { axis: 0 });
  const projection = maker.weight('projection', { dims: [width, options.output], deviation: width ** -0.5 });
  b.output('embedding', b.op('MatMul', [pooled, projection]));
  return maker.model('text-transformer');
}
