import { describe, expect, it } from 'vitest';
import { pictures, relativeError, runtime } from '../testing/small-models.ts';
import { GraphBuilder, modelOf } from './builder.ts';
import { GraphError } from './graph-error.ts';
import { importGraph } from './import-graph.ts';
import type { AttributeValue, Model } from './ir.ts';
import { pruneGraph } from './prune-graph.ts';
import { tensorOf } from './tensor.ts';
import { writeModel } from './write-model.ts';

const text = (value: string): AttributeValue => ({ kind: 'string', value });
const SIZE = [4, 3, 16, 16];

function modelWith(spec: {
  opType: string;
  inputs: Record<string, { dtype: 'int64' | 'float32'; values: number[] }>;
  attributes: Record<string, AttributeValue>;
  places: string[];
}): Model {
  const initializers = new Map(
    Object.entries(spec.inputs).map(([name, { dtype, values }]) => [
      name,
      tensorOf(values, { dtype, dims: [values.length] }),
    ]),
  );
  const node = { name: 'n', opType: spec.opType, domain: '', inputs: ['x', ...spec.places], outputs: ['y'] };
  return modelOf({
    name: 'one',
    nodes: [{ ...node, attributes: spec.attributes }],
    inputs: [{ name: 'x', dtype: 'float32', dims: SIZE }],
    outputs: [{ name: 'y', dtype: 'float32', dims: ['a', 'b', 'c', 'd'] }],
    initializers,
  });
}

/** The output of the model itself and of what it becomes when it is read in. */
async function bothWays(model: Model): Promise<[Float64Array, Float64Array]> {
  const b = new GraphBuilder();
  const nameOf = importGraph(b, model);
  expect(b.nodes.map((n) => n.opType)).not.toContain(model.graph.nodes[0]!.opType);
  b.output('y', nameOf('y'));
  const x = new runtime.Tensor('float32', pictures(4).slice(0, 4 * 3 * 256), SIZE);
  const results = [];
  for (const bytes of [writeModel(model), writeModel(modelOf(pruneGraph(b.graph())))]) {
    const session = await runtime.InferenceSession.create(bytes);
    const { y } = await session.run({ x });
    results.push(Float64Array.from(y!.data as Float32Array));
    await session.release();
  }
  return results as [Float64Array, Float64Array];
}

const resize = (mode: string, place: string, size: number[]) =>
  modelWith({
    opType: 'Resize',
    inputs: { sizes: { dtype: 'int64', values: [4, 3, ...size] } },
    attributes: { mode: text(mode), coordinate_transformation_mode: text(place) },
    places: ['', '', 'sizes'],
  });

describe('a rewritten node gives what the runtime gives for the node itself', () => {
  for (const mode of ['nearest', 'linear', 'cubic'])
    for (const place of ['half_pixel', 'pytorch_half_pixel', 'align_corners', 'asymmetric'])
      it(`Resize ${mode}, ${place}, up and down`, async () => {
        for (const size of [
          [32, 24],
          [7, 11],
        ]) {
          const [wanted, got] = await bothWays(resize(mode, place, size));
          expect(relativeError(got, wanted)).toBeLessThan(1e-5);
        }
      });

  it('Resize by scales', async () => {
    const scales = { dtype: 'float32' as const, values: [1, 1, 2, 1.5] };
    const model = modelWith({
      opType: 'Resize',
      inputs: { scales },
      attributes: { mode: text('linear') },
      places: ['', 'scales'],
    });
    const [wanted, got] = await bothWays(model);
    expect(relativeError(got, wanted)).toBeLessThan(1e-5);
  });

  for (const mode of ['reflect', 'edge', 'wrap'])
    it(`Pad ${mode}`, async () => {
      const pads = { dtype: 'int64' as const, values: [0, 0, 2, 1, 0, 0, 3, 0] };
      const [wanted, got] = await bothWays(
        modelWith({ opType: 'Pad', inputs: { pads }, attributes: { mode: text(mode) }, places: ['pads'] }),
      );
      expect(got).toEqual(wanted);
    });
});

it('a Resize with antialiasing is an error that names operator and node', () => {
  const model = resize('linear', 'half_pixel', [8, 8]);
  model.graph.nodes[0]!.attributes.antialias = { kind: 'int', value: 1 };
  expect(() => importGraph(new GraphBuilder(), model)).toThrowError(GraphError);
  expect(() => importGraph(new GraphBuilder(), model)).toThrowError(/Resize.*node 'n'/);
});
