import type { Box } from '@likeness/contracts/box';
import type { Ctx } from '@likeness/core/context';
import type { SearchObject, SearchResult, SearchTimings } from '@likeness/core/search/search-types';
import { pictureUrl } from '../view/product-tile.ts';

export type FoundProduct = {
  rank: number;
  productId: string;
  title: string;
  category: string | null;
  price: number | null;
  /** Up to two attributes as they are shown on a card. */
  facts: string[];
  score: number;
  url: string | null;
  box: Box | null;
};
/** What the search tester shows of one search. */
export type SearchView = {
  requestId: string;
  outcome: SearchResult['outcome'];
  image: { id: string | null; width: number; height: number };
  box: Box | null;
  objects: SearchObject[];
  products: FoundProduct[];
  modelVersion: string;
  timings: SearchTimings;
};

export function toSearchView(ctx: Ctx, result: SearchResult): SearchView {
  return {
    requestId: ctx.requestId,
    outcome: result.outcome,
    image: { id: result.image.id, width: result.image.width, height: result.image.height },
    box: result.box,
    objects: result.objects,
    products: result.hits.map((hit) => ({
      rank: hit.rank,
      productId: hit.productId,
      title: hit.title || hit.productId,
      category: hit.category,
      price: hit.price,
      facts: factsOf(hit.attributes),
      score: hit.score,
      url: pictureUrl(ctx, hit.matched.displayKey),
      box: hit.matched.box,
    })),
    modelVersion: result.modelVersion,
    timings: result.timings,
  };
}

/** The first two attributes that are short words or numbers. */
export function factsOf(attributes: Record<string, unknown>): string[] {
  return Object.values(attributes)
    .flatMap((value) => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : []))
    .filter((text) => text.length > 0 && text.length <= 40)
    .slice(0, 2);
}
