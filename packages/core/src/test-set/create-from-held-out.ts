import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { recordAudit } from '../audit/record-audit.ts';
import { resolveCatalog } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { asNameTaken, nameTestSet } from './name-test-set.ts';
import { type TestSetView, toTestSetView } from './test-set-view.ts';

type Held = {
  image_id: string;
  source_name: string;
  sha256: string;
  original_key: string;
  display_key: string;
  external_id: string;
};

/**
 * A test set of one held-out picture of each product that has several: its last one. In an evaluation these pictures
 * are masked in the engine, so a product must be found by its others. Errors: `conflict` (name, or no such product).
 */
export async function createFromHeldOut(
  ctx: Ctx,
  input: { catalog: string; name: string; limit: number; mayNumber?: boolean | undefined },
): Promise<TestSetView> {
  requirePermission(ctx, 'testsets:write');
  const catalog = await resolveCatalog(ctx, input.catalog);
  const id = newId('testSet', ctx.deps.clock.now());
  try {
    return await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
      const held = await tx.$queryRaw<Held[]>`
        SELECT DISTINCT ON (p.id) i.id AS image_id, i.source_name, i.sha256, i.original_key, i.display_key, p.external_id
        FROM products p JOIN images i ON i.tenant_id = p.tenant_id AND i.product_id = p.id
        WHERE p.catalog_id = ${catalog.id} AND (SELECT count(*) FROM images o WHERE o.tenant_id = p.tenant_id AND o.product_id = p.id) > 1
        ORDER BY p.id, i.position DESC, i.id DESC LIMIT ${input.limit}`;
      if (held.length === 0)
        throw new AppError('conflict', {
          message: 'No product has two pictures, so none can be held out.',
          hint: 'Upload test photos instead.',
        });
      const name = await nameTestSet(tx, {
        catalogId: catalog.id,
        name: input.name,
        mayNumber: input.mayNumber ?? false,
      });
      const row = await tx.testSet.create({
        data: { tenantId: ctx.tenantId, id, catalogId: catalog.id, name, origin: 'held_out' },
      });
      await tx.testQuery.createMany({
        data: held.map((each, ordinal) => ({
          tenantId: ctx.tenantId,
          id: newId('testQuery'),
          testSetId: id,
          ordinal,
          image: each.source_name,
          imageId: each.image_id,
          sha256: each.sha256,
          originalKey: each.original_key,
          displayKey: each.display_key,
          productIds: [each.external_id],
          groups: [],
          box: [],
        })),
      });
      await recordAudit(tx, ctx, {
        action: 'test_set.create',
        subject: id,
        after: { name, queries: held.length },
      });
      return toTestSetView(row, {
        queries: held.length,
        boxes: 0,
        unknownProducts: 0,
        covers: held.slice(0, 8).map((each) => ({ id: each.image_id, displayKey: each.display_key })),
      });
    });
  } catch (error) {
    throw asNameTaken(error, input.name);
  }
}
