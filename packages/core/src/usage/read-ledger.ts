import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { toRange, type UsageRange } from './usage-range.ts';

export type LedgerLine = {
  requestId: string;
  at: Date;
  meter: string;
  quantity: number;
  billable: boolean;
  source: string;
  outcome: string;
  keyId: string | null;
  catalogId: string | null;
};

const PAGE = 1000;

/** Every line of the ledger in this range, by time; read a page at a time, so that a month of any size fits. */
export async function* readLedger(ctx: Ctx, range: UsageRange): AsyncGenerator<LedgerLine> {
  requirePermission(ctx, 'usage:read');
  const { from, to } = toRange(range, ctx.deps.clock.now());
  let last: Pick<LedgerLine, 'at' | 'requestId' | 'meter'> | undefined;
  for (;;) {
    const after = last
      ? {
          OR: [
            { at: { gt: last.at } },
            { at: last.at, requestId: { gt: last.requestId } },
            { at: last.at, requestId: last.requestId, meter: { gt: last.meter } },
          ],
        }
      : {};
    const page: LedgerLine[] = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
      tx.usageEvent.findMany({
        where: { at: { gte: last?.at ?? from, lt: to }, ...after },
        orderBy: [{ at: 'asc' }, { requestId: 'asc' }, { meter: 'asc' }],
        take: PAGE,
        omit: { tenantId: true },
      }),
    );
    yield* page;
    last = page.at(-1);
    if (page.length < PAGE) return;
  }
}
