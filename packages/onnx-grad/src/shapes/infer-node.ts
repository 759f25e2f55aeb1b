import { GraphError } from '../graph/graph-error.ts';
import type { TensorType } from '../graph/ir.ts';
import { elementwiseShapes } from './elementwise-shapes.ts';
import { movementShapes } from './movement-shapes.ts';
import { productShapes } from './product-shapes.ts';
import type { ShapeContext, ShapeRules } from './shape-rule.ts';

const RULES: ShapeRules = { ...elementwiseShapes, ...productShapes, ...movementShapes };

/** Types of a node's outputs. Throws `missing_shape_rule` or `shape_mismatch`, both naming operator and node. */
export function inferNode(context: ShapeContext): TensorType[] {
  const { node } = context;
  const rule = node.domain === '' ? RULES[node.opType] : undefined;
  if (!rule) {
    const operator = node.domain ? `${node.domain}.${node.opType}` : node.opType;
    throw new GraphError('missing_shape_rule', `no shape rule for ${operator} (node '${node.name}')`, {
      operator,
      node: node.name,
    });
  }
  return rule(context);
}
