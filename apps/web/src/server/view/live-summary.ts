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
  /** Newest finished evaluation of the live version. */
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
  const evaluation = evaluations.find((each) => each.indexVersionId === live?.id && each.result) ?? null;
  return { catalogs, catalog, live, evaluation };
});
