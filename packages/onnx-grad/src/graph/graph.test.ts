import { describe, expect, it } from 'vitest';
import { GraphBuilder, modelOf } from './builder.ts';
import { halfToNumber, numberToHalf } from './data-type.ts';
import { GraphError } from './graph-error.ts';
import { importGraph } from './import-graph.ts';
import type { AttributeValue, GraphNode, Model } from './ir.ts';
import { readModel } from './read-model.ts';
import { sortNodes } from './sort-nodes.ts';
import { float32Tensor, tensorOf, valuesOf } from './tensor.ts';
import { writeModel } from './write-model.ts';

const node = (opType: string, spec: Partial<GraphNode>): GraphNode => ({
  name: spec.outputs?.[0] ?? opType,
  opType,
  domain: '',
  inputs: [],
  outputs: [],
  attributes: {},
  ...spec,
});

function oldModel(opset: number, nodes: GraphNode[]): Model {
  const graph = {
    name: 'g',
    nodes,
    inputs: [{ name: 'x', dtype: 'float32' as const, dims: ['N', 3, 4] }],
    outputs: [{ name: 'y', dtype: 'float32' as const, dims: [] }],
    initializers: new Map([['w', float32Tensor(Float32Array.of(1, 2, 3, 4), [4])]]),
  };
  return { graph, irVersion: 6, opsets: new Map([['', opset]]), producerName: 't', metadata: [['k', 'v']] };
}

describe('reading and writing', () => {
  it('gives back the same model and the same bytes', () => {
    const ints: AttributeValue = { kind: 'ints', value: [-1] };
    const model = oldModel(11, [
      node('ReduceSum', { inputs: ['x'], outputs: ['y'], attributes: { axes: ints } }),
    ]);
    const bytes = writeModel(model);
    expect(readModel(bytes)).toEqual({ ...model, graph: { ...model.graph, initializers: expect.any(Map) } });
    expect(Buffer.from(writeModel(readModel(bytes))).equals(bytes)).toBe(true);
  });

  it('refuses bytes that are no model', () => {
    expect(() => readModel(Uint8Array.of(255, 255, 255))).toThrowError(GraphError);
    expect(() => readModel(new Uint8Array())).toThrowError(/no ONNX graph/);
  });

  it('rounds float16 to nearest even and back', () => {
    for (const value of [0, 1, -2.5, 65504, 6.1e-5, 5.9604645e-8, 0.333251953125])
      expect(halfToNumber(numberToHalf(value))).toBeCloseTo(value, 7);
    expect(halfToNumber(numberToHalf(1e6))).toBe(Number.POSITIVE_INFINITY);
    expect(halfToNumber(numberToHalf(2049))).toBe(2048);
  });
});

describe('import', () => {
  it('upgrades attributes of older opsets to inputs and binds named dimensions', () => {
    const axes: AttributeValue = { kind: 'ints', value: [1] };
    const model = oldModel(11, [
      node('Unsqueeze', { inputs: ['x'], outputs: ['u'], attributes: { axes } }),
      node('ReduceSum', {
        inputs: ['u'],
        outputs: ['y'],
        attributes: { axes, keepdims: { kind: 'int', value: 0 } },
      }),
    ]);
    const b = new GraphBuilder();
    importGraph(b, { ...model, sizes: { N: 2 } });
    expect(b.dims('u')).toEqual([2, 1, 3, 4]);
    expect(b.dims('y')).toEqual([2, 3, 4]);
    expect(() => importGraph(new GraphBuilder(), model)).toThrowError(/dimension 'N' has no size/);
  });

  it('computes shapes that a file computes at run time', () => {
    const zero = { kind: 'tensor', value: tensorOf([0], { dtype: 'int64', dims: [1] }) } as const;
    const minus = { kind: 'tensor', value: tensorOf([-1], { dtype: 'int64', dims: [1] }) } as const;
    const model = oldModel(17, [
      node('Shape', { inputs: ['x'], outputs: ['s'] }),
      node('Constant', { outputs: ['zero'], attributes: { value: zero } }),
      node('Constant', { outputs: ['minus'], attributes: { value: minus } }),
      node('Gather', { inputs: ['s', 'zero'], outputs: ['n'] }),
      node('Concat', {
        inputs: ['n', 'minus'],
        outputs: ['to'],
        attributes: { axis: { kind: 'int', value: 0 } },
      }),
      node('Reshape', { inputs: ['x', 'to'], outputs: ['y'] }),
    ]);
    const b = new GraphBuilder();
    importGraph(b, { ...model, sizes: { N: 5 } });
    expect(b.dims('y')).toEqual([5, 12]);
    expect(b.nodes.map((n) => n.opType)).toEqual(['Reshape']);
  });

  it('names operator and node where a shape rule is missing', () => {
    const model = oldModel(17, [node('Frobnicate', { inputs: ['x'], outputs: ['y'], name: 'odd' })]);
    const attempt = () => importGraph(new GraphBuilder(), { ...model, sizes: { N: 1 } });
    expect(attempt).toThrowError(/no shape rule for Frobnicate \(node 'odd'\)/);
  });

  it('says what does not fit in a product', () => {
    const model = oldModel(17, [node('MatMul', { inputs: ['x', 'x'], outputs: ['y'] })]);
    expect(() => importGraph(new GraphBuilder(), { ...model, sizes: { N: 1 } })).toThrowError(
      /MatMul 'y': \[1,3,4\] ×/,
    );
  });
});

describe('builder', () => {
  it('stores equal constants once and folds what depends on constants only', () => {
    const b = new GraphBuilder();
    expect(b.constant([1, 2])).toBe(b.constant([1, 2]));
    const sum = b.op('Add', [b.constant([1, 2]), b.constant(3)]);
    expect(b.nodes).toEqual([]);
    expect(valuesOf(b.initializers.get(sum)!)).toEqual(Float64Array.of(4, 5));
    expect(modelOf(b.graph()).opsets.get('')).toBe(20);
  });

  it('sorts nodes and finds cycles', () => {
    const a = node('A', { outputs: ['a'] });
    const b = node('B', { inputs: ['a'], outputs: ['b'] });
    expect(sortNodes([b, a])).toEqual([a, b]);
    const loop = [node('A', { inputs: ['b'], outputs: ['a'] }), b];
    expect(() => sortNodes(loop)).toThrowError(/part of a cycle/);
  });
});
