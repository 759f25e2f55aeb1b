import { type CatalogSummary, listCatalogs } from '@likeness/core/catalog/list-catalogs';
import type { Ctx } from '@likeness/core/context';
import { type EvaluationView, listEvaluations } from '@likeness/core/evaluation/get-evaluation';
import type { IndexVersionView } from '@likeness/core/index-version/index-view';
import { listIndexVersions } from '@likeness/core/index-version/list-index-versions';
import { type LiveNames, nameLive } from '@likeness/core/index-version/name-live';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { surest } from '../../features/evaluations/surest.ts';

export type LiveSummary = {
  catalogs: CatalogSummary[];
  /** The catalog that was chosen last; else the first one that answers searches, else the first there is. */
  catalog: CatalogSummary | null;
} & LiveVersion;

export type LiveVersion = {
  live: IndexVersionView | null;
  /** Of the live version's evaluations the one on most photos, the newest of several: the surest of what it says. */
  evaluation: EvaluationView | null;
};

/** How the live version's encoder and the test set of its figures are called. */
export async function liveNames(ctx: Ctx, { live, evaluation }: LiveVersion): Promise<LiveNames> {
  if (!live) return { model: null, testSet: null };
  return nameLive(ctx, { embedModelId: live.embedModelId, testSetId: evaluation?.testSetId ?? null });
}

/** What shoppers get now: the foot of the rail and the overview stand on it. */
export const liveSummary = cache(async (ctx: Ctx): Promise<LiveSummary> => {
  const catalogs = await listCatalogs(ctx);
  const chosen = findCatalog(catalogs, (await cookies()).get('catalog')?.value);
  const catalog = chosen ?? catalogs.find((each) => each.liveIndexVersionId !== null) ?? catalogs[0] ?? null;
  return { catalogs, catalog, ...(await liveVersion(ctx, catalog)) };
});

/** By id, else by name. */
export function findCatalog(
  catalogs: readonly CatalogSummary[],
  mark: string | undefined,
): CatalogSummary | undefined {
  return catalogs.find((each) => each.id === mark) ?? catalogs.find((each) => each.name === mark);
}

/** What shoppers of one catalog get now, and how good it was measured to be. */
export const liveVersion = cache(async (ctx: Ctx, catalog: CatalogSummary | null): Promise<LiveVersion> => {
  if (!catalog?.liveIndexVersionId) return { live: null, evaluation: null };
  const [versions, evaluations] = await Promise.all([
    listIndexVersions(ctx, { catalogId: catalog.id }),
    listEvaluations(ctx, { catalogId: catalog.id, take: 50 }),
  ]);
  const live = versions.find((each) => each.id === catalog.liveIndexVersionId) ?? null;
  const evaluation = surest(evaluations.filter((each) => each.indexVersionId === live?.id));
  return { live, evaluation };
});
