/** mulberry32: the same seed gives the same vectors everywhere. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Standard deviation of a member about its centre, both per dimension (centres are standard normal). */
const SPREAD = 0.5;

/**
 * Unit vectors in random clusters: centres are standard normal, members lie about them with `SPREAD`.
 * Returns `count × dims` floats, row by row; queries are drawn from the same clusters.
 */
export function clusteredVectors(shape: { dims: number; clusters: number; count: number; queries: number }): {
  rows: Float32Array;
  queries: Float32Array;
} {
  const { dims, clusters, count, queries } = shape;
  const random = seededRandom(7);
  const centres = Float32Array.from({ length: clusters * dims }, () => normal(random));
  const draw = (total: number): Float32Array => {
    const all = new Float32Array(total * dims);
    for (let i = 0; i < total; i++) {
      const centre = Math.floor(random() * clusters) * dims;
      const row = all.subarray(i * dims, (i + 1) * dims);
      let squares = 0;
      for (let d = 0; d < dims; d++) {
        const value = (centres[centre + d] as number) + SPREAD * normal(random);
        row[d] = value;
        squares += value * value;
      }
      const scale = 1 / Math.sqrt(squares);
      for (let d = 0; d < dims; d++) row[d] = (row[d] as number) * scale;
    }
    return all;
  };
  return { rows: draw(count), queries: draw(queries) };
}
