import { AppError } from '@likeness/contracts/errors';
import { Prisma } from '@likeness/db/generated/client';
import { LRUCache } from 'lru-cache';
import { catalogRequired } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { type ResolvedIndex, type ResolvedIndexRow, toResolvedIndex } from './resolved-index.ts';

/** How long a process may go on with the version it knows; promote and roll back take effect within it. */
const CACHE_MS = 1000;
const live = new LRUCache<string, ResolvedIndex>({ max: 2000, ttl: CACHE_MS });
const SELECT = Prisma.sql`
  SELECT v.id, v.number, v.catalog_id, c.name AS catalog_name, v.engine, v.collection, v.recipe, v.crop_settings,
         e.id AS embed_id, e.manifest AS embed_manifest, e.sha256 AS embed_sha256, e.file_key AS embed_file,
         d.manifest AS detect_manifest, d.sha256 AS detect_sha256, d.file_key AS detect_file
  FROM catalogs c
  JOIN index_versions v ON v.tenant_id = c.tenant_id AND v.catalog_id = c.id
  JOIN model_versions e ON e.tenant_id = v.tenant_id AND e.id = v.embed_model_id
  LEFT JOIN model_versions d ON d.tenant_id = v.tenant_id AND d.id = v.detect_model_id`;

/**
 * The live index version of a catalog (by id or name; left out, the tenant's only catalog) with its models, read
 * together from one row. Errors: `not_found`, `catalog_required`, `no_live_index`.
 */
export async function resolveLiveIndex(
  ctx: Ctx,
  input: { catalog: string | null | undefined; fresh?: boolean },
): Promise<ResolvedIndex> {
  const key = `${ctx.tenantId}\n${input.catalog ?? ''}`;
  const cached = input.fresh ? undefined : live.get(key);
  if (cached) return cached;
  const named = input.catalog
    ? Prisma.sql`AND (c.id = ${input.catalog} OR c.name = ${input.catalog})`
    : Prisma.empty;
  const rows = await ctx.deps.db.tenant(
    ctx.tenantId,
    (tx) =>
      tx.$queryRaw<(ResolvedIndexRow & { wanted: string; live: string | null })[]>`
      SELECT c.id AS wanted, c.live_index_version_id AS live, found.* FROM catalogs c
      LEFT JOIN (${SELECT}) found ON found.id = c.live_index_version_id
      WHERE c.deleted_at IS NULL ${named} ORDER BY (c.id = ${input.catalog ?? ''}) DESC LIMIT 2`,
  );
  if (!input.catalog && rows.length !== 1) throw catalogRequired(rows.length);
  const [row] = rows;
  if (!row) throw new AppError('not_found', { message: 'There is no such catalog.' });
  if (!row.live || !row.collection) throw new AppError('no_live_index');
  const resolved = toResolvedIndex(row);
  live.set(key, resolved);
  return resolved;
}

/** One version of a catalog, live or not. Errors: `not_found`. */
export async function resolveIndexVersion(
  ctx: Ctx,
  input: { catalogId: string; indexVersionId: string },
): Promise<ResolvedIndex> {
  const rows = await ctx.deps.db.tenant(
    ctx.tenantId,
    (tx) =>
      tx.$queryRaw<
        ResolvedIndexRow[]
      >`${SELECT} WHERE c.id = ${input.catalogId} AND v.id = ${input.indexVersionId}`,
  );
  const [row] = rows;
  if (!row) throw new AppError('not_found', { message: 'There is no such index version.' });
  return toResolvedIndex(row);
}

/** Forgets what this process knows of a tenant's live versions, after it changed them itself. */
export function forgetLiveIndexes(tenantId: string): void {
  for (const key of live.keys()) if (key.startsWith(`${tenantId}\n`)) live.delete(key);
}
