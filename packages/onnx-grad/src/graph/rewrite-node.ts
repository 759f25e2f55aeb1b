import type { GraphBuilder } from './builder.ts';
import { type GraphNode, intsAttribute, stringAttribute } from './ir.ts';
import { resizeMatrix } from './resize-matrix.ts';

/**
 * Puts a node into operators that have rules: Resize as one product per axis, Pad by reflection, edge or wrap as one
 * Gather per axis. Their sizes have to be constants.
 * @returns the value in place of the node's output; undefined: the node stays as it is.
 */
export function rewriteNode(b: GraphBuilder, node: GraphNode): string | undefined {
  if (node.opType === 'Resize') return rewriteResize(b, node);
  if (node.opType === 'Pad') return rewritePad(b, node);
  return undefined;
}

/** Along the last two axes (height and width of pictures); other axes have to keep their size. */
function rewriteResize(b: GraphBuilder, node: GraphNode): string | undefined {
  const [x = '', , scalesName = '', sizesName = ''] = node.inputs;
  const dims = b.dims(x);
  const spread = (values: number[] | undefined, other: number[]) => {
    const axes = intsAttribute(node, 'axes');
    if (!axes || !values) return values;
    const all = [...other];
    axes.forEach((axis, i) => {
      all[axis < 0 ? axis + dims.length : axis] = values[i]!;
    });
    return all;
  };
  const ones = dims.map(() => 1);
  const sizes = sizesName && b.has(sizesName) ? spread(b.constantOf(sizesName), dims) : undefined;
  const given = scalesName && b.has(scalesName) ? spread(b.constantOf(scalesName), ones) : undefined;
  const scales = sizes?.map((size, i) => size / dims[i]!) ?? (given?.length ? given : undefined);
  const policy = stringAttribute(node, 'keep_aspect_ratio_policy') ?? 'stretch';
  if (!scales || policy !== 'stretch' || scales.some((s, i) => s !== 1 && i < dims.length - 2))
    return undefined;
  const axes = scales.map((scale, i) => ({
    from: dims[i]!,
    to: sizes?.[i] ?? Math.floor(dims[i]! * scale),
    scale,
  }));
  let value = x;
  for (const [place, axis] of axes.entries()) {
    if (axis.scale === 1) continue;
    const matrix = resizeMatrix(node, axis);
    if (!matrix) return undefined;
    value = multiply(b, { value, matrix, ...axis, last: place === dims.length - 1 });
  }
  return value;
}

interface Product {
  value: string;
  /** [to, from]. */
  matrix: number[];
  from: number;
  to: number;
  last: boolean;
}

/** x·Mᵀ along the last axis, M·x along the one before it. */
function multiply(b: GraphBuilder, { value, matrix, from, to, last }: Product): string {
  const dtype = b.dtype(value);
  if (!last) return b.op('MatMul', [b.constant(matrix, { dtype, dims: [to, from] }), value]);
  const turned = Array.from({ length: from * to }, (_, i) => matrix[(i % to) * from + Math.floor(i / to)]!);
  return b.op('MatMul', [value, b.constant(turned, { dtype, dims: [from, to] })]);
}

/** Index in the input of a place that may lie outside of it; undefined for an unknown mode. */
const PLACES: Record<string, (i: number, size: number) => number> = {
  edge: (i, size) => Math.min(size - 1, Math.max(0, i)),
  wrap: (i, size) => ((i % size) + size) % size,
  reflect: (i, size) => {
    const period = Math.max(1, 2 * (size - 1));
    const folded = ((i % period) + period) % period;
    return folded < size ? folded : period - folded;
  },
};

function rewritePad(b: GraphBuilder, node: GraphNode): string | undefined {
  const place = PLACES[stringAttribute(node, 'mode') ?? 'constant'];
  const [x = '', padsName = '', , axesName = ''] = node.inputs;
  const pads = b.has(padsName) ? b.constantOf(padsName) : undefined;
  if (!place || !pads) return undefined;
  const dims = b.dims(x);
  const axes = axesName ? b.constantOf(axesName) : dims.map((_, i) => i);
  if (!axes) return undefined;
  let value = x;
  axes.forEach((given, i) => {
    const axis = given < 0 ? given + dims.length : given;
    const [before, after] = [pads[i]!, pads[i + axes.length]!];
    if (before === 0 && after === 0) return;
    const length = dims[axis]! + before + after;
    const indices = Array.from({ length }, (_, k) => place(k - before, dims[axis]!));
    value = b.op('Gather', [value, b.ints(indices)], { axis });
  });
  return value;
}
