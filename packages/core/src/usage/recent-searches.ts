import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';

export type RecentSearch = {
  requestId: string;
  at: Date;
  source: string;
  outcome: string;
  /** Box that was searched, as fractions; empty when nothing was. */
  box: number[];
  /** The photo while it is kept. */
  photo: { id: string; width: number; height: number } | null;
  /** Its photo was kept once; false where the tenant keeps none. */
  wasKept: boolean;
  first: { productId: string; title: string; displayKey: string | null } | null;
};

type Shown = { product_id: string; position: number; score: number };

/** The newest searches (of one catalog where it is named) with their photo (while it is kept) and the product that came first. */
export async function listRecentSearches(
  ctx: Ctx,
  input: { take: number; catalogId?: string },
): Promise<RecentSearch[]> {
  requirePermission(ctx, 'usage:read');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const rows = await tx.impression.findMany({
      where: { source: { not: 'evaluation' }, catalogId: input.catalogId },
      orderBy: { at: 'desc' },
      take: input.take,
    });
    const firsts = rows.map((row) => (row.products as Shown[])[0]?.product_id);
    const photos = await tx.queryImage.findMany({
      where: {
        id: { in: rows.flatMap((row) => row.queryImageId ?? []) },
        originalKey: { not: '' },
        expiresAt: { gt: new Date(ctx.deps.clock.now()) },
      },
    });
    const products = await tx.product.findMany({
      where: {
        catalogId: { in: rows.map((row) => row.catalogId) },
        externalId: { in: firsts.flatMap((id) => id ?? []) },
      },
      include: { images: { orderBy: { position: 'asc' }, take: 1 } },
    });
    return rows.map((row, i) => {
      const photo = photos.find((each) => each.id === row.queryImageId);
      const product = products.find(
        (each) => each.externalId === firsts[i] && each.catalogId === row.catalogId,
      );
      const { requestId, at, source, outcome, box } = row;
      return {
        requestId,
        at,
        source,
        outcome,
        box,
        photo: photo ? { id: photo.id, width: photo.width, height: photo.height } : null,
        wasKept: row.queryImageId !== null,
        first: product
          ? {
              productId: product.externalId,
              title: product.title,
              displayKey: product.images[0]?.displayKey ?? null,
            }
          : null,
      };
    });
  });
}

export type DayOfSearches = {
  searches: number;
  /** Of `searches`, those that found an object and showed products. */
  answered: number;
  /** Milliseconds of the whole answer; null without a search. */
  p50: number | null;
  p95: number | null;
};

/** The last 24 hours of one catalog (of all where none is named), evaluations left out. */
export async function searchesOfLastDay(
  ctx: Ctx,
  { catalogId = null }: { catalogId?: string | null },
): Promise<DayOfSearches> {
  requirePermission(ctx, 'usage:read');
  const since = new Date(ctx.deps.clock.now() - 24 * 3600 * 1000);
  const [row] = await ctx.deps.db.tenant(
    ctx.tenantId,
    (tx) => tx.$queryRaw<DayOfSearches[]>`
      SELECT count(*)::int AS searches,
             (count(*) FILTER (WHERE outcome = 'found' AND jsonb_array_length(products) > 0))::int AS answered,
             percentile_cont(0.5) WITHIN GROUP (ORDER BY (timings->>'total')::float) AS p50,
             percentile_cont(0.95) WITHIN GROUP (ORDER BY (timings->>'total')::float) AS p95
      FROM impressions WHERE at >= ${since} AND source <> 'evaluation' AND (${catalogId}::text IS NULL OR catalog_id = ${catalogId})`,
  );
  return row ?? { searches: 0, answered: 0, p50: null, p95: null };
}

/** Whether any search or detection ever came with an API key: the shop itself has asked. */
export async function wasCalledByKey(ctx: Ctx): Promise<boolean> {
  requirePermission(ctx, 'usage:read');
  const first = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.usageEvent.findFirst({ where: { source: 'api', keyId: { not: null } }, select: { requestId: true } }),
  );
  return first !== null;
}
