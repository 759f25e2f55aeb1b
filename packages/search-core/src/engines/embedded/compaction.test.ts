import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { seededRandom } from '../../evaluation/random.ts';
import { makePoints, toBatch, unitVector } from '../../testing/engine-fixture.ts';
import { startEngineProcess } from '../../testing/engine-process.ts';
import type { NaivePoint } from '../../testing/naive-engine.ts';
import { createEmbeddedEngine } from './embedded-engine.ts';

const DIMS = 8;
const NAME = 'busy';

it('a sealed collection that is written to without end is sealed anew by itself, and no answer is lost meanwhile', async () => {
  const server = await startEngineProcess();
  try {
    const engine = createEmbeddedEngine({ url: server.url });
    const random = seededRandom(8);
    const points = makePoints({ count: 3000, dims: DIMS, seed: 2 });
    const steady = points[2999] as NaivePoint;
    const moving = points.slice(0, 2500);
    await engine.create(NAME, DIMS);
    await engine.upsert(NAME, toBatch(points, DIMS));
    await engine.seal(NAME);
    let most = 0;
    for (let round = 0; round < 12; round++) {
      for (const point of moving) point.vector = unitVector(DIMS, random);
      await engine.upsert(NAME, toBatch(moving, DIMS));
      most = Math.max(most, (await engine.stats(NAME)).delta);
      const { hits } = await engine.search(NAME, { vector: steady.vector, request: { limit: 1 } });
      expect(hits[0]?.score).toBeGreaterThan(0.99999);
    }
    for (let i = 0; i < 100 && (await engine.stats(NAME)).delta > 15_000; i++) await delay(50);
    const stats = await engine.stats(NAME);
    expect(most).toBeGreaterThan(10_000);
    expect(stats.delta).toBeLessThan(15_000);
    expect(stats.points).toBe(3000);
    for (const point of moving.slice(0, 50)) {
      const { hits } = await engine.search(NAME, { vector: point.vector, request: { limit: 1 } });
      expect(hits[0]?.id).toBe(point.id);
    }
  } finally {
    await server.stop();
  }
});
