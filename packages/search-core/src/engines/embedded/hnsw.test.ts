import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Filter } from '@likeness/contracts/filter';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../evaluation/random.ts';
import { makePoints, toBatch, unitVector } from '../../testing/engine-fixture.ts';
import { type EngineProcess, startEngineProcess } from '../../testing/engine-process.ts';
import { type NaivePoint, naiveSearch } from '../../testing/naive-engine.ts';
import type { VectorEngine } from '../vector-engine.ts';
import { createEmbeddedEngine } from './embedded-engine.ts';

const DIMS = 32;
const COUNT = 6000;
const NAME = 'indexed';

describe('a collection with an HNSW index', () => {
  const points = makePoints({ count: COUNT, dims: DIMS, seed: 12 });
  const now = new Map(points.map((point) => [point.id, point]));
  const data = mkdtempSync(path.join(os.tmpdir(), 'likeness-engine-test-'));
  let server: EngineProcess;
  let engine: VectorEngine;

  beforeAll(async () => {
    server = await startEngineProcess({ data, hnswFrom: 5000 });
    engine = createEmbeddedEngine({ url: server.url });
    await engine.create(NAME, DIMS);
    await engine.upsert(NAME, toBatch(points, DIMS));
    await engine.seal(NAME);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });

  type How = {
    strategy: 'auto' | 'exact' | 'overfetch';
    filter?: { price: { lte: number } } | null;
    ef?: number;
  };
  /** Share of the ten right products that are found, over 100 questions; every score is that of its image. */
  async function recall(how: How): Promise<{ recall: number; plans: Set<string> }> {
    const random = seededRandom(77);
    const plans = new Set<string>();
    let found = 0;
    for (let i = 0; i < 100; i++) {
      const vector = unitVector(DIMS, random);
      const right = naiveSearch(now.values(), { vector, filter: how.filter ?? null }).slice(0, 10);
      const { hits, plan } = await engine.search(NAME, { vector, request: { limit: 10, ...how } });
      plans.add(plan);
      expect(hits).toHaveLength(10);
      const scores = new Map(right.map((hit) => [hit.product, hit.score]));
      for (const hit of hits) {
        if (!scores.has(hit.product)) continue;
        found += 1;
        expect(Math.abs(hit.score - (scores.get(hit.product) ?? 0))).toBeLessThan(1e-5);
      }
    }
    return { recall: found / 1000, plans };
  }

  it('is searched through the index and finds at least 99 of 100 right products, filtered or not', async () => {
    expect((await engine.stats(NAME)).index).toBe('hnsw');
    const plain = await recall({ strategy: 'overfetch', ef: 256 });
    expect(plain.plans).toEqual(new Set(['hnsw']));
    expect(plain.recall).toBeGreaterThanOrEqual(0.99);
    const filtered = await recall({ strategy: 'overfetch', filter: { price: { lte: 50 } }, ef: 256 });
    expect(filtered.plans).toEqual(new Set(['overfetch']));
    expect(filtered.recall).toBeGreaterThanOrEqual(0.99);
  });

  it('forced to scan, finds all of them', async () => {
    expect(await recall({ strategy: 'exact', filter: { price: { lte: 50 } } })).toEqual({
      recall: 1,
      plans: new Set(['exact']),
    });
  });

  it('answers at once with what was written, replaced and deleted behind the index', async () => {
    const random = seededRandom(13);
    const added = makePoints({ count: 200, dims: DIMS, seed: 14 });
    const replaced = points.slice(0, 200).map((point) => ({ ...point, vector: unitVector(DIMS, random) }));
    await engine.upsert(NAME, toBatch([...added, ...replaced], DIMS));
    const gone = points.slice(300, 500).map((point) => point.id);
    await engine.delete(NAME, { ids: gone });
    for (const point of [...added, ...replaced]) now.set(point.id, point);
    for (const id of gone) now.delete(id);
    for (const point of [...added.slice(0, 20), ...replaced.slice(0, 20)]) {
      const { hits } = await engine.search(NAME, {
        vector: point.vector,
        request: { limit: 1, strategy: 'overfetch' },
      });
      expect(hits[0]).toMatchObject({ id: point.id, product: point.product });
    }
    for (const point of points.slice(300, 320)) {
      const { hits } = await engine.search(NAME, {
        vector: point.vector,
        request: { limit: 10, strategy: 'overfetch' },
      });
      expect(hits.map((hit) => hit.id)).not.toContain(point.id);
    }
    expect((await recall({ strategy: 'overfetch', ef: 256 })).recall).toBeGreaterThanOrEqual(0.99);
  });

  it('gives exactly `limit` products even where a filter leaves hardly any, or the limit is above what HNSW reaches', async () => {
    const vector = unitVector(DIMS, seededRandom(90));
    const selective: Filter[] = [{ price: { lte: 1 } }, { price: 3, category: 'hats' }];
    for (const filter of selective) {
      const right = naiveSearch(now.values(), { vector, filter });
      const { hits } = await engine.search(NAME, {
        vector,
        request: { limit: 100, filter, strategy: 'overfetch' },
      });
      expect(hits.map((hit) => hit.id)).toEqual(right.slice(0, 100).map((hit) => hit.id));
    }
    const all = await engine.search(NAME, {
      vector,
      request: { limit: 1000, offset: 200, strategy: 'overfetch' },
    });
    expect(new Set(all.hits.map((hit) => hit.product)).size).toBe(1000);
  });

  it('answers the same after a restart', async () => {
    const random = seededRandom(55);
    const vectors = Array.from({ length: 20 }, () => unitVector(DIMS, random));
    const ask = () =>
      Promise.all(vectors.map((vector) => engine.search(NAME, { vector, request: { limit: 10 } })));
    const before = (await ask()).map((answer) => answer.hits);
    const stats = await engine.stats(NAME);
    await server.stop();
    server = await startEngineProcess({ data, hnswFrom: 5000 });
    engine = createEmbeddedEngine({ url: server.url });
    expect((await ask()).map((answer) => answer.hits)).toEqual(before);
    expect(await engine.stats(NAME)).toMatchObject({
      checksum: stats.checksum,
      points: stats.points,
      index: 'hnsw',
    });
  });

  it('searches go on, whole and right, while thousands of points are sealed anew', async () => {
    const target = [...now.values()].at(-1) as NaivePoint;
    let sealing = true;
    const seal = engine.seal(NAME).finally(() => {
      sealing = false;
    });
    let answered = 0;
    while (sealing) {
      const { hits } = await engine.search(NAME, { vector: target.vector, request: { limit: 1 } });
      expect(hits[0]?.id).toBe(target.id);
      answered += 1;
    }
    expect(await seal).toMatchObject({ delta: 0, points: now.size });
    expect(answered).toBeGreaterThan(5);
  });
});
