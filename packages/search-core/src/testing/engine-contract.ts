import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VectorEngine } from '../engines/vector-engine.ts';
import { seededRandom } from '../evaluation/random.ts';
import { makeFilter, makePoints, toBatch, unitVector } from './engine-fixture.ts';
import { type NaivePoint, naiveSearch } from './naive-engine.ts';

export type EngineUnderTest = { engine: VectorEngine; stop(): Promise<unknown> };

const DIMS = 24;
const SCORE_TOLERANCE = 1e-5;
const code = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? String(error),
  );

/** The one contract of all vector engines, as tests; `start` gives an engine that nobody else uses. */
export function describeEngineContract(name: string, start: () => Promise<EngineUnderTest>): void {
  describe(`engine contract: ${name}`, () => {
    let held: EngineUnderTest;
    let next = 0;
    const points = makePoints({ count: 900, dims: DIMS, seed: 3 });
    const collection = (): string => `contract-${++next}`;
    const loaded = async (list: readonly NaivePoint[], seal = true): Promise<string> => {
      const at = collection();
      await held.engine.create(at, DIMS);
      await held.engine.upsert(at, toBatch(list, DIMS));
      if (seal) await held.engine.seal(at);
      return at;
    };
    beforeAll(async () => {
      held = await start();
    });
    afterAll(() => held.stop());

    describeNames(() => held.engine);
    describeRefusals(() => held.engine, { collection });
    describeSearches(() => held.engine, { loaded, points });
    describeWrites(() => held.engine, { loaded, points });
  });
}

type Engine = () => VectorEngine;
type Loader = {
  loaded(list: readonly NaivePoint[], seal?: boolean): Promise<string>;
  points: readonly NaivePoint[];
};

function describeNames(engine: Engine): void {
  it.each([
    '*',
    '_all',
    'a,b',
    '../x',
    '..',
    '<x-{now/d}>',
    'Upper',
    'a/b',
    '',
    'ab',
    '.x',
    '-x',
    'x y',
    'é',
    `x${'y'.repeat(100)}`,
  ])('the name %j is refused by every call, typed', async (bad) => {
    const vector = new Float32Array(DIMS).fill(1);
    const codes = await Promise.all([
      code(engine().create(bad, DIMS)),
      code(engine().upsert(bad, { dims: DIMS, points: [], vectors: new Float32Array(0) })),
      code(engine().search(bad, { vector, request: { limit: 1 } })),
      code(engine().delete(bad, { ids: ['x'] })),
      code(engine().seal(bad)),
    ]);
    for (const each of codes) expect(['invalid_request', 'not_found', 'method_not_allowed']).toContain(each);
    expect(await engine().list()).not.toContain(bad);
  });

  it('an unknown collection is not found, and dropping it changes nothing', async () => {
    const vector = new Float32Array(DIMS).fill(1);
    expect(await code(engine().stats('nobody-made-it'))).toBe('not_found');
    expect(await code(engine().search('nobody-made-it', { vector, request: { limit: 1 } }))).toBe(
      'not_found',
    );
    expect(await code(engine().seal('nobody-made-it'))).toBe('not_found');
    expect(await code(engine().drop('nobody-made-it'))).toBe('no error');
  });
}

function describeRefusals(engine: Engine, { collection }: { collection(): string }): void {
  it('create twice keeps what is there; another width is a conflict; drop forgets', async () => {
    const at = collection();
    await engine().create(at, DIMS);
    await engine().upsert(at, toBatch(makePoints({ count: 3, dims: DIMS, seed: 1 }), DIMS));
    expect((await engine().create(at, DIMS)).points).toBe(3);
    expect(await code(engine().create(at, DIMS + 1))).toBe('conflict');
    expect(await engine().list()).toContain(at);
    await engine().drop(at);
    expect(await engine().list()).not.toContain(at);
    expect((await engine().create(at, DIMS + 1)).points).toBe(0);
  });

  it('wrong widths, numbers that are none, vectors without direction and filters without bound are typed errors', async () => {
    const at = collection();
    await engine().create(at, DIMS);
    const search = (vector: Float32Array, filter: unknown = null) =>
      code(engine().search(at, { vector, request: { limit: 1, filter: filter as never } }));
    const good = new Float32Array(DIMS).fill(1);
    expect(await search(new Float32Array(DIMS + 1).fill(1))).toBe('invalid_request');
    expect(await search(new Float32Array(DIMS))).toBe('invalid_request');
    expect(await search(good.map((_, i) => (i === 3 ? Number.NaN : 1)))).toBe('invalid_request');
    expect(await search(good.map((_, i) => (i === 3 ? Number.POSITIVE_INFINITY : 1)))).toBe(
      'invalid_request',
    );
    let deep: unknown = { colour: 'red' };
    for (let i = 0; i < 1000; i++) deep = { not: deep };
    expect(['invalid_filter', 'invalid_request']).toContain(await search(good, deep));
    for (const filter of [{}, { and: [] }, { colour: { regex: '.*' } }, { price: {} }, 'x'])
      expect(['invalid_filter', 'invalid_request']).toContain(await search(good, filter));
    const point = { id: 'img', product: 'prd', hash: '', attributes: {} };
    for (const vectors of [
      new Float32Array(DIMS + 1).fill(1),
      new Float32Array(DIMS),
      good.map(() => Number.NaN),
    ])
      expect(await code(engine().upsert(at, { dims: DIMS, points: [point], vectors }))).toBe(
        'invalid_request',
      );
    expect((await engine().stats(at)).points).toBe(0);
    expect(await search(good)).toBe('no error');
  });
}

function describeSearches(engine: Engine, { loaded, points }: Loader): void {
  it('every answer is the plain computation: products, images, scores, with 60 random filters', async () => {
    const at = await loaded(points);
    const random = seededRandom(11);
    for (let round = 0; round < 60; round++) {
      const filter = round === 0 ? null : makeFilter(random, 3);
      const vector = unitVector(DIMS, random);
      const limit = 1 + Math.floor(random() * 30);
      const expected = naiveSearch(points, { vector, filter }).slice(0, limit);
      const { hits } = await engine().search(at, { vector, request: { limit, filter } });
      expect(hits.map((hit) => hit.product)).toEqual(expected.map((hit) => hit.product));
      expect(hits.map((hit) => hit.id)).toEqual(expected.map((hit) => hit.id));
      hits.forEach((hit, i) => {
        expect(Math.abs(hit.score - (expected[i]?.score ?? 0))).toBeLessThan(SCORE_TOLERANCE);
      });
    }
  });

  it('an answer says whether the collection was sealed, and one from before that is complete for what was loaded', async () => {
    const at = await loaded(points.slice(0, 100), false);
    const ask = () =>
      engine().search(at, { vector: (points[5] as NaivePoint).vector, request: { limit: 1 } });
    expect(await ask()).toMatchObject({ sealed: false, hits: [{ id: points[5]?.id }] });
    await engine().seal(at);
    expect(await ask()).toMatchObject({ sealed: true, hits: [{ id: points[5]?.id }] });
  });

  it('exactly `limit` distinct products come back whenever that many pass, and pages join without seam', async () => {
    const at = await loaded(points);
    const vector = unitVector(DIMS, seededRandom(5));
    const products = new Set(points.map((point) => point.product)).size;
    const ask = async (limit: number, offset: number) =>
      (await engine().search(at, { vector, request: { limit, offset } })).hits.map((hit) => hit.product);
    const all = await ask(products, 0);
    expect(new Set(all).size).toBe(products);
    expect(await ask(1000, 0)).toHaveLength(products);
    expect([...(await ask(7, 0)), ...(await ask(7, 7)), ...(await ask(7, 14))]).toEqual(all.slice(0, 21));
    expect(await ask(10, products - 4)).toEqual(all.slice(-4));
  });

  it('masked images, by id or by content, never answer and are counted', async () => {
    const at = await loaded(points);
    const vector = (points[40] as NaivePoint).vector;
    const first = naiveSearch(points, { vector });
    const ids = first.slice(0, 3).map((hit) => hit.id);
    const hashes = [(points[41] as NaivePoint).hash];
    const masked = (point: NaivePoint): boolean => ids.includes(point.id) || hashes.includes(point.hash);
    const answer = await engine().search(at, { vector, request: { limit: 20, mask: { ids, hashes } } });
    const expected = naiveSearch(points, { vector, masked }).slice(0, 20);
    expect(answer.hits.map((hit) => hit.id)).toEqual(expected.map((hit) => hit.id));
    expect(answer.masked).toBe(points.filter(masked).length);
  });

  it('facets count the values over the first products, whatever the limit', async () => {
    const at = await loaded(points);
    const vector = unitVector(DIMS, seededRandom(8));
    const request = { limit: 2, facets: ['colour', 'tags', 'nothing'], facetProducts: 50 };
    const { facets, hits } = await engine().search(at, { vector, request });
    const first = naiveSearch(points, { vector }).slice(0, 50);
    const counts = new Map<string, number>();
    for (const { id } of first) {
      const colour = points.find((point) => point.id === id)?.attributes.colour;
      if (typeof colour === 'string') counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    expect(hits).toHaveLength(2);
    expect(new Map(facets?.colour?.map(({ value, count }) => [value, count]))).toEqual(counts);
    expect(facets?.nothing).toEqual([]);
  });

  it('lengths of vectors do not matter, only directions do', async () => {
    const at = await loaded(
      points.map((point) => ({ ...point, vector: point.vector.map((value) => value * 7) })),
    );
    const vector = unitVector(DIMS, seededRandom(21)).map((value) => value * 1e4);
    const { hits } = await engine().search(at, { vector, request: { limit: 5 } });
    const expected = naiveSearch(points, { vector }).slice(0, 5);
    expect(hits.map((hit) => hit.id)).toEqual(expected.map((hit) => hit.id));
    expect(hits.every((hit) => hit.score >= 0 && hit.score <= 1)).toBe(true);
  });
}

function describeWrites(engine: Engine, { loaded, points }: Loader): void {
  it('what is written, replaced or deleted before and after the seal is searched at once', async () => {
    const at = await loaded(points.slice(0, 500));
    const now = new Map(points.slice(0, 500).map((point) => [point.id, point]));
    const random = seededRandom(31);
    const agree = async (): Promise<void> => {
      const vector = unitVector(DIMS, random);
      const { hits } = await engine().search(at, { vector, request: { limit: 15 } });
      expect(hits.map((hit) => hit.id)).toEqual(
        naiveSearch(now.values(), { vector })
          .slice(0, 15)
          .map((hit) => hit.id),
      );
    };
    const added = points.slice(500, 700);
    await engine().upsert(at, toBatch(added, DIMS));
    for (const point of added) now.set(point.id, point);
    await agree();
    const replaced = points
      .slice(100, 200)
      .map((point) => ({ ...point, vector: unitVector(DIMS, random), product: `${point.product}-moved` }));
    await engine().upsert(at, toBatch(replaced, DIMS));
    for (const point of replaced) now.set(point.id, point);
    await agree();
    const gone = points.slice(300, 320).map((point) => point.id);
    await engine().delete(at, { ids: [...gone, 'unknown'] });
    for (const id of gone) now.delete(id);
    await agree();
    const product = (points[600] as NaivePoint).product;
    await engine().delete(at, { products: [product, 'unknown'] });
    for (const point of [...now.values()]) if (point.product === product) now.delete(point.id);
    await agree();
    const before = await engine().stats(at);
    expect(before).toMatchObject({ state: 'sealed', points: now.size });
    const after = await engine().seal(at);
    expect(after).toMatchObject({ points: now.size, delta: 0, checksum: before.checksum });
    await agree();
  });

  it('a product’s pictures are exchanged without a moment in which it is gone: write the new, delete all but them', async () => {
    const at = await loaded(points.slice(0, 60));
    const old = points[10] as NaivePoint;
    const ofProduct = points.slice(0, 60).filter((point) => point.product === old.product);
    const fresh = { ...old, id: 'img_fresh', vector: unitVector(DIMS, seededRandom(71)) };
    await engine().upsert(at, toBatch([fresh], DIMS));
    await engine().delete(at, { products: [old.product], keep: [fresh.id] });
    expect((await engine().stats(at)).points).toBe(60 - ofProduct.length + 1);
    const { hits } = await engine().search(at, { vector: old.vector, request: { limit: 1000 } });
    expect(hits.find((hit) => hit.product === old.product)?.id).toBe(fresh.id);
  });

  it('equal sets of ids have equal checksums, in whatever order they came; others differ', async () => {
    const [a, b] = [await loaded(points.slice(0, 50)), await loaded(points.slice(0, 50).reverse(), false)];
    const [one, two] = [await engine().stats(a), await engine().stats(b)];
    expect(one.checksum).toBe(two.checksum);
    expect(one.products).toBe(new Set(points.slice(0, 50).map((point) => point.product)).size);
    await engine().delete(b, { ids: [(points[0] as NaivePoint).id] });
    expect((await engine().stats(b)).checksum).not.toBe(one.checksum);
  });

  it('writes go on while a collection is sealed and none is lost', async () => {
    const at = await loaded(points.slice(0, 400), false);
    const sealed = engine().seal(at);
    const writes = points.slice(400, 430).map((point) => engine().upsert(at, toBatch([point], DIMS)));
    await Promise.all([sealed, ...writes, engine().seal(at)]);
    expect((await engine().stats(at)).points).toBe(430);
    const last = points[429] as NaivePoint;
    const { hits } = await engine().search(at, { vector: last.vector, request: { limit: 1 } });
    expect(hits[0]?.id).toBe(last.id);
  });

  it('a product whose picture is being replaced is in every answer meanwhile', async () => {
    const at = await loaded(points.slice(0, 200));
    const target = points[77] as NaivePoint;
    let running = true;
    const writer = (async () => {
      for (let i = 0; i < 60; i++)
        await engine().upsert(at, toBatch([{ ...target, product: 'prd_steady' }], DIMS));
      running = false;
    })();
    await engine().upsert(at, toBatch([{ ...target, product: 'prd_steady' }], DIMS));
    let asked = 0;
    while (running) {
      const { hits } = await engine().search(at, { vector: target.vector, request: { limit: 1 } });
      expect(hits[0]).toMatchObject({ product: 'prd_steady', id: target.id });
      asked += 1;
    }
    await writer;
    expect(asked).toBeGreaterThan(0);
  });
}
