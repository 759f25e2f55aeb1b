import { AppError } from '@likeness/contracts/errors';

const SQUARE_TOLERANCE = 1e-6;

/**
 * `count` rows of `dims` floats, each brought to length 1; the given array itself when all are already.
 * Errors: `invalid_request` for another number of floats, a value that is not finite, a vector without direction.
 */
export function toUnitVectors(given: Float32Array, shape: { dims: number; count: number }): Float32Array {
  const { dims, count } = shape;
  if (given.length !== dims * count) {
    throw new AppError('invalid_request', {
      message: `${count} vectors of ${dims} dimensions are needed; ${given.length} floats were sent.`,
    });
  }
  let vectors = given;
  for (let row = 0; row < count; row++) {
    let squares = 0;
    for (let d = row * dims; d < (row + 1) * dims; d++) squares += (given[d] as number) ** 2;
    if (!Number.isFinite(squares) || squares < 1e-24)
      throw new AppError('invalid_request', { message: 'A vector has no direction.' });
    if (Math.abs(squares - 1) <= SQUARE_TOLERANCE) continue;
    if (vectors === given) vectors = given.slice();
    const scale = 1 / Math.sqrt(squares);
    for (let d = row * dims; d < (row + 1) * dims; d++) vectors[d] = (given[d] as number) * scale;
  }
  return vectors;
}
