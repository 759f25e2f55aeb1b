import type { FacetCounts, SearchAnswer, SearchHeader } from '@likeness/contracts/engine';
import { AppError } from '@likeness/contracts/errors';
import { type Bitmap, countBits, intersect } from '../collections/bitmap.ts';
import type { Collection } from '../collections/collection.ts';
import type { Points } from '../collections/points.ts';
import { toUnitVectors } from '../collections/unit-vectors.ts';
import type { SearchPool } from '../threads/search-pool.ts';
import type { Scored } from './collapse.ts';

type FilterEntry = { version: number; bits: Bitmap; count: number };
const filterCaches = new WeakMap<Collection, Map<string, FilterEntry>>();
const CACHED_FILTERS = 64;
const EF_DEFAULT = 64;

/** One search: filter → bitmap, threads → products, facets over the first ones. Errors: `invalid_request`. */
export async function searchCollection(
  pool: SearchPool,
  collection: Collection,
  request: { header: SearchHeader; query: Float32Array },
): Promise<SearchAnswer> {
  const began = performance.now();
  const { header, query } = request;
  if (header.dims !== collection.dims) {
    throw new AppError('invalid_request', {
      message: `The collection has ${collection.dims} dimensions, the query ${header.dims}.`,
    });
  }
  const masked = header.mask ? collection.points.masked(header.mask) : [];
  const last = header.offset + header.limit;
  const want = header.facets?.length ? Math.max(last, header.facetProducts) : last;
  const task = {
    query: toUnitVectors(query, { dims: collection.dims, count: 1 }),
    want,
    version: collection.version,
    ef: header.ef ?? EF_DEFAULT,
    size: collection.points.size,
    filter: filterBits(collection, header),
    masked,
    strategy: header.strategy,
  };
  const { points, sealed } = collection; // a seal may renumber them while the search is under way
  const { hits, plan } = await pool.run(collection, task);
  return {
    hits: hits.slice(header.offset, last).map((hit) => toHit(points, hit)),
    facets: header.facets?.length
      ? countFacets(points, hits.slice(0, header.facetProducts), header.facets)
      : null,
    masked: masked.length,
    plan,
    sealed,
    ms: performance.now() - began,
  };
}

function toHit(points: Points, hit: Scored): SearchAnswer['hits'][number] {
  const point = points.list[hit.ordinal];
  return {
    product: point?.product ?? '',
    id: point?.id ?? '',
    score: Math.min(1, Math.max(0, (1 + hit.cosine) / 2)),
  };
}

function filterBits(collection: Collection, header: SearchHeader): { bits: Bitmap; count: number } | null {
  if (!header.filter) return null;
  const cache = filterCaches.get(collection) ?? new Map<string, FilterEntry>();
  filterCaches.set(collection, cache);
  const key = JSON.stringify(header.filter);
  const known = cache.get(key);
  if (known?.version === collection.version) return known;
  const bits = intersect(
    collection.points.columns.evaluate(header.filter, collection.points.size),
    collection.points.alive,
  );
  const entry = { version: collection.version, bits, count: countBits(bits) };
  cache.delete(key);
  cache.set(key, entry);
  const oldest = cache.keys().next().value;
  if (cache.size > CACHED_FILTERS && oldest !== undefined) cache.delete(oldest);
  return entry;
}

function countFacets(points: Points, hits: readonly Scored[], fields: readonly string[]): FacetCounts {
  const facets: FacetCounts = {};
  for (const field of fields) {
    const counts = new Map<string | number | boolean, number>();
    for (const { ordinal } of hits) {
      for (const value of points.columns.valuesAt(field, ordinal))
        counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    facets[field] = [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || String(a.value).localeCompare(String(b.value)));
  }
  return facets;
}
