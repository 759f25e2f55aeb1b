import { GraphError } from '../graph/graph-error.ts';
import { readModel } from '../graph/read-model.ts';
import type { Tensor } from '../graph/tensor.ts';
import { joinBytes, lengthDelimited, readFields, type WireField } from './wire-format.ts';

const GRAPH = 7;
const INITIALIZER = 5;
const TENSOR_NAME = 8;
const RAW_DATA = 9;
/** float, int32, string, int64, double and uint64 data: replaced by raw data. */
const TYPED_DATA = new Set([4, 5, 6, 7, 10, 11]);

/**
 * Writes trained weights into the bytes of the model that they came from. Nothing else changes: names, order, metadata
 * and unknown fields stay byte for byte, so that equal weights give equal files, and the weights that the file already
 * has give the file itself.
 * @param weights by initialiser name; dtype and dims must be those of the initialiser.
 * @throws GraphError `invalid_argument` for an unknown name, other dims or another dtype.
 */
export function exportWeights(model: Uint8Array, weights: ReadonlyMap<string, Tensor>): Uint8Array {
  const { initializers } = readModel(model).graph;
  for (const [name, tensor] of weights) {
    const old = initializers.get(name);
    if (!old) throw new GraphError('invalid_argument', `the model has no initialiser '${name}'`);
    if (old.dtype !== tensor.dtype || old.dims.join() !== tensor.dims.join())
      throw new GraphError(
        'invalid_argument',
        `'${name}' is ${old.dtype} [${old.dims}], not ${tensor.dtype} [${tensor.dims}]`,
      );
  }
  return joinBytes(
    readFields(model).map((field) =>
      field.number === GRAPH ? lengthDelimited(GRAPH, rewriteGraph(field.content, weights)) : field.whole,
    ),
  );
}

function rewriteGraph(graph: Uint8Array, weights: ReadonlyMap<string, Tensor>): Uint8Array {
  return joinBytes(
    readFields(graph).map((field) => {
      if (field.number !== INITIALIZER) return field.whole;
      const parts = readFields(field.content);
      const tensor = weights.get(nameOf(parts));
      return tensor ? lengthDelimited(INITIALIZER, rewriteTensor(parts, tensor)) : field.whole;
    }),
  );
}

function nameOf(parts: WireField[]): string {
  const name = parts.find((part) => part.number === TENSOR_NAME);
  return name ? new TextDecoder().decode(name.content) : '';
}

function rewriteTensor(parts: WireField[], tensor: Tensor): Uint8Array {
  const raw = lengthDelimited(RAW_DATA, tensor.bytes);
  const inPlace = parts.some((part) => part.number === RAW_DATA);
  const kept = parts
    .filter((part) => !TYPED_DATA.has(part.number))
    .map((part) => (part.number === RAW_DATA ? raw : part.whole));
  return joinBytes(inPlace ? kept : [...kept, raw]);
}
