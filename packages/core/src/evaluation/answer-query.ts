import type { Box } from '@likeness/contracts/box';
import { AppError } from '@likeness/contracts/errors';
import type { TestQueryModel } from '@likeness/db/generated/models/TestQuery';
import { productRank } from '@likeness/search-core/evaluation/product-rank';
import type { Ctx } from '../context.ts';
import type { ResolvedIndex } from '../index-version/resolved-index.ts';
import { searchByImage } from '../search/search-by-image.ts';
import type { CropMode } from './start-evaluation.ts';

/** One query of an evaluation, answered; `outcome` is an error code when the photo could not be searched. */
export type Answer = {
  ordinal: number;
  testQueryId: string;
  image: string;
  productIds: string[];
  groups: string[];
  rank: number | null;
  outcome: string;
  box: number[];
  top: { product_id: string; image: string; score: number }[];
  selfRemoved: number;
  ms: number;
};

const PRODUCTS_ASKED = 100;
const TOP = 10;

/** Puts one photo through exactly the path of POST /v1/search. Faults of ours are thrown, so that the job tries again. */
export async function answerQuery(
  ctx: Ctx,
  query: TestQueryModel,
  how: { index: ResolvedIndex; crop: CropMode; maskedIds: string[] },
): Promise<Answer> {
  const base = {
    ordinal: query.ordinal,
    testQueryId: query.id,
    image: query.image,
    productIds: query.productIds,
    groups: query.groups,
  };
  const miss = (outcome: string): Answer => ({
    ...base,
    rank: null,
    outcome,
    box: [],
    top: [],
    selfRemoved: 0,
    ms: 0,
  });
  if (!query.originalKey) return miss('image_not_found');
  const began = performance.now();
  try {
    const image = await ctx.deps.objects.get(query.originalKey);
    const box = how.crop === 'given' && query.box.length === 4 ? (query.box as Box) : undefined;
    const crop = how.crop === 'none' ? 'none' : 'auto';
    const input = { image, box, crop, many: 'best', limit: PRODUCTS_ASKED, offset: 0 } as const;
    const result = await searchByImage(ctx, input, {
      index: how.index,
      mask: { ids: how.maskedIds, hashes: [] },
      keepImage: false,
      deadlineMs: Date.now() + 60_000,
    });
    const products = result.hits.map((hit) => ({ product: hit.productId, score: hit.score }));
    const top = result.hits
      .slice(0, TOP)
      .map((hit) => ({ product_id: hit.productId, image: hit.matched.id, score: hit.score }));
    const rank = productRank(products, new Set(query.productIds));
    return {
      ...base,
      rank,
      outcome: result.outcome,
      box: result.box ?? [],
      top,
      selfRemoved: result.masked,
      ms: performance.now() - began,
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || error.code === 'canceled') throw error;
    // A file without bytes, which an import calls damaged too.
    return miss(error.code === 'image_required' ? 'image_corrupt' : error.code);
  }
}
