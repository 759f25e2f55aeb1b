import { type CatalogSummary, listCatalogs } from '@likeness/core/catalog/list-catalogs';
import type { Ctx } from '@likeness/core/context';
import { type EvaluationView, listEvaluations } from '@likeness/core/evaluation/get-evaluation';
import type { IndexVersionView } from '@likeness/core/index-version/index-view';
import { listIndexVersions } from '@likeness/core/index-version/list-index-versions';
import { cache } from 'react';

export type LiveSummary = {
  catalogs: CatalogSummary[];
  /** The first catalog that answers searches, else the first there is. */
  catalog: CatalogSummary | null;
  live: IndexVersionView | null;
  /** Of the live version's evaluations the one on most photos, the newest of several: the surest of what it says. */
  evaluation: EvaluationView | null;
};

/** What shoppers get now: the foot of the rail and the overview stand on it. */
export const liveSummary = cache(async (ctx: Ctx): Promise<LiveSummary> => {
  const catalogs = await listCatalogs(ctx);
  const catalog = catalogs.find((each) => each.liveIndexVersionId !== null) ?? catalogs[0] ?? null;
  if (!catalog?.liveIndexVersionId) return { catalogs, catalog, live: null, evaluation: null };
  const [versions, evaluations] = await Promise.all([
    listIndexVersions(ctx, { catalogId: catalog.id }),
    listEvaluations(ctx, { catalogId: catalog.id, take: 50 }),
  ]);
  const live = versions.find((each) => each.id === catalog.liveIndexVersionId) ?? null;
  const evaluation = surest(evaluations.filter((each) => each.indexVersionId === live?.id));
  return { catalogs, catalog, live, evaluation };
});

/** The finished evaluation on most photos; of equals the first, which is the newest. */
export function surest(evaluations: readonly EvaluationView[]): EvaluationView | null {
  const size = (each: EvaluationView): number => each.result?.all.n ?? 0;
  return evaluations.filter((each) => each.result).toSorted((a, b) => size(b) - size(a))[0] ?? null;
}
