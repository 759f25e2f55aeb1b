import { closeSync, openSync, readSync } from 'node:fs';
import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { Index, MetricKind, ScalarKind } from 'usearch';

/** Builds an HNSW index (M 16, efConstruction 128, f16) from a file of float32 rows, keys = row numbers. */
const { vectors, dims, count, out } = workerData as {
  vectors: string;
  dims: number;
  count: number;
  out: string;
};
const BATCH = 8192;

const index = new Index({
  dimensions: dims,
  metric: MetricKind.IP,
  quantization: ScalarKind.F16,
  connectivity: 16,
  expansion_add: 128,
  expansion_search: 64,
  multi: false,
});
const fd = openSync(vectors, 'r');
for (let first = 0; first < count; first += BATCH) {
  const size = Math.min(BATCH, count - first);
  const rows = new Float32Array(size * dims);
  readSync(fd, new Uint8Array(rows.buffer), 0, rows.byteLength, first * dims * 4);
  const keys = BigUint64Array.from({ length: size }, (_, i) => BigInt(first + i));
  index.add(keys, rows, os.availableParallelism());
}
closeSync(fd);
index.save(out);
parentPort?.postMessage('built');
