import fc from 'fast-check';
import { type Cases, constant, dim, dims, int } from './case-shapes.ts';

export const MOVEMENT_CASES: Cases = {
  Reshape: dims(1, 3).map((d) => ({ op: 'Reshape', inputs: [{ dims: d }, constant([-1])] })),
  Flatten: dims(2, 3).map((d) => ({ op: 'Flatten', inputs: [{ dims: d }], attributes: { axis: 1 } })),
  Squeeze: dims(1, 2).map((d) => ({ op: 'Squeeze', inputs: [{ dims: [1, ...d, 1] }, constant([0, -1])] })),
  Unsqueeze: dims(0, 2).map((d) => ({ op: 'Unsqueeze', inputs: [{ dims: d }, constant([0, -1])] })),
  Transpose: fc
    .tuple(dims(3, 3), fc.shuffledSubarray([0, 1, 2], { minLength: 3 }))
    .map(([d, perm]) => ({ op: 'Transpose', inputs: [{ dims: d }], attributes: { perm } })),
  Concat: fc.tuple(dim, dim, dim, int(1, 3)).map(([a, b, c, n]) => ({
    op: 'Concat',
    inputs: Array.from({ length: n }, (_, i) => ({ dims: [a, b + i, c] })),
    attributes: { axis: 1 },
  })),
  Split: fc.tuple(dim, dim, int(0, 1)).map(([a, b, output]) => ({
    op: 'Split',
    inputs: [{ dims: [a, b + 2] }, constant([b, 2])],
    attributes: { axis: 1 },
    outputs: 2,
    output,
  })),
  Slice: fc
    .tuple(int(1, 6), int(1, 6), int(-3, 3), int(-7, 7), int(-7, 7))
    .map(([h, w, step, start, end]) => ({
      op: 'Slice',
      inputs: [{ dims: [h, w] }, constant([start]), constant([end]), constant([-1]), constant([step || 1])],
    })),
  Pad: fc.tuple(dims(2, 2), int(0, 2), int(-1, 2)).map(([d, before, after]) => ({
    op: 'Pad',
    inputs: [{ dims: d.map((v) => v + 1) }, constant([before, 0, after, 1])],
  })),
  Expand: fc
    .tuple(dim, dim, dim)
    .map(([a, b, c]) => ({ op: 'Expand', inputs: [{ dims: [b, 1] }, constant([a, b, c])] })),
  Tile: fc
    .tuple(dims(2, 2), dim, dim)
    .map(([d, a, b]) => ({ op: 'Tile', inputs: [{ dims: d }, constant([a, b])] })),
  Gather: fc
    .tuple(int(2, 4), dim, fc.array(int(-2, 1), { minLength: 1, maxLength: 4 }), int(0, 1))
    .map(([a, b, at, axis]) => ({
      op: 'Gather',
      inputs: [{ dims: axis ? [b, a] : [a, b] }, constant(at)],
      attributes: { axis },
    })),
  GatherElements: fc.tuple(int(2, 4), dim).map(([a, b]) => ({
    op: 'GatherElements',
    inputs: [
      { dims: [a, b] },
      { dims: [3, b], constant: Array.from({ length: 3 * b }, (_, i) => (i % 2 ? 1 : -1)) },
    ],
    attributes: { axis: 0 },
  })),
  GatherND: fc.tuple(int(2, 4), dim).map(([a, b]) => ({
    op: 'GatherND',
    inputs: [{ dims: [a, b, 2] }, { dims: [3, 1], constant: [0, 1, 1] }],
  })),
  ScatterElements: fc.tuple(int(2, 4), fc.constantFrom('add', 'none')).map(([a, reduction]) => ({
    op: 'ScatterElements',
    inputs: [{ dims: [a, 2] }, { dims: [1, 2], constant: [0, 1] }, { dims: [1, 2] }],
    attributes: { axis: 0, reduction },
  })),
  ScatterND: fc.tuple(int(2, 4), fc.constantFrom('add', 'none')).map(([a, reduction]) => ({
    op: 'ScatterND',
    inputs: [{ dims: [a, 2] }, { dims: [2, 1], constant: [0, 1] }, { dims: [2, 2] }],
    attributes: { reduction },
  })),
  CumSum: fc.tuple(dims(1, 3), fc.boolean(), fc.boolean()).map(([d, reverse, exclusive]) => ({
    op: 'CumSum',
    inputs: [{ dims: d }, { dims: [], constant: [0] }],
    attributes: { reverse: reverse ? 1 : 0, exclusive: exclusive ? 1 : 0 },
  })),
  Trilu: fc.tuple(dim, dim, fc.boolean()).map(([a, b, upper]) => ({
    op: 'Trilu',
    inputs: [{ dims: [a, b] }],
    attributes: { upper: upper ? 1 : 0 },
  })),
  TopK: fc.tuple(dim, int(2, 5), fc.boolean()).map(([a, b, largest]) => ({
    op: 'TopK',
    inputs: [{ dims: [a, b] }, constant([2])],
    attributes: { largest: largest ? 1 : 0 },
    outputs: 2,
  })),
};
