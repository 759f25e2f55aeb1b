import { normalAxis } from '../graph/dims.ts';
import { floatAttribute, intAttribute } from '../graph/ir.ts';
import { elementCount } from '../graph/tensor.ts';
import {
  calc,
  type GradientRule,
  type GradientRules,
  outputGrad,
  type RuleContext,
  reduceSum,
  reshape,
  sumRows,
} from './gradient-rule.ts';

/**
 * y = softmax(x): dx = y ∘ (g − Σ g∘y). Where y goes only into y·V = O of attention, Σ g∘y is taken as Σ dO∘O
 * (Dao et al. 2022, FlashAttention, eq. 4), which is a hundredth of the work.
 */
const softmax: GradientRule = (context) => {
  const { builder, node } = context;
  const c = calc(builder);
  const y = node.outputs[0]!;
  const g = outputGrad(context);
  const axis = normalAxis(intAttribute(node, 'axis') ?? -1, builder.dims(y).length);
  const dot = attentionDot(context, axis) ?? reduceSum(builder, { x: c.mul(g, y), axes: [axis], keep: true });
  return [c.mul(y, c.sub(g, dot))];
};

function attentionDot(context: RuleContext, axis: number): string | undefined {
  const { builder, node } = context;
  const y = node.outputs[0]!;
  const rank = builder.dims(y).length;
  const [reader, ...others] = context.readers(y);
  if (
    axis !== rank - 1 ||
    rank < 3 ||
    others.length ||
    reader?.opType !== 'MatMul' ||
    reader.inputs[0] !== y
  ) {
    return undefined;
  }
  const result = reader.outputs[0]!;
  const grad = context.gradOf(result);
  const batch = builder.dims(y).slice(0, -2);
  const fits =
    builder.dims(result).length === rank && batch.every((dim, i) => builder.dims(result)[i] === dim);
  if (!grad || !fits) return undefined;
  return reduceSum(builder, { x: calc(builder).mul(grad, result), axes: [rank - 1], keep: true });
}

/** y = log softmax(x): dx = g − softmax(x)·Σg. */
const logSoftmax: GradientRule = (context) => {
  const { builder, node } = context;
  const c = calc(builder);
  const y = node.outputs[0]!;
  const g = outputGrad(context);
  const axis = normalAxis(intAttribute(node, 'axis') ?? -1, builder.dims(y).length);
  return [c.sub(g, c.mul(c.un('Exp', y), reduceSum(builder, { x: g, axes: [axis], keep: true })))];
};

/**
 * Layer normalisation (Ba et al. 2016) with x̂ = (x − μ)·σ⁻¹, h = g∘γ over D elements:
 * dx = σ⁻¹(h − mean(h) − x̂·mean(h∘x̂)), dγ = Σ g∘x̂, dβ = Σ g.
 * The node's own third output gives σ⁻¹; x̂ is the same normalisation with γ = 1.
 */
const layerNormalization: GradientRule = (context) => {
  const { builder, node, wanted } = context;
  const c = calc(builder);
  const [x, gamma, beta] = node.inputs as [string, string, string | undefined];
  const dims = builder.dims(x);
  const axis = normalAxis(intAttribute(node, 'axis') ?? -1, dims.length);
  const rows = elementCount(dims.slice(0, axis));
  const size = elementCount(dims.slice(axis));
  const flat = (name: string) => reshape(builder, { x: name, dims: [rows, size] });
  const g = flat(outputGrad(context));
  const one = builder.constant(new Array(size).fill(1), { dtype: builder.dtype(x) });
  const [normal, , inverse] = builder.ops('LayerNormalization', {
    inputs: [flat(x), one],
    attributes: { axis: -1, epsilon: { float: floatAttribute(node, 'epsilon') ?? 1e-5 } },
    outputs: 3,
  }) as [string, string, string];
  const weighted = c.mul(g, normal);
  const back = (value: string, like: string) =>
    reshape(builder, {
      x: sumRows(builder, { x: value, axes: 1 }),
      dims: builder.dims(like),
    });
  const forX = () => {
    const column = c.mul(reshape(builder, { x: gamma, dims: [size, 1] }), 1 / size);
    const h = c.mul(g, reshape(builder, { x: gamma, dims: [size] }));
    const first = c.sub(h, builder.op('MatMul', [g, column]));
    const centred = c.sub(first, c.mul(normal, builder.op('MatMul', [weighted, column])));
    return reshape(builder, { x: c.mul(centred, inverse), dims });
  };
  return [
    wanted[0] ? forX() : undefined,
    wanted[1] ? back(weighted, gamma) : undefined,
    beta && wanted[2] ? back(g, beta) : undefined,
  ];
};

/** [C] → [C, 1, …] so that it broadcasts over a [N, C, …] value. */
function perChannel(context: RuleContext, name: string): string {
  const { builder, node } = context;
  const rank = builder.dims(node.inputs[0]!).length;
  const channels = builder.dims(node.inputs[0]!)[1]!;
  return reshape(builder, { x: name, dims: [channels, ...new Array(rank - 2).fill(1)] });
}

const channelSum = (context: RuleContext, value: string) => {
  const rank = context.builder.dims(value).length;
  const axes = Array.from({ length: rank }, (_, i) => i).filter((axis) => axis !== 1);
  return reduceSum(context.builder, { x: value, axes, keep: false });
};

/** Inference form: y = (x − μ)·γ/√(σ² + ε) + β with running μ and σ², which get no gradient. */
const batchNormalization: GradientRule = (context) => {
  const { builder, node, wanted } = context;
  const c = calc(builder);
  const [x, gamma, , mean, variance] = node.inputs as [string, string, string, string, string];
  const g = outputGrad(context);
  const deviation = c.un('Sqrt', c.add(variance, floatAttribute(node, 'epsilon') ?? 1e-5));
  const forGamma = () => c.div(channelSum(context, c.mul(g, c.sub(x, perChannel(context, mean)))), deviation);
  return [
    wanted[0] ? c.mul(g, perChannel(context, c.div(gamma, deviation))) : undefined,
    wanted[1] ? forGamma() : undefined,
    wanted[2] ? channelSum(context, g) : undefined,
    undefined,
    undefined,
  ];
};

/** As layer normalisation, over the spatial axes of each channel. */
const instanceNormalization: GradientRule = (context) => {
  const { builder, node, wanted } = context;
  const c = calc(builder);
  const [x, gamma] = node.inputs as [string, string];
  const g = outputGrad(context);
  const axes = builder
    .dims(x)
    .map((_, i) => i)
    .slice(2);
  const mean = (value: string) => builder.op('ReduceMean', [value, builder.ints(axes)], { keepdims: 1 });
  const centred = c.sub(x, mean(x));
  const variance = mean(c.mul(centred, centred));
  const deviation = c.un('Sqrt', c.add(variance, floatAttribute(node, 'epsilon') ?? 1e-5));
  const normal = c.div(centred, deviation);
  const forX = () => {
    const h = c.mul(g, perChannel(context, gamma));
    const rest = c.add(mean(h), c.mul(normal, mean(c.mul(h, normal))));
    return c.div(c.sub(h, rest), deviation);
  };
  return [
    wanted[0] ? forX() : undefined,
    wanted[1] ? channelSum(context, c.mul(g, normal)) : undefined,
    wanted[2] ? channelSum(context, g) : undefined,
  ];
};

/** y = x/‖x‖: dx = (g − y·Σ g∘y)/‖x‖ for p = 2; for p = 1 dx = (g − sign(x)·Σ g∘y)/‖x‖. */
const lpNormalization: GradientRule = (context) => {
  const { builder, node } = context;
  const c = calc(builder);
  const x = node.inputs[0]!;
  const y = node.outputs[0]!;
  const g = outputGrad(context);
  const p = intAttribute(node, 'p') ?? 2;
  const axis = normalAxis(intAttribute(node, 'axis') ?? -1, builder.dims(x).length);
  const norm = builder.op(p === 1 ? 'ReduceL1' : 'ReduceL2', [x, builder.ints([axis])], { keepdims: 1 });
  const dot = reduceSum(builder, { x: c.mul(g, y), axes: [axis], keep: true });
  const direction = p === 1 ? c.sub(c.mask('Greater', x, 0), c.mask('Less', x, 0)) : y;
  return [c.div(c.sub(g, c.mul(direction, dot)), norm)];
};

export const normalizationRules: GradientRules = {
  Softmax: softmax,
  LogSoftmax: logSoftmax,
  LayerNormalization: layerNormalization,
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
  LpNormalization: lpNormalization,
};
