import type { TestQueryModel } from '@likeness/db/generated/models/TestQuery';
import type { TestSetModel } from '@likeness/db/generated/models/TestSet';

export type TestSetView = {
  id: string;
  catalogId: string;
  name: string;
  origin: 'held_out' | 'uploaded' | 'saved';
  createdAt: Date;
  queries: number;
  /** How many of them have a box of their own. */
  boxes: number;
  /** How many of them name a product that the catalog has not: they can only be misses. */
  unknownProducts: number;
  covers: { id: string; displayKey: string }[];
};
export type TestQueryView = {
  id: string;
  ordinal: number;
  image: string;
  displayKey: string | null;
  productIds: string[];
  groups: string[];
  box: [number, number, number, number] | null;
};

export function toTestSetView(
  row: TestSetModel,
  more: Pick<TestSetView, 'queries' | 'boxes' | 'unknownProducts'> & {
    covers: { id: string; displayKey: string | null }[];
  },
): TestSetView {
  const covers = more.covers.flatMap(({ id, displayKey }) => (displayKey ? [{ id, displayKey }] : []));
  return {
    id: row.id,
    catalogId: row.catalogId,
    name: row.name,
    origin: row.origin as TestSetView['origin'],
    createdAt: row.createdAt,
    queries: more.queries,
    boxes: more.boxes,
    unknownProducts: more.unknownProducts,
    covers,
  };
}

export function toTestQueryView(row: TestQueryModel): TestQueryView {
  const { id, ordinal, image, displayKey, productIds, groups } = row;
  return {
    id,
    ordinal,
    image,
    displayKey,
    productIds,
    groups,
    box: row.box.length === 4 ? (row.box as [number, number, number, number]) : null,
  };
}
