import { AppError } from '@likeness/contracts/errors';
import type { Tx } from '@likeness/db/database';
import { recordAudit } from '../audit/record-audit.ts';
import { resolveCatalog } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { forgetLiveIndexes } from './resolve-index.ts';

export type LiveVersions = { live: string | null; previous: string | null };

/**
 * Makes a ready version live: one row changes. With `from`, only where that version is live (null: none is): somebody else
 * may have been faster. `undoes`: it takes a roll back back, and the audit says so. Errors: `not_found`, `index_not_ready`, `conflict`.
 */
export async function promoteIndex(
  ctx: Ctx,
  input: {
    catalog: string;
    indexVersionId: string;
    from?: string | null | undefined;
    undoes?: 'index.rollback' | undefined;
  },
): Promise<LiveVersions> {
  requirePermission(ctx, 'catalogs:write');
  const catalog = await resolveCatalog(ctx, input.catalog);
  const how = { catalogId: catalog.id, action: 'index.promote', undoes: input.undoes } as const;
  return switchLive(ctx, how, async (tx, current) => {
    assertLive(current, input.from);
    const version = await tx.indexVersion.findFirst({
      where: { id: input.indexVersionId, catalogId: catalog.id },
    });
    if (!version) throw new AppError('not_found', { message: 'There is no such index version.' });
    if (version.state !== 'ready')
      throw new AppError('index_not_ready', { message: `Version ${version.number} is ${version.state}.` });
    return version.id;
  });
}

/**
 * Makes the version before live again; the reason, where one is given, is in the audit. `from` as for `promoteIndex`.
 * Errors: `nothing_to_roll_back`, `conflict`.
 */
export async function rollbackIndex(
  ctx: Ctx,
  input: { catalog: string; reason?: string | undefined; from?: string | undefined },
): Promise<LiveVersions> {
  requirePermission(ctx, 'catalogs:write');
  const catalog = await resolveCatalog(ctx, input.catalog);
  return switchLive(
    ctx,
    { catalogId: catalog.id, action: 'index.rollback', reason: input.reason },
    async (_tx, current) => {
      assertLive(current, input.from);
      if (!current.previous) throw new AppError('nothing_to_roll_back');
      return current.previous;
    },
  );
}

function assertLive({ live }: LiveVersions, from: string | null | undefined): void {
  if (from === undefined || from === live) return;
  throw new AppError('conflict', {
    message: 'Another version is live by now: somebody was faster.',
    hint: 'Look at what is live, then decide again.',
  });
}

/** Locks the catalog's row, so that two switches at once follow one another. */
async function switchLive(
  ctx: Ctx,
  how: {
    catalogId: string;
    action: 'index.promote' | 'index.rollback';
    reason?: string | undefined;
    undoes?: string | undefined;
  },
  choose: (tx: Tx, current: LiveVersions) => Promise<string>,
): Promise<LiveVersions> {
  const { catalogId, action, reason, undoes } = how;
  const switched = await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const [current] = await tx.$queryRaw<LiveVersions[]>`
      SELECT live_index_version_id AS live, previous_index_version_id AS previous FROM catalogs WHERE id = ${catalogId} FOR UPDATE`;
    if (!current) throw new AppError('not_found');
    const next = await choose(tx, current);
    if (next === current.live) return current;
    const data = {
      liveIndexVersionId: next,
      previousIndexVersionId: current.live,
      promotedAt: new Date(ctx.deps.clock.now()),
    };
    await tx.catalog.update({ where: { tenantId_id: { tenantId: ctx.tenantId, id: catalogId } }, data });
    await recordAudit(tx, ctx, {
      action,
      subject: next,
      before: current,
      after: { live: next, ...(reason ? { reason } : {}), ...(undoes ? { undoes } : {}) },
    });
    return { live: next, previous: current.live };
  });
  forgetLiveIndexes(ctx.tenantId);
  return switched;
}
