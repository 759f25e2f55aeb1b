import type { Tx } from '@likeness/db/database';

/** How many photos of each test set name a product that their catalog has not: set id → count, sets without any left out. */
export async function countUnknownProducts(
  tx: Tx,
  input: { testSetIds: readonly string[] },
): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT s.id, count(*)::int AS count
    FROM test_sets s JOIN test_queries q ON q.tenant_id = s.tenant_id AND q.test_set_id = s.id
    WHERE s.id = ANY(${[...input.testSetIds]}::text[]) AND EXISTS (
      SELECT 1 FROM unnest(q.product_ids) AS named(product_id) WHERE NOT EXISTS (
        SELECT 1 FROM products p
        WHERE p.tenant_id = s.tenant_id AND p.catalog_id = s.catalog_id AND p.external_id = named.product_id))
    GROUP BY s.id`;
  return new Map(rows.map((row) => [row.id, row.count]));
}
