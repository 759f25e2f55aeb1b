import type { Tx } from '@likeness/db/database';

/** A product's own id with the names of the pictures that it shall have, in their order. */
export type WantedPictures = { id: string; names: readonly string[] };

/**
 * After the new pictures are written: what these products have beside the named ones goes, with its vectors, and the
 * named ones stand in the order in which they were named. Gives the ids of the pictures that went.
 */
export async function keepOnlyImages(
  tx: Tx,
  tenantId: string,
  wanted: readonly WantedPictures[],
): Promise<string[]> {
  if (wanted.length === 0) return [];
  const named = wanted.flatMap(({ id, names }) => names.map((name, position) => ({ id, name, position })));
  const [ids, names] = [named.map((each) => each.id), named.map((each) => each.name)];
  const gone = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM images i WHERE i.tenant_id = ${tenantId} AND i.product_id = ANY(${wanted.map((each) => each.id)}::text[])
      AND NOT EXISTS (SELECT 1 FROM unnest(${ids}::text[], ${names}::text[]) AS k(product_id, name)
                      WHERE k.product_id = i.product_id AND k.name = i.source_name)
    RETURNING i.id`;
  await tx.$executeRaw`
    UPDATE images i SET position = k.position
    FROM unnest(${ids}::text[], ${names}::text[], ${named.map((each) => each.position)}::int[]) AS k(product_id, name, position)
    WHERE i.tenant_id = ${tenantId} AND i.product_id = k.product_id AND i.source_name = k.name AND i.position <> k.position`;
  const removed = gone.map((row) => row.id);
  await tx.embedding.deleteMany({ where: { imageId: { in: removed } } });
  return removed;
}
