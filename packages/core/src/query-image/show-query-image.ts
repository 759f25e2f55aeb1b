import { AppError } from '@likeness/contracts/errors';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';

/**
 * Key of the re-encoded picture of a query photo, made when it is first looked at: most photos never are.
 * Errors: `not_found` for another tenant's, an unknown or an expired one.
 */
export async function showQueryImage(ctx: Ctx, input: { imageId: string }): Promise<{ displayKey: string }> {
  requirePermission(ctx, 'usage:read');
  const { tenantId, deps } = ctx;
  const row = await deps.db.tenant(tenantId, async (tx) => {
    const query = await tx.queryImage.findFirst({ where: { id: input.imageId } });
    const stored = query ? null : await tx.image.findFirst({ where: { id: input.imageId } });
    return { query, stored };
  });
  if (row.stored) return { displayKey: row.stored.displayKey };
  const { query } = row;
  if (!query || query.originalKey === '' || query.expiresAt.getTime() <= deps.clock.now())
    throw new AppError('not_found');
  if (query.displayKey) return { displayKey: query.displayKey };
  const bytes = await deps.objects.get(query.originalKey);
  const { display } = await deps.vision.normalize(bytes, { lane: 'interactive', signal: ctx.signal });
  const displayKey = `t/${tenantId}/queries/${query.id}.jpg`;
  await deps.objects.put(displayKey, display);
  await deps.db.tenant(tenantId, (tx) =>
    tx.queryImage.updateMany({ where: { id: query.id, originalKey: { not: '' } }, data: { displayKey } }),
  );
  return { displayKey };
}
