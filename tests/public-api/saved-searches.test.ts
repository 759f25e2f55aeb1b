import { compareTwo } from '@likeness/core/evaluation/compare-evaluations';
import { getEvaluation } from '@likeness/core/evaluation/get-evaluation';
import { removeEvaluation } from '@likeness/core/evaluation/remove-evaluation';
import { sortAnswers } from '@likeness/core/evaluation/sort-answers';
import { startEvaluation } from '@likeness/core/evaluation/start-evaluation';
import { createFromHeldOut } from '@likeness/core/test-set/create-from-held-out';
import { getTestSet, listTestSets } from '@likeness/core/test-set/list-test-sets';
import { removeTestSet } from '@likeness/core/test-set/remove-test-set';
import { saveQuery } from '@likeness/core/test-set/save-query';
import { setRightProducts } from '@likeness/core/test-set/set-right-products';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluationCsv } from '../../apps/web/src/server/view/evaluation-csv.ts';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { openRestTenant, type RestTenant } from '../support/rest-client.ts';
import { handlers, openSmallShop } from '../support/small-shop.ts';

let { stack, rest, ctx, key } = {} as RestTenant;
let photos: string[] = [];

beforeAll(async () => {
  ({ stack, rest, ctx, key } = await openRestTenant('saver'));
  await openSmallShop(stack, ctx);
  photos = [await search(COLOURS.red), await search(COLOURS.green), await search(COLOURS.violet)];
}, 120_000);
afterAll(() => stack?.stop());

/** The id under which the photo of a search is kept. */
async function search(colour: string): Promise<string> {
  const form = new FormData();
  form.set('image', new Blob([new Uint8Array(await drawGood(colour, 5))]), 'photo.jpg');
  const { status, body } = await rest.call('POST', '/v1/search', { key, form });
  expect(status).toBe(200);
  return (body as { image: { id: string } }).image.id;
}
const save = (photo: number, productIds: string[], testSet = 'Saved searches') =>
  saveQuery(ctx, {
    catalog: 'shop',
    testSet,
    imageId: photos[photo] ?? '',
    box: [31 / 192, 1 / 3, 0.9, 167 / 192],
    productIds,
    groups: [],
  });
const evaluate = async (testSetId: string): Promise<string> => {
  const { evaluationId } = await startEvaluation(ctx, { catalog: 'shop', testSetId, crop: 'auto' });
  await stack.work(ctx, handlers);
  return evaluationId;
};
const ofSaved = async () => {
  const sets = (await listTestSets(ctx, {})).filter((each) => each.origin === 'saved');
  expect(sets).toHaveLength(1);
  return getTestSet(ctx, { testSetId: sets[0]?.id ?? '', take: 10 });
};

describe('saved searches', () => {
  it('are one set a catalog, whatever the language of who saves, also at the same moment', async () => {
    await Promise.all([save(0, ['red']), save(1, ['green'], '保存的搜索')]);
    await save(2, ['violet', 'red'], '保存的搜索');
    const { testSet, queries } = await ofSaved();
    expect(testSet.queries).toBe(3);
    expect(queries.map((each) => each.ordinal)).toEqual([0, 1, 2]);
  });

  it('take the same photo, box and right products once, and say that it is there', async () => {
    const is = { code: 'saved_already' };
    await expect(save(0, ['red'])).rejects.toMatchObject(is);
    await expect(save(0, ['red'], '保存的搜索')).rejects.toMatchObject(is);
    await expect(save(2, ['red', 'violet'])).rejects.toMatchObject(is);
    expect((await ofSaved()).queries).toHaveLength(3);
    expect((await save(0, ['red', 'green'])).productIds).toEqual(['red', 'green']);
  });
});

describe('evaluations of a set that was corrected between them', () => {
  let [before, after] = ['', ''];

  it('are compared on the photos that both marked alike, with figures of these', async () => {
    const { testSet, queries } = await ofSaved();
    before = await evaluate(testSet.id);
    // Two of them were saved at the same moment: which came first is not said.
    const marked = (ids: string): string => queries.find((each) => each.productIds.join() === ids)?.id ?? '';
    await setRightProducts(ctx, { queryId: marked('green'), productIds: ['red'] });
    await setRightProducts(ctx, { queryId: marked('violet,red'), productIds: ['red', 'violet'] });
    photos.push(await search(COLOURS.red));
    await save(3, []);
    after = await evaluate(testSet.id);
    const compared = await compareTwo(ctx, { beforeId: before, afterId: after });
    expect(compared.leftOut).toEqual({ changed: 1, once: 1 });
    expect(compared.comparison.n).toBe(3);
    for (const side of [compared.before, compared.after]) expect(side.result?.all.n).toBe(3);
    const delta = (compared.after.result?.all.mrr ?? 0) - (compared.before.result?.all.mrr ?? 0);
    expect(compared.comparison.mrr.delta).toBeCloseTo(delta, 9);
    expect((await getEvaluation(ctx, { evaluationId: before })).result?.all.n).toBe(4);
  });

  it('show every photo, and as a table', async () => {
    expect((await sortAnswers(ctx, { evaluationId: after })).photos).toHaveLength(5);
    const lines = (await evaluationCsv(ctx, { evaluationId: after })).trim().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toContain('image,product_id,place,x1');
    expect(lines.at(-1)).toContain(',nothing,');
    const both = await evaluationCsv(ctx, { evaluationId: after, beforeId: before });
    expect(both.trim().split('\r\n')).toHaveLength(4);
    expect(both).toContain('before_rank');
  });

  it('go one by one, and with their set', async () => {
    await removeEvaluation(ctx, { evaluationId: before });
    await expect(getEvaluation(ctx, { evaluationId: before })).rejects.toMatchObject({ code: 'not_found' });
    const { testSet, queries, evaluations } = await ofSaved();
    expect(evaluations).toBe(1);
    await startEvaluation(ctx, { catalog: 'shop', testSetId: testSet.id, crop: 'auto' });
    const remove = () => removeTestSet(ctx, { testSetId: testSet.id });
    await expect(remove(), 'an evaluation waits').rejects.toMatchObject({ code: 'conflict' });
    await stack.work(ctx, handlers);
    await remove();
    await expect(remove()).rejects.toMatchObject({ code: 'not_found' });
    await expect(getEvaluation(ctx, { evaluationId: after })).rejects.toMatchObject({ code: 'not_found' });
    for (const { id } of queries)
      expect(await stack.deps.objects.exists(`t/${ctx.tenantId}/test-queries/${id}/original`)).toBe(false);
    const acts = await stack.deps.db.tenant(ctx.tenantId, (tx) =>
      tx.auditEntry.findMany({ where: { action: { endsWith: '.delete' } }, orderBy: { seq: 'asc' } }),
    );
    expect(acts.map((each) => each.action)).toEqual(['evaluation.delete', 'test_set.delete']);
    expect(acts[1]?.before).toEqual({ name: testSet.name, photos: 5, evaluations: 2 });
  });

  it('leave the pictures of goods alone when a held-out set goes', async () => {
    const set = await createFromHeldOut(ctx, { catalog: 'shop', name: 'Held', limit: 3 });
    const images = await stack.deps.db.tenant(ctx.tenantId, (tx) => tx.image.findMany());
    await removeTestSet(ctx, { testSetId: set.id });
    for (const { originalKey } of images) expect(await stack.deps.objects.exists(originalKey)).toBe(true);
  });
});
