import type { Ctx } from '../context.ts';

const TIMEOUT_MS = 120_000;

/** After a bulk write: lets Postgres count the tables that grew, so that the searches to come are planned by what they hold. */
export async function refreshStatistics(ctx: Ctx): Promise<void> {
  const { db, log } = ctx.deps;
  await db
    .tenantSql(ctx.tenantId, (sql) => sql.query('SELECT refresh_statistics()'), { timeoutMs: TIMEOUT_MS })
    .catch((error) => log.warn({ err: error }, 'Postgres counts the tables later, in a round of its own'));
}
