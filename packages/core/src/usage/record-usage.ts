import type { Statement } from '@likeness/db/one-message';
import type { Ctx } from '../context.ts';
import { dropKeptPhoto, type KeptPhoto } from '../search/query-image.ts';
import type { SearchResult } from '../search/search-types.ts';
import { costOf, type MeteredOutcome, meterOf } from './meters.ts';

type Value = Statement['values'][number];

export type UsageInput = {
  outcome: MeteredOutcome;
  source: 'api' | 'console' | 'evaluation';
  keyId: string | null;
  catalogId: string | null;
  /** What was shown; stored as an impression. */
  shown: { result: SearchResult; filter: unknown } | null;
};

/**
 * Writes the ledger row of an answered request, its impression and the row of its photo in one transaction; durable when it resolves, so
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
  const kept = input.shown?.result.image.kept ?? null;
  const shown = input.shown ? impressionValues(input.shown) : [];
  const statement = kept ? WITH_PHOTO : input.shown ? WITH_IMPRESSION : ALONE;
  const values = [
    ...row,
    ...shown,
    ...(kept && input.shown ? photoValues(kept, input.shown.result.image) : []),
  ];
  try {
    await ctx.deps.db.tenantStatement(ctx.tenantId, { ...statement, values });
  } catch (error) {
    if (kept) await dropKeptPhoto(ctx, Promise.resolve(kept));
    throw error;
  }
  return costOf(input.outcome, input.source);
}

const LEDGER = `INSERT INTO usage_events (tenant_id, request_id, meter, quantity, billable, source, outcome, at, key_id, catalog_id)
  VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`;
const IMPRESSION = `INSERT INTO impressions (tenant_id, request_id, at, source, outcome, catalog_id, query_image_id, box, filter, index_version_id, model_version_id, products, timings)
  VALUES ($1, $2, $7, $5, $6, $10, $11, $12, $13, $14, $15, $16, $17) ON CONFLICT DO NOTHING`;
const PHOTO = `INSERT INTO query_images (tenant_id, id, sha256, width, height, original_key, expires_at)
  VALUES ($1, $18, $19, $20, $21, $22, $23) ON CONFLICT DO NOTHING`;
/** Ledger row, impression and photo in one statement: one round trip and one commit before the answer leaves. */
const ALONE = { name: 'ledger', text: LEDGER };
const WITH_IMPRESSION = { name: 'ledger_shown', text: `WITH ledger AS (${LEDGER}) ${IMPRESSION}` };
const WITH_PHOTO = {
  name: 'ledger_shown_photo',
  text: `WITH ledger AS (${LEDGER}), photo AS (${PHOTO}) ${IMPRESSION}`,
};

function photoValues(kept: KeptPhoto, { sha256, width, height }: SearchResult['image']): Value[] {
  return [kept.id, sha256, width, height, kept.originalKey, kept.expiresAt];
}

function impressionValues({ result, filter }: { result: SearchResult; filter: unknown }): Value[] {
  const products = JSON.stringify(
    result.hits.map((hit) => ({ product_id: hit.productId, position: hit.rank, score: hit.score })),
  );
  const shown = [result.catalogId, result.image.id, result.box ?? [], filter ? JSON.stringify(filter) : null];
  return [...shown, result.indexVersion, result.modelVersionId, products, JSON.stringify(result.timings)];
}
