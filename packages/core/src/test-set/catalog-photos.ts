import type { Tx } from '@likeness/db/database';

/**
 * How many photos of a test set are, byte for byte, pictures of its catalog. An evaluation takes those pictures out of
 * the answers, so that no photo finds itself; where they are all that a product has, it cannot be found.
 */
export async function countCatalogPhotos(tx: Tx, testSetId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM test_sets s
    JOIN test_queries q ON q.tenant_id = s.tenant_id AND q.test_set_id = s.id
    WHERE s.id = ${testSetId} AND EXISTS (
      SELECT 1 FROM images i WHERE i.tenant_id = s.tenant_id AND i.catalog_id = s.catalog_id AND i.sha256 = q.sha256)`;
  return row?.count ?? 0;
}
