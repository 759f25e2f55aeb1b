import type { Box, Point } from '@likeness/contracts/box';
import type { FacetCounts } from '@likeness/contracts/engine';
import type { Filter } from '@likeness/contracts/filter';
import type { ChoiceReason } from '@likeness/search-core/query/choose-box';
import type { KeptPhoto } from './query-image.ts';

export type SearchSource = 'api' | 'console' | 'evaluation';

/** A search as every door asks it: REST, console, evaluation. */
export type SearchInput = {
  image?: Buffer | undefined;
  imageId?: string | undefined;
  productId?: string | undefined;
  catalog?: string | null | undefined;
  box?: Box | undefined;
  point?: Point | undefined;
  crop: 'auto' | 'none';
  many: 'best' | 'ask';
  filter?: Filter | undefined;
  facets?: string[] | undefined;
  limit: number;
  offset: number;
};

export type SearchObject = {
  id: string;
  box: Box;
  label: string;
  score: number;
  selected: boolean;
  reason: ChoiceReason;
};
export type SearchHit = {
  rank: number;
  productId: string;
  score: number;
  title: string;
  attributes: Record<string, unknown>;
  category: string | null;
  price: number | null;
  matched: { id: string; displayKey: string; box: Box | null };
};
export type SearchTimings = { decode: number; detect: number; embed: number; engine: number; total: number };

export type SearchResult = {
  outcome: 'found' | 'no_object' | 'choose';
  image: {
    id: string | null;
    width: number;
    height: number;
    expiresAt: Date | null;
    sha256: string;
    /** Set when this search put the photo away: `recordUsage` writes its row. */
    kept: KeptPhoto | null;
  };
  /** The box that was searched; null when nothing was. */
  box: Box | null;
  objects: SearchObject[];
  hits: SearchHit[];
  facets: FacetCounts | null;
  /** Images taken out by the mask. */
  masked: number;
  catalogId: string;
  indexVersion: string;
  /** Its number in the catalog, 1, 2, … */
  indexNumber: number;
  modelVersion: string;
  modelVersionId: string;
  timings: SearchTimings;
};
