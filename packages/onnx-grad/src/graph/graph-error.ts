export type GraphErrorCode =
  | 'not_a_model'
  | 'unsupported_type'
  | 'unsupported_graph'
  | 'unknown_value'
  | 'unknown_dimension'
  | 'shape_mismatch'
  | 'missing_shape_rule'
  | 'missing_gradient_rule'
  | 'missing_kernel'
  | 'invalid_argument';

export interface GraphErrorPlace {
  operator?: string;
  node?: string;
}

/** Every error of this library: a code to branch on, and where known the operator and the node it is about. */
export class GraphError extends Error {
  readonly code: GraphErrorCode;
  readonly operator: string | undefined;
  readonly node: string | undefined;

  constructor(code: GraphErrorCode, message: string, place: GraphErrorPlace = {}) {
    super(message);
    this.name = 'GraphError';
    this.code = code;
    this.operator = place.operator;
    this.node = place.node;
  }
}
