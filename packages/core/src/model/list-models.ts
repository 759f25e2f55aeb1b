import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { ensureBuiltinModels } from './ensure-builtin-models.ts';
import { type ModelView, toModelView } from './model-ref.ts';

/** Encoders and detectors of the tenant, built-in ones included, oldest first. */
export async function listModels(ctx: Ctx): Promise<ModelView[]> {
  requirePermission(ctx, 'models:read');
  await ensureBuiltinModels(ctx);
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.modelVersion.findMany({ orderBy: { createdAt: 'asc' } }),
  );
  return rows.map(toModelView);
}
