import { AppError } from '@likeness/contracts/errors';
import { resolveOrCreateCatalog } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { enqueueJob } from '../job/enqueue-job.ts';

/** A part that the caller's door has streamed to the object store. */
export type ImportUpload = { key: string; name: string; bytes: number };

/**
 * Starts an import of uploaded parts into a catalog (made when it is missing).
 * Errors: `invalid_request` when there is neither a table nor pictures.
 */
export async function startImport(
  ctx: Ctx,
  input: {
    catalog: string;
    table: ImportUpload | null;
    archive: ImportUpload | null;
    mapping: Record<string, string>;
    /** `exact`: the archive holds a folder's own content, so that a single folder in it is a product. Default `auto`. */
    folders?: 'auto' | 'exact' | undefined;
  },
): Promise<{ jobId: string; catalogId: string }> {
  requirePermission(ctx, 'catalogs:write');
  if (!input.table && !input.archive)
    throw new AppError('invalid_request', {
      message: 'Send a table, pictures, or both.',
      hint: 'The parts are "table" (CSV or JSON lines) and "images" (ZIP).',
    });
  const { catalog, isNew } = await resolveOrCreateCatalog(ctx, input.catalog);
  const payload = {
    catalogId: catalog.id,
    tableKey: input.table?.key ?? null,
    tableName: input.table?.name ?? null,
    archiveKey: input.archive?.key ?? null,
    mapping: input.mapping,
    madeCatalog: isNew,
    catalogName: catalog.name,
    folders: input.folders ?? 'auto',
  };
  const { jobId } = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    enqueueJob(tx, ctx, { kind: 'import-catalog', payload, catalogId: catalog.id }),
  );
  return { jobId, catalogId: catalog.id };
}
