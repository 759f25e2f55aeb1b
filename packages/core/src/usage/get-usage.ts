import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { METERS, type Meter } from './meters.ts';
import { toRange, type UsageRange } from './usage-range.ts';

export type UsageTotals = { from: string; to: string; meters: Record<Meter, number> };

/**
 * Billable units by meter straight from the ledger; this calendar month (UTC) unless told. A plain date as `to` means
 * that whole day, so that one day is `from` and `to` alike; an instant is exclusive. Errors: `invalid_request`.
 */
export async function getUsage(ctx: Ctx, range: UsageRange): Promise<UsageTotals> {
  requirePermission(ctx, 'usage:read');
  const { from, to } = toRange(range, ctx.deps.clock.now());
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.usageEvent.groupBy({
      by: ['meter'],
      where: { billable: true, at: { gte: from, lt: to } },
      _sum: { quantity: true },
    }),
  );
  const meters = Object.fromEntries(
    METERS.map((meter) => [meter, rows.find((row) => row.meter === meter)?._sum.quantity ?? 0]),
  ) as Record<Meter, number>;
  return { from: from.toISOString(), to: to.toISOString(), meters };
}

export type UsageDay = {
  day: string;
  meter: Meter;
  keyId: string | null;
  source: string;
  billable: number;
  free: number;
};

/** Units by UTC day, meter, key and source, for charts; the sum of `billable` equals `getUsage` of the same range. */
export async function getUsageDays(
  ctx: Ctx,
  range: UsageRange,
): Promise<{ from: string; to: string; days: UsageDay[] }> {
  requirePermission(ctx, 'usage:read');
  const { from, to } = toRange(range, ctx.deps.clock.now());
  const rows = await ctx.deps.db.tenant(
    ctx.tenantId,
    (tx) =>
      tx.$queryRaw<
        { day: string; meter: Meter; key_id: string | null; source: string; billable: number; free: number }[]
      >`
      SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, meter, key_id, source,
             coalesce(sum(quantity) FILTER (WHERE billable), 0)::int AS billable, coalesce(sum(quantity) FILTER (WHERE NOT billable), 0)::int AS free
      FROM usage_events WHERE at >= ${from} AND at < ${to} GROUP BY 1, 2, 3, 4 ORDER BY 1`,
  );
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    days: rows.map(({ key_id: keyId, ...row }) => ({ ...row, keyId })),
  };
}
