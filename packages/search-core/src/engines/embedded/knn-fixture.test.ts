import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBatch } from '../../testing/engine-fixture.ts';
import { type EngineProcess, startEngineProcess } from '../../testing/engine-process.ts';
import { createEmbeddedEngine } from './embedded-engine.ts';

const root = path.resolve(import.meta.dirname, '../../../../..');
const folder = path.join(process.env.LIKENESS_SHARED ?? path.resolve(root, '../shared'), 'data/knn');
const absent = !existsSync(folder);
const DIMS = 128;
/** Two more dimensions turn Euclidean order into cosine order. */
const LIFTED = DIMS + 2;
const NEIGHBOURS = 50;

const lines = (file: string): string[] =>
  readFileSync(path.join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');

/** Values of 10⁴…10⁵ brought to about ±0.5, which moves no neighbour. */
const scaled = (vector: readonly number[]): number[] => vector.map((value) => value / 1e5 - 0.55);

/** x ↦ (x, −|x|²/2, rest up to length R): q·x − |x|²/2 falls as the distance to q grows. */
function liftRow(vector: readonly number[], length: number): Float32Array {
  const squares = vector.reduce((sum, value) => sum + value * value, 0);
  const lifted = [...vector, -squares / 2];
  const norm = lifted.reduce((sum, value) => sum + value * value, 0);
  return Float32Array.from([...lifted, Math.sqrt(length * length - norm)]);
}

describe.skipIf(absent && !process.env.CI)(
  `1,000 × 128 with exact neighbours${absent ? ' (skipped: no ../shared/data/knn)' : ''}`,
  () => {
    let server: EngineProcess;
    beforeAll(async () => {
      server = await startEngineProcess();
    });
    afterAll(() => server.stop());

    it(`the first ${NEIGHBOURS} neighbours of each of the 100 queries are the published ones, in their order`, async () => {
      const engine = createEmbeddedEngine({ url: server.url });
      const rows = lines('test_vectors_1000x128.json').map(
        (line) => JSON.parse(line) as { id: number; vector: number[] },
      );
      const queries = lines('test_queries_100x128.csv').map((line) => scaled(line.split(',').map(Number)));
      const truth = lines('test_ground_truth_l2_100.csv').map((line) => line.split(',').slice(0, NEIGHBOURS));
      await engine.create('knn', LIFTED);
      const points = rows.map(({ id, vector }) => ({
        id: `img_${id}`,
        product: String(id),
        hash: '',
        attributes: {},
        vector: liftRow(scaled(vector), 50),
      }));
      await engine.upsert('knn', toBatch(points, LIFTED));
      await engine.seal('knn');
      for (const [i, query] of queries.entries()) {
        const vector = Float32Array.from([...query, 1, 0]);
        const { hits } = await engine.search('knn', { vector, request: { limit: NEIGHBOURS } });
        expect(hits.map((hit) => hit.product)).toEqual(truth[i]);
      }
    });
  },
);
