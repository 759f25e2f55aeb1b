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
  const row = [
    ctx.tenantId,
    ctx.requestId,
    meter,
    billable,
    input.source,
    input.outcome,
    at,
    input.keyId,
    input.catalogId,
  ];
  await ctx.deps.db.tenantSql(ctx.tenantId, async (sql) => {
    if (input.shown) await sql.query(BOTH, [...row, ...impressionValues(input.shown)]);
    else await sql.query(LEDGER, row);
  });
  return billable ? { [meter]: 1 } : {};
}

const LEDGER = `INSERT INTO usage_events (tenant_id, request_id, meter, quantity, billable, source, outcome, at, key_id, catalog_id)
  VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`;
/** Ledger row and impression in one statement: one round trip before the answer leaves. */
const BOTH = `WITH ledger AS (${LEDGER})
  INSERT INTO impressions (tenant_id, request_id, at, source, outcome, catalog_id, query_image_id, box, filter, index_version_id, model_version_id, products, timings)
  VALUES ($1, $2, $7, $5, $6, $10, $11, $12, $13, $14, $15, $16, $17) ON CONFLICT DO NOTHING`;

function impressionValues({ result, filter }: { result: SearchResult; filter: unknown }): unknown[] {
  const products = JSON.stringify(
    result.hits.map((hit) => ({ product_id: hit.productId, position: hit.rank, score: hit.score })),
  );
  const shown = [result.catalogId, result.image.id, result.box ?? [], filter ? JSON.stringify(filter) : null];
  return [...shown, result.indexVersion, result.modelVersionId, products, JSON.stringify(result.timings)];
}
