import type { SearchAnswerBody } from '@likeness/contracts/rest/search';
import type { Ctx } from '@likeness/core/context';
import type { SearchHit, SearchResult } from '@likeness/core/search/search-types';
import { absoluteMediaUrl } from '../../media-url.ts';

/** A search result on the wire (contract §5), but for what it cost. */
export function toSearchAnswer(ctx: Ctx, result: SearchResult): Omit<SearchAnswerBody, 'usage'> {
  const { id, width, height, expiresAt } = result.image;
  return {
    request_id: ctx.requestId,
    outcome: result.outcome,
    image: { id, width, height, expires_at: expiresAt?.toISOString() ?? null },
    objects: result.objects,
    results: result.hits.map((hit) => toHit(ctx, hit)),
    facets: result.facets,
    index_version: result.indexVersion,
    model_version: result.modelVersion,
    timings_ms: result.timings,
  };
}

function toHit(ctx: Ctx, hit: SearchHit): SearchAnswerBody['results'][number] {
  const url = absoluteMediaUrl(ctx.deps, { tenantId: ctx.tenantId, key: hit.matched.displayKey });
  const extra = {
    ...(hit.category === null ? {} : { category: hit.category }),
    ...(hit.price === null ? {} : { price: hit.price }),
  };
  return {
    rank: hit.rank,
    product_id: hit.productId,
    score: hit.score,
    title: hit.title,
    attributes: { ...hit.attributes, ...extra },
    matched_image: { id: hit.matched.id, url, box: hit.matched.box },
  };
}
