import { AppError } from '@likeness/contracts/errors';
import type { Tx } from '@likeness/db/database';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { countCatalogPhotos } from './catalog-photos.ts';
import { type TestQueryView, type TestSetView, toTestQueryView, toTestSetView } from './test-set-view.ts';
import { countUnknownProducts } from './unknown-products.ts';

const COVERS = 8;

/** Test sets of a catalog (all of the tenant's when left out), newest first. */
export async function listTestSets(
  ctx: Ctx,
  input: { catalogId?: string | undefined },
): Promise<TestSetView[]> {
  requirePermission(ctx, 'testsets:read');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const rows = await tx.testSet.findMany({
      where: input.catalogId ? { catalogId: input.catalogId } : {},
      orderBy: { createdAt: 'desc' },
      include: {
        _count: { select: { queries: true } },
        queries: { orderBy: { ordinal: 'asc' }, take: COVERS, select: { id: true, displayKey: true } },
      },
    });
    const testSetIds = rows.map((row) => row.id);
    const unknown = await countUnknownProducts(tx, { testSetIds });
    const boxes = await countBoxes(tx, testSetIds);
    return rows.map((row) =>
      toTestSetView(row, {
        queries: row._count.queries,
        boxes: boxes.get(row.id) ?? 0,
        unknownProducts: unknown.get(row.id) ?? 0,
        covers: row.queries,
      }),
    );
  });
}

/** One test set with a page of its photos, and how often it was evaluated; `underWay` while it is. Errors: `not_found`. */
export async function getTestSet(
  ctx: Ctx,
  input: { testSetId: string; after?: number | undefined; take: number },
): Promise<{
  testSet: TestSetView;
  queries: TestQueryView[];
  evaluations: number;
  underWay: boolean;
  /** Photos that are pictures of the catalog themselves; of a held-out set all are, and none is counted. */
  inCatalog: number;
}> {
  requirePermission(ctx, 'testsets:read');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const row = await tx.testSet.findFirst({
      where: { id: input.testSetId },
      include: { _count: { select: { queries: true } } },
    });
    if (!row) throw new AppError('not_found');
    const queries = await tx.testQuery.findMany({
      where: { testSetId: row.id, ordinal: { gt: input.after ?? -1 } },
      orderBy: { ordinal: 'asc' },
      take: input.take,
    });
    const unknown = await countUnknownProducts(tx, { testSetIds: [row.id] });
    const boxes = await countBoxes(tx, [row.id]);
    return {
      testSet: toTestSetView(row, {
        queries: row._count.queries,
        boxes: boxes.get(row.id) ?? 0,
        unknownProducts: unknown.get(row.id) ?? 0,
        covers: queries.slice(0, COVERS),
      }),
      queries: queries.map(toTestQueryView),
      inCatalog: row.origin === 'held_out' ? 0 : await countCatalogPhotos(tx, row.id),
      evaluations: await tx.evaluation.count({ where: { testSetId: row.id } }),
      underWay: (await tx.evaluation.count({ where: { testSetId: row.id, state: 'queued' } })) > 0,
    };
  });
}

async function countBoxes(tx: Tx, testSetIds: string[]): Promise<Map<string, number>> {
  const rows = await tx.testQuery.groupBy({
    by: ['testSetId'],
    where: { testSetId: { in: testSetIds }, box: { isEmpty: false } },
    _count: true,
  });
  return new Map(rows.map((row) => [row.testSetId, row._count]));
}
