import type { Box } from '@likeness/contracts/box';
import type { Ctx } from '@likeness/core/context';
import type { SearchResult, SearchTimings } from '@likeness/core/search/search-types';
import { pictureUrl } from './product-tile.ts';

export type FoundObject = SearchResult['objects'][number];
export type FoundProduct = {
  rank: number;
  productId: string;
  title: string;
  category: string | null;
  price: number | null;
  attributes: Record<string, unknown>;
  score: number;
  url: string | null;
  /** Which part of the product's picture matched. */
  box: Box | null;
};
/** A search as the tester shows it. */
export type SearchView = {
  requestId: string;
  outcome: SearchResult['outcome'];
  image: { id: string | null; width: number; height: number };
  box: Box | null;
  objects: FoundObject[];
  results: FoundProduct[];
  catalogId: string;
  indexVersion: string;
  indexNumber: number;
  modelVersion: string;
  timings: SearchTimings;
};

export function toSearchView(ctx: Ctx, result: SearchResult): SearchView {
  const { outcome, box, objects, catalogId, indexVersion, indexNumber, modelVersion, timings, image } =
    result;
  return {
    requestId: ctx.requestId,
    outcome,
    image: { id: image.id, width: image.width, height: image.height },
    box,
    objects,
    results: result.hits.map((hit) => ({
      rank: hit.rank,
      productId: hit.productId,
      title: hit.title,
      category: hit.category,
      price: hit.price,
      attributes: hit.attributes,
      score: hit.score,
      url: pictureUrl(ctx, hit.matched.displayKey),
      box: hit.matched.box,
    })),
    catalogId,
    indexVersion,
    indexNumber,
    modelVersion,
    timings,
  };
}
