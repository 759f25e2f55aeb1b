import { Prisma } from '@likeness/db/generated/client';
import type { Ctx } from '../context.ts';
import type { SearchResult } from '../search/search-types.ts';
import { type MeteredOutcome, meterOf } from './meters.ts';

export type UsageInput = {
  outcome: MeteredOutcome;
  source: 'api' | 'console' | 'evaluation';
  keyId: string | null;
  catalogId: string | null;
  /** What was shown; stored as an impression. */
  shown: { result: SearchResult; filter: unknown } | null;
};

/**
 * Writes the ledger row of an answered request, and its impression, in one transaction; durable when it resolves, so
 * call it before the answer leaves. Unique by request id and meter: a repeat changes nothing.
 */
export async function recordUsage(ctx: Ctx, input: UsageInput): Promise<Record<string, number>> {
  const { meter, billable } = meterOf(input.outcome, input.source);
  const at = new Date(ctx.deps.clock.now());
  const { shown } = input;
  await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO usage_events (tenant_id, request_id, meter, quantity, billable, source, outcome, at, key_id, catalog_id)
      VALUES (${ctx.tenantId}, ${ctx.requestId}, ${meter}, 1, ${billable}, ${input.source}, ${input.outcome}, ${at}, ${input.keyId}, ${input.catalogId})
      ON CONFLICT DO NOTHING`;
    if (shown) await tx.$executeRaw(impression(ctx, { shown, at, source: input.source }));
  });
  return billable ? { [meter]: 1 } : {};
}

function impression(
  ctx: Ctx,
  how: { shown: { result: SearchResult; filter: unknown }; at: Date; source: string },
): Prisma.Sql {
  const { result, filter } = how.shown;
  const products = JSON.stringify(
    result.hits.map((hit) => ({ product_id: hit.productId, position: hit.rank, score: hit.score })),
  );
  return Prisma.sql`
    INSERT INTO impressions (tenant_id, request_id, catalog_id, at, source, outcome, query_image_id, box, filter, index_version_id, model_version_id, products, timings)
    VALUES (${ctx.tenantId}, ${ctx.requestId}, ${result.catalogId}, ${how.at}, ${how.source}, ${result.outcome}, ${result.image.id},
            ${result.box ?? []}, ${filter ? JSON.stringify(filter) : null}::jsonb, ${result.indexVersion}, ${result.modelVersionId}, ${products}::jsonb,
            ${JSON.stringify(result.timings)}::jsonb)
    ON CONFLICT DO NOTHING`;
}
