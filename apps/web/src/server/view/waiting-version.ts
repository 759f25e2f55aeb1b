import type { CatalogSummary } from '@likeness/core/catalog/list-catalogs';
import type { Ctx } from '@likeness/core/context';
import type { IndexVersionView } from '@likeness/core/index-version/index-view';
import { listIndexVersions } from '@likeness/core/index-version/list-index-versions';
import { cache } from 'react';

/**
 * The version that a catalog without a live one could publish: its newest that is ready. null where something is live
 * or nothing is ready, so that a page then says "build" and no longer says it once that is done.
 */
export const waitingVersion = cache(
  async (ctx: Ctx, catalog: CatalogSummary | null): Promise<IndexVersionView | null> => {
    if (!catalog || catalog.liveIndexVersionId) return null;
    const versions = await listIndexVersions(ctx, { catalogId: catalog.id });
    return versions.find((each) => each.state === 'ready') ?? null;
  },
);
