import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allocateRows,
  growRows,
  type MemoryLayout,
  readRow,
  writeRow,
} from '../collections/vector-memory.ts';
import { Attached } from './attached.ts';

/** Small whole numbers, so that every dot product is exact in float32 and can be compared bit by bit. */
const shapes = fc
  .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 0, max: 40 }), fc.integer())
  .map(([dims, count, seed]) => ({ dims, count, seed }));

function rowsOf(shape: { dims: number; count: number; seed: number }): Float32Array[] {
  return Array.from({ length: shape.count + 1 }, (_, row) =>
    Float32Array.from(
      { length: shape.dims },
      (_, d) => ((row * 31 + d * 17 + Math.abs(shape.seed)) % 19) - 9,
    ),
  );
}

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

function attach(layout: MemoryLayout, dims: number, thread: number): Attached {
  return new Attached(
    {
      generation: 1,
      dims,
      memory: layout.memory,
      strideBytes: layout.strideBytes,
      rowsOffset: layout.rowsOffset,
      productOf: new Int32Array(layout.capacity),
      died: new Uint32Array(layout.capacity),
      indexFile: null,
      indexed: 0,
    },
    thread,
  );
}

describe('the SIMD kernel', () => {
  it('gives the plain dot products: ranges, sets of bits and lists of rows, any width, any thread', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 1 }), (shape, thread) => {
        const [query, ...rows] = rowsOf(shape) as [Float32Array, ...Float32Array[]];
        const layout = allocateRows(shape.dims, shape.count + 3, 2);
        rows.forEach((row, i) => {
          writeRow(layout, i, row);
        });
        const attached = attach(layout, shape.dims, thread);
        attached.loadQuery(query);
        const expected = rows.map((row, i): [number, number] => [i, dot(query, row)]);
        const seen: [number, number][] = [];
        const visit = (ordinal: number, cosine: number): void => {
          seen.push([ordinal, cosine]);
        };
        attached.scanRange(0, shape.count, visit);
        expect(seen.splice(0)).toEqual(expected);
        const bits = new Uint32Array(2);
        for (let i = 0; i < shape.count; i += 3) bits[i >>> 5] = (bits[i >>> 5] ?? 0) | (1 << (i & 31));
        attached.scanBits(bits, shape.count, visit);
        expect(seen.splice(0)).toEqual(expected.filter(([i]) => i % 3 === 0));
        attached.scanOrdinals(expected.map(([i]) => i).reverse(), visit);
        expect(seen).toEqual(expected.toReversed());
      }),
      { numRuns: 60 },
    );
  });

  it('reads every row when there are more than fit in one chunk', () => {
    const layout = allocateRows(2, 40_000, 1);
    for (let i = 0; i < 40_000; i++) writeRow(layout, i, Float32Array.of(i, 1));
    const attached = attach(layout, 2, 0);
    attached.loadQuery(Float32Array.of(1, 0));
    let wrong = 0;
    let seen = 0;
    attached.scanRange(0, 40_000, (ordinal, value) => {
      seen += 1;
      if (ordinal !== value) wrong += 1;
    });
    attached.scanBits(new Uint32Array(1250).fill(0xffffffff), 39_999, (ordinal, value) => {
      seen += 1;
      if (ordinal !== value) wrong += 1;
    });
    expect([seen, wrong]).toEqual([79_999, 0]);
  });

  it('rows survive when their memory grows', () => {
    const layout = allocateRows(5, 4, 2);
    writeRow(layout, 3, Float32Array.of(1, 2, 3, 4, 5));
    const grown = growRows(layout, 5, { capacity: 100, threads: 2 });
    expect(readRow(grown, 3, 5)).toEqual(Float32Array.of(1, 2, 3, 4, 5));
  });
});
