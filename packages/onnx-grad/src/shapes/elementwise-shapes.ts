import { dataTypeOf } from '../graph/data-type.ts';
import { broadcastDims } from '../graph/dims.ts';
import { intAttribute, type TensorType } from '../graph/ir.ts';
import { inputType, keep, misfit, type ShapeRule, type ShapeRules } from './shape-rule.ts';

const UNARY =
  'Abs Acos Asin Atan Ceil Celu Clip Cos Cosh Dropout Elu Erf Exp Floor Gelu HardSigmoid HardSwish Identity LeakyRelu Log Mish Neg Not PRelu Reciprocal Relu Round Selu Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Tan Tanh ThresholdedRelu CumSum Trilu LpNormalization Softmax LogSoftmax BatchNormalization InstanceNormalization GroupNormalization ScatterElements ScatterND'.split(
    ' ',
  );
const BINARY = 'Add Sub Mul Div Pow Max Min Sum Mean Mod And Or Xor BitShift'.split(' ');
const COMPARE = 'Equal Greater GreaterOrEqual Less LessOrEqual'.split(' ');

function joined(types: (TensorType | undefined)[]): number[] {
  return types.reduce<number[]>((dims, type) => (type ? broadcastDims(dims, type.dims) : dims), []);
}

const binary: ShapeRule = (context) => {
  try {
    return [{ dtype: inputType(context).dtype, dims: joined(context.types) }];
  } catch (cause) {
    throw misfit(context, (cause as Error).message);
  }
};

export const elementwiseShapes: ShapeRules = {
  ...Object.fromEntries(UNARY.map((op) => [op, keep()])),
  ...Object.fromEntries(BINARY.map((op) => [op, binary])),
  ...Object.fromEntries(
    COMPARE.map(
      (op) => [op, (context) => [{ dtype: 'bool', dims: joined(context.types) }]] as [string, ShapeRule],
    ),
  ),
  IsNaN: keep('bool'),
  IsInf: keep('bool'),
  Dropout: (context) => [
    { ...inputType(context) },
    ...(context.node.outputs.length > 1 ? [{ dtype: 'bool' as const, dims: inputType(context).dims }] : []),
  ],
  Where: (context) => [{ dtype: inputType(context, 1).dtype, dims: joined(context.types) }],
  Cast: (context) => [
    { dtype: dataTypeOf(intAttribute(context.node, 'to') ?? 1), dims: [...inputType(context).dims] },
  ],
  CastLike: (context) => [{ dtype: inputType(context, 1).dtype, dims: [...inputType(context).dims] }],
};
