import { GraphError } from '../graph/graph-error.ts';
import type { GraphNode } from '../graph/ir.ts';
import { binaryRules } from './binary-rules.ts';
import { convolutionRules } from './convolution-rules.ts';
import type { GradientRule, GradientRules } from './gradient-rule.ts';
import { movementRules } from './movement-rules.ts';
import { normalizationRules } from './normalization-rules.ts';
import { poolingRules } from './pooling-rules.ts';
import { productRules } from './product-rules.ts';
import { reductionRules } from './reduction-rules.ts';
import { unaryRules } from './unary-rules.ts';

const RULES: GradientRules = {
  ...unaryRules,
  ...binaryRules,
  ...productRules,
  ...normalizationRules,
  ...reductionRules,
  ...movementRules,
  ...convolutionRules,
  ...poolingRules,
};

/** Operators of ai.onnx that have a gradient rule (some of them: that nothing flows through them). */
export const differentiableOperators: readonly string[] = Object.keys(RULES).sort();

/** The rule of a node's operator; GraphError `missing_gradient_rule` names operator and node. */
export function gradientRule(node: GraphNode): GradientRule {
  const rule = node.domain === '' ? RULES[node.opType] : undefined;
  if (rule) return rule;
  const operator = node.domain ? `${node.domain}.${node.opType}` : node.opType;
  throw new GraphError('missing_gradient_rule', `no gradient rule for ${operator} (node '${node.name}')`, {
    operator,
    node: node.name,
  });
}
