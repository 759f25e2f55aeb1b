import type { EvaluationDetail, EvaluationResult, EvaluationScores } from '@likeness/contracts/evaluation';
import { compareTwo } from '@likeness/core/evaluation/compare-evaluations';
import { getEvaluation } from '@likeness/core/evaluation/get-evaluation';
import { startEvaluation } from '@likeness/core/evaluation/start-evaluation';
import { upsertProducts } from '@likeness/core/product/upsert-products';
import { createFromHeldOut } from '@likeness/core/test-set/create-from-held-out';
import { getTestSet } from '@likeness/core/test-set/list-test-sets';
import { setRightProducts } from '@likeness/core/test-set/set-right-products';
import type { Prisma } from '@likeness/db/generated/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestTenant, type RestTenant } from '../support/rest-client.ts';
import { handlers, openSmallShop } from '../support/small-shop.ts';

let { stack, ctx, call } = {} as RestTenant;
let testSetId = '';
/** Of the goods of the small shop; teal has none any more. */
const CATEGORY: Record<string, string> = {
  red: 'even',
  green: 'odd',
  blue: 'even',
  gold: 'odd',
  violet: 'even',
};

type Evaluated = { id: string; result: EvaluationResult };
async function evaluate(): Promise<Evaluated> {
  const started = await startEvaluation(ctx, { catalog: 'shop', testSetId, crop: 'none' });
  await stack.work(ctx, handlers);
  const { body } = await call('GET', `/v1/jobs/${started.jobId}`);
  return { id: started.evaluationId, result: (body as { result: EvaluationResult }).result };
}
const put = (productId: string, category: string | null) =>
  upsertProducts(ctx, { catalog: 'shop', products: [{ productId, category }] });
const sizes = (parts: Record<string, { n: number }> | undefined): Record<string, number> =>
  Object.fromEntries(Object.entries(parts ?? {}).map(([name, { n }]) => [name, n]));
/** R@1 and MRR of some ranks, written a second time. */
const figures = (ranks: (number | null)[]) => ({
  r1: ranks.filter((rank) => rank === 1).length / ranks.length,
  mrr: ranks.reduce<number>((sum, rank) => sum + (rank === null ? 0 : 1 / rank), 0) / ranks.length,
});

beforeAll(async () => {
  ({ stack, ctx, call } = await openRestTenant('sorter'));
  await openSmallShop(stack, ctx);
  await put('teal', null);
  testSetId = (await createFromHeldOut(ctx, { catalog: 'shop', name: 'Held', limit: 6 })).id;
  const { queries } = await getTestSet(ctx, { testSetId, take: 10 });
  const ofRed = queries.find((each) => each.productIds[0] === 'red')?.id ?? '';
  await setRightProducts(ctx, { queryId: ofRed, productIds: ['red', 'blue', 'gold'] });
}, 120_000);
afterAll(() => stack?.stop());

describe('an evaluation by category', () => {
  let first: Evaluated;

  it('counts each photo in the categories of its right products, once each', async () => {
    first = await evaluate();
    const { body } = await call('GET', `/v1/catalogs/shop/evaluations/${first.id}/details`);
    const lines = String(body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as EvaluationDetail);
    expect(lines).toHaveLength(6);
    for (const name of ['even', 'odd']) {
      const own = lines.filter(({ product_id }) => product_id.split('|').some((id) => CATEGORY[id] === name));
      const plain = figures(own.map((line) => line.rank));
      const { n, r1, mrr } = first.result.categories[name] as EvaluationScores;
      expect([n, r1]).toEqual([3, plain.r1]);
      expect(mrr).toBeCloseTo(plain.mrr, 9);
    }
    expect(Object.keys(first.result.categories).sort()).toEqual(['even', 'odd']);
    expect(first.result.groups, 'a category is no group').toEqual({});
    expect(first.result.all.n).toBe(6);
  });

  it('has none where it was made before they were counted, and is compared by those of now', async () => {
    await stack.deps.db.tenant(ctx.tenantId, (tx) => {
      const { categories: _, ...result } = first.result;
      return tx.evaluation.update({
        where: { tenantId_id: { tenantId: ctx.tenantId, id: first.id } },
        data: { result: result as Prisma.InputJsonObject },
      });
    });
    expect((await getEvaluation(ctx, { evaluationId: first.id })).result?.categories).toEqual({});
    const second = await evaluate();
    const { before, after, comparison } = await compareTwo(ctx, { beforeId: first.id, afterId: second.id });
    expect(sizes(comparison.categories)).toEqual({ even: 3, odd: 3 });
    expect(comparison.categories.odd?.r1.delta).toBe(0);
    expect(before.result?.categories).toEqual(first.result.categories);
    expect(after.result?.categories).toEqual(second.result.categories);
  });

  it('keeps its own figures when goods move, and a comparison has both sides by the new categories', async () => {
    const second = await evaluate();
    await put('violet', 'odd');
    await put('teal', 'new');
    expect(sizes((await getEvaluation(ctx, { evaluationId: second.id })).result?.categories)).toEqual({
      even: 3,
      odd: 3,
    });
    const { before, after, comparison } = await compareTwo(ctx, { beforeId: first.id, afterId: second.id });
    for (const parts of [before.result?.categories, after.result?.categories, comparison.categories])
      expect(sizes(parts)).toEqual({ even: 2, new: 1, odd: 4 });
  });
});
