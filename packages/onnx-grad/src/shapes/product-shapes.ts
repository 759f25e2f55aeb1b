import { broadcastDims, normalAxis } from '../graph/dims.ts';
import { intAttribute, intsAttribute } from '../graph/ir.ts';
import {
  inputType,
  misfit,
  type ShapeContext,
  type ShapeRule,
  type ShapeRules,
  spatialOutput,
  windowOf,
} from './shape-rule.ts';

const matMul: ShapeRule = (context) => {
  const a = inputType(context, 0);
  const b = inputType(context, 1);
  const left = a.dims.length === 1 ? [1, ...a.dims] : a.dims;
  const right = b.dims.length === 1 ? [...b.dims, 1] : b.dims;
  if (left.at(-1) !== right.at(-2)) throw misfit(context, `[${a.dims}] × [${b.dims}]`);
  const dims = broadcastDims(left.slice(0, -2), right.slice(0, -2));
  if (a.dims.length > 1) dims.push(left.at(-2)!);
  if (b.dims.length > 1) dims.push(right.at(-1)!);
  return [{ dtype: a.dtype, dims }];
};

const gemm: ShapeRule = (context) => {
  const a = inputType(context, 0);
  const b = inputType(context, 1);
  const ta = intAttribute(context.node, 'transA') ?? 0;
  const tb = intAttribute(context.node, 'transB') ?? 0;
  if (a.dims.length !== 2 || b.dims.length !== 2) throw misfit(context, 'both operands must have rank 2');
  if (a.dims[ta ? 0 : 1] !== b.dims[tb ? 1 : 0]) throw misfit(context, `[${a.dims}] × [${b.dims}]`);
  return [{ dtype: a.dtype, dims: [a.dims[ta ? 1 : 0]!, b.dims[tb ? 0 : 1]!] }];
};

const conv: ShapeRule = (context) => {
  const x = inputType(context, 0);
  const w = inputType(context, 1);
  const group = intAttribute(context.node, 'group') ?? 1;
  if (x.dims[1] !== w.dims[1]! * group)
    throw misfit(context, `[${x.dims}] with weights [${w.dims}], group ${group}`);
  const input = x.dims.slice(2);
  const window = windowOf(context.node, { kernel: w.dims.slice(2), input });
  return [{ dtype: x.dtype, dims: [x.dims[0]!, w.dims[0]!, ...spatialOutput(input, window)] }];
};

const convTranspose: ShapeRule = (context) => {
  const x = inputType(context, 0);
  const w = inputType(context, 1);
  const group = intAttribute(context.node, 'group') ?? 1;
  const kernel = w.dims.slice(2);
  const zeros = kernel.map(() => 0);
  const ones = kernel.map(() => 1);
  const strides = intsAttribute(context.node, 'strides') ?? ones;
  const dilations = intsAttribute(context.node, 'dilations') ?? ones;
  const extra = intsAttribute(context.node, 'output_padding') ?? zeros;
  const pads = intsAttribute(context.node, 'pads') ?? [...zeros, ...zeros];
  const spatial = x.dims
    .slice(2)
    .map(
      (size, i) =>
        strides[i]! * (size - 1) +
        extra[i]! +
        (kernel[i]! - 1) * dilations[i]! +
        1 -
        pads[i]! -
        pads[i + kernel.length]!,
    );
  return [{ dtype: x.dtype, dims: [x.dims[0]!, w.dims[1]! * group, ...spatial] }];
};

const pool: ShapeRule = (context) => {
  const x = inputType(context, 0);
  const input = x.dims.slice(2);
  const window = windowOf(context.node, { kernel: intsAttribute(context.node, 'kernel_shape') ?? [], input });
  const ceil = intAttribute(context.node, 'ceil_mode') === 1;
  const dims = [...x.dims.slice(0, 2), ...spatialOutput(input, { ...window, ceil })];
  const indices = context.node.outputs[1] ? [{ dtype: 'int64' as const, dims }] : [];
  return [{ dtype: x.dtype, dims }, ...indices];
};

const globalPool: ShapeRule = (context) => {
  const x = inputType(context);
  return [{ dtype: x.dtype, dims: x.dims.map((dim, i) => (i < 2 ? dim : 1)) }];
};

function layerNormalization(context: ShapeContext) {
  const x = inputType(context);
  const axis = normalAxis(intAttribute(context.node, 'axis') ?? -1, x.dims.length);
  const moments = x.dims.map((dim, i) => (i < axis ? dim : 1));
  const rest = context.node.outputs.slice(1).map(() => ({ dtype: x.dtype, dims: moments }));
  return [{ dtype: x.dtype, dims: [...x.dims] }, ...rest];
}

const einsum: ShapeRule = (context) => {
  const equation = context.node.attributes.equation;
  if (equation?.kind !== 'string') throw misfit(context, 'no equation');
  const [left = '', right = ''] = equation.value.replaceAll(' ', '').split('->');
  const sizes = new Map<string, number>();
  left.split(',').forEach((term, i) => {
    [...term].forEach((letter, axis) => {
      sizes.set(letter, inputType(context, i).dims[axis]!);
    });
  });
  return [{ dtype: inputType(context).dtype, dims: [...right].map((letter) => sizes.get(letter)!) }];
};

export const productShapes: ShapeRules = {
  MatMul: matMul,
  Gemm: gemm,
  Conv: conv,
  ConvTranspose: convTranspose,
  MaxPool: pool,
  AveragePool: pool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  LayerNormalization: layerNormalization,
  Einsum: einsum,
};
