import type { Cases } from './case-shapes.ts';
import { BINARY_CASES, UNARY_CASES } from './elementwise.cases.ts';
import { MOVEMENT_CASES } from './movement.cases.ts';
import { PRODUCT_CASES, REDUCTION_CASES } from './product.cases.ts';
import { CONVOLUTION_CASES } from './window.cases.ts';

/** Random calls of every operator that has a gradient rule; the first word of a name is the operator. */
export const CASES: Cases = {
  ...UNARY_CASES,
  ...BINARY_CASES,
  ...PRODUCT_CASES,
  ...REDUCTION_CASES,
  ...CONVOLUTION_CASES,
  ...MOVEMENT_CASES,
};
