import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../evaluation/random.ts';
import { makePoints, toBatch, unitVector } from '../../testing/engine-fixture.ts';
import { type EngineProcess, startEngineProcess } from '../../testing/engine-process.ts';
import type { NaivePoint } from '../../testing/naive-engine.ts';
import type { VectorEngine } from '../vector-engine.ts';
import { createEmbeddedEngine } from './embedded-engine.ts';

const DIMS = 16;
const NAME = 'durable';

let data: string;
let server: EngineProcess;
let engine: VectorEngine;
const start = async (): Promise<void> => {
  server = await startEngineProcess({ data, hnswFrom: 150 });
  engine = createEmbeddedEngine({ url: server.url });
};

beforeEach(async () => {
  data = mkdtempSync(path.join(os.tmpdir(), 'likeness-engine-test-'));
  await start();
});
afterEach(async () => {
  await server.kill();
  rmSync(data, { recursive: true, force: true });
});

type Slot = { acknowledged: NaivePoint | null; underWay: NaivePoint | null | undefined };

/** One writer an id: writes and deletes in turn, until the engine is killed; notes what was acknowledged. */
async function write(slot: Slot, id: string, random: () => number): Promise<void> {
  for (let rev = 0; ; rev++) {
    const gone = random() < 0.2;
    const point = {
      id,
      product: `prd_${id}`,
      hash: '',
      attributes: { id, rev },
      vector: unitVector(DIMS, random),
    };
    slot.underWay = gone ? null : point;
    try {
      if (gone) await engine.delete(NAME, { ids: [id] });
      else await engine.upsert(NAME, toBatch([point], DIMS));
    } catch {
      return; // cut off by the kill: it may or may not be there
    }
    slot.acknowledged = slot.underWay;
    slot.underWay = undefined;
  }
}

/** What the engine holds of an id: found under its own vector with score 1, or nothing. */
async function holds(id: string, point: NaivePoint | null): Promise<boolean> {
  const vector = point?.vector ?? new Float32Array(DIMS).fill(1);
  const { hits } = await engine.search(NAME, { vector, request: { limit: 5, filter: { id } } });
  return point ? hits.length === 1 && (hits[0]?.score ?? 0) > 0.99999 : hits.length === 0;
}

describe('the embedded engine and kill -9', () => {
  it('every acknowledged write is there after kill -9 under load, at any moment of a seal, five times over', async () => {
    const random = seededRandom(41);
    await engine.create(NAME, DIMS);
    const slots = new Map<string, Slot>();
    for (let i = 0; i < 24; i++) slots.set(`img_${i}`, { acknowledged: null, underWay: undefined });
    await engine.upsert(NAME, toBatch(makePoints({ count: 200, dims: DIMS, seed: 9 }), DIMS));
    for (let round = 0; round < 5; round++) {
      const writers = [...slots].map(([id, slot]) => write(slot, id, random));
      const sealing = round % 2 === 0 ? delay(20).then(() => engine.seal(NAME)) : Promise.resolve();
      await delay(60 + random() * 200);
      await server.kill();
      await Promise.allSettled([...writers, sealing]);
      await start();
      for (const [id, slot] of slots) {
        const kept = await holds(id, slot.acknowledged);
        const cut = slot.underWay !== undefined && (await holds(id, slot.underWay));
        expect(kept || cut, `${id} in round ${round}`).toBe(true);
        if (cut && !kept) slot.acknowledged = slot.underWay ?? null;
        slot.underWay = undefined;
      }
    }
  }, 60_000);

  it('a search cut off by kill -9 is a typed error, and the same client answers rightly after the restart', async () => {
    const points = makePoints({ count: 300, dims: DIMS, seed: 5 });
    await engine.create(NAME, DIMS);
    await engine.upsert(NAME, toBatch(points, DIMS));
    await engine.seal(NAME);
    const vector = (points[7] as NaivePoint).vector;
    const before = await engine.search(NAME, { vector, request: { limit: 10 } });
    const searches = Array.from({ length: 50 }, () =>
      engine.search(NAME, { vector, request: { limit: 10 } }),
    );
    await server.kill();
    for (const each of await Promise.allSettled(searches)) {
      if (each.status === 'fulfilled') expect(each.value.hits).toEqual(before.hits);
      else expect(each.reason).toMatchObject({ code: 'engine_unavailable', status: 503 });
    }
    await start();
    expect((await engine.search(NAME, { vector, request: { limit: 10 } })).hits).toEqual(before.hits);
  });
});

describe('what a crash leaves on the disk', () => {
  const points = makePoints({ count: 160, dims: DIMS, seed: 6 });
  const folder = (...parts: string[]): string => path.join(data, NAME, ...parts);
  const sealed = async (): Promise<void> => {
    await engine.create(NAME, DIMS);
    await engine.upsert(NAME, toBatch(points, DIMS));
    await engine.seal(NAME);
  };
  const first = async (): Promise<string | undefined> => {
    const { vector } = points[3] as NaivePoint;
    return (await engine.search(NAME, { vector, request: { limit: 1 } })).hits[0]?.id;
  };

  it('a half-written version beside the whole one is ignored and removed', async () => {
    await sealed();
    await server.kill();
    mkdirSync(folder('sealed.tmp'));
    writeFileSync(folder('sealed.tmp', 'vectors.f32'), 'half');
    mkdirSync(path.join(data, 'other.tmp-1'));
    mkdirSync(path.join(data, 'other.dropped-1'));
    await start();
    expect(await first()).toBe(points[3]?.id);
    expect(existsSync(folder('sealed.tmp'))).toBe(false);
    expect(readdirSync(data)).toEqual([NAME]);
  });

  it('files of others in the data folder are left alone', async () => {
    await server.kill();
    writeFileSync(path.join(data, 'notes.txt'), 'mine');
    await start();
    expect(readdirSync(data)).toEqual(['notes.txt']);
    expect(await engine.list()).toEqual([]);
  });

  it('a lost HNSW file makes searches exact, not wrong', async () => {
    await sealed();
    await server.kill();
    rmSync(folder('sealed', 'index.usearch'));
    await start();
    expect(await first()).toBe(points[3]?.id);
    expect((await engine.stats(NAME)).index).toBe('flat');
  });

  it.each(['vectors.f32', 'points.json', 'meta.json'])(
    'a damaged %s counts as a lost collection: not found, and it can be made again',
    async (file) => {
      await sealed();
      await server.kill();
      truncateSync(folder('sealed', file), 20);
      await start();
      await expect(engine.stats(NAME)).rejects.toMatchObject({ code: 'not_found' });
      await engine.create(NAME, DIMS);
      await engine.upsert(NAME, toBatch(points, DIMS));
      expect(await first()).toBe(points[3]?.id);
    },
  );

  it('one changed byte among the vectors counts as lost, too', async () => {
    await sealed();
    await server.kill();
    const bytes = readFileSync(folder('sealed', 'vectors.f32'));
    bytes[4321] = (bytes[4321] ?? 0) ^ 1;
    writeFileSync(folder('sealed', 'vectors.f32'), bytes);
    await start();
    await expect(engine.stats(NAME)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('the whole data folder lost: collections are unknown, and rebuilding gives the same ids and answers', async () => {
    await sealed();
    const before = await engine.stats(NAME);
    await server.kill();
    rmSync(data, { recursive: true });
    await start();
    expect(await engine.list()).toEqual([]);
    await sealed();
    expect((await engine.stats(NAME)).checksum).toBe(before.checksum);
    expect(await first()).toBe(points[3]?.id);
  });

  it('SIGTERM ends with 0', async () => {
    await sealed();
    expect(await server.stop()).toBe(0);
  });
});
