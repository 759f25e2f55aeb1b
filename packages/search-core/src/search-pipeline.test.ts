import type { SearchAnswer } from '@likeness/contracts/engine';
import { describe, expect, it } from 'vitest';
import type { VectorEngine } from './engines/vector-engine.ts';
import { type EmbeddedQuery, runPipeline } from './search-pipeline.ts';

type Asked = Parameters<VectorEngine['search']>;

function engineThatAnswers(answer: Partial<SearchAnswer>): { engine: VectorEngine; asked: Asked[] } {
  const asked: Asked[] = [];
  const refuse = () => Promise.reject(new Error('a search only searches'));
  const engine: VectorEngine = {
    create: refuse,
    upsert: refuse,
    delete: refuse,
    seal: refuse,
    stats: refuse,
    list: refuse,
    drop: refuse,
    search: async (...call) => {
      asked.push(call);
      return { hits: [], facets: null, masked: 0, plan: 'exact', sealed: true, ms: 0, ...answer };
    },
  };
  return { engine, asked };
}

const QUERY: EmbeddedQuery = {
  collection: 'index-1',
  vector: Float32Array.of(1, 0),
  limit: 3,
  offset: 20,
  filter: null,
  facets: [],
  mask: { ids: [], hashes: [] },
};

describe('the search pipeline', () => {
  it('ranks count from 1, offset included, in the order of the engine; the score is the visual one', async () => {
    const hits = [
      { product: 'a', id: 'img_1', score: 0.9 },
      { product: 'b', id: 'img_2', score: 0.8 },
    ];
    const { products } = await runPipeline(engineThatAnswers({ hits }).engine, QUERY);
    expect(products).toEqual([
      { product: 'a', image: 'img_1', visual: 0.9, score: 0.9, rank: 21 },
      { product: 'b', image: 'img_2', visual: 0.8, score: 0.8, rank: 22 },
    ]);
  });

  it('filter, facets and mask go into the engine, nothing is filtered behind it', async () => {
    const { engine, asked } = engineThatAnswers({
      masked: 2,
      facets: { colour: [{ value: 'red', count: 4 }] },
    });
    const query = {
      ...QUERY,
      filter: { colour: 'red' },
      facets: ['colour'],
      mask: { ids: ['img_9'], hashes: ['h'] },
    };
    const ranked = await runPipeline(engine, query);
    expect(asked[0]?.[1].request).toEqual({
      limit: 3,
      offset: 20,
      filter: { colour: 'red' },
      facets: ['colour'],
      mask: { ids: ['img_9'], hashes: ['h'] },
    });
    expect([ranked.masked, ranked.facets]).toEqual([2, { colour: [{ value: 'red', count: 4 }] }]);
  });

  it('says when the collection is still being loaded, so that nothing partial passes for whole', async () => {
    expect((await runPipeline(engineThatAnswers({}).engine, QUERY)).whole).toBe(true);
    expect((await runPipeline(engineThatAnswers({ sealed: false }).engine, QUERY)).whole).toBe(false);
  });

  it('hands the caller’s signal and deadline on, and the engine’s error back', async () => {
    const { engine, asked } = engineThatAnswers({});
    const { signal } = new AbortController();
    await runPipeline(engine, QUERY, { signal, timeoutMs: 700 });
    expect(asked[0]?.[2]).toEqual({ signal, timeoutMs: 700 });
    const broken = { ...engine, search: () => Promise.reject(new Error('gone')) };
    await expect(runPipeline(broken, QUERY)).rejects.toThrow('gone');
  });
});
