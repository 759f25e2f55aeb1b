import type { CatalogModel } from '@likeness/db/generated/models/Catalog';

/** A catalog as people and programs see it. */
export type CatalogView = {
  id: string;
  name: string;
  liveIndexVersionId: string | null;
  previousIndexVersionId: string | null;
  promotedAt: Date | null;
  createdAt: Date;
};

export function toCatalogView(row: CatalogModel): CatalogView {
  const { id, name, liveIndexVersionId, previousIndexVersionId, promotedAt, createdAt } = row;
  return { id, name, liveIndexVersionId, previousIndexVersionId, promotedAt, createdAt };
}
