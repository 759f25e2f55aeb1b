import { catalogNameSchema } from '@likeness/contracts/catalog-name';
import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { isUniqueViolation } from '@likeness/db/database-errors';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { type CatalogView, toCatalogView } from './catalog-view.ts';

/** Makes an empty catalog. Errors: `invalid_request`, `conflict` when the name is taken. */
export async function createCatalog(ctx: Ctx, input: { name: string }): Promise<CatalogView> {
  requirePermission(ctx, 'catalogs:write');
  const parsed = catalogNameSchema.safeParse(input.name);
  if (!parsed.success)
    throw new AppError('invalid_request', {
      message:
        'A catalog needs a name of 1 to 100 characters without / \\ * , < or >, with no _ or - before it, other than . and ..',
    });
  const id = newId('catalog', ctx.deps.clock.now());
  try {
    return await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
      const row = await tx.catalog.create({ data: { tenantId: ctx.tenantId, id, name: parsed.data } });
      await recordAudit(tx, ctx, { action: 'catalog.create', subject: id, after: { name: parsed.data } });
      return toCatalogView(row);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError('conflict', {
      message: `A catalog named ${parsed.data} exists already.`,
      cause: error,
    });
  }
}
