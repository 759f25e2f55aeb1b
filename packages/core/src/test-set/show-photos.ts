import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';

/** Display keys of photos of test sets by their ids; a photo without a picture is left out. */
export async function showPhotos(
  ctx: Ctx,
  input: { testQueryIds: readonly string[] },
): Promise<Map<string, string>> {
  requirePermission(ctx, 'testsets:read');
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.testQuery.findMany({
      where: { id: { in: [...input.testQueryIds] } },
      select: { id: true, displayKey: true },
    }),
  );
  return new Map(rows.flatMap(({ id, displayKey }) => (displayKey ? [[id, displayKey] as const] : [])));
}
