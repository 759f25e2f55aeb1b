import { newId } from '@likeness/contracts/ids';
import { cutText, toStorable } from '@likeness/contracts/storable-text';
import type { Tx } from '@likeness/db/database';
import { Prisma } from '@likeness/db/generated/client';
import type { MergedProduct } from './merge-rows.ts';
import type { Reject } from './product-row.ts';
import type { KnownImages, TakenImage } from './take-images.ts';

type Place = { tenantId: string; catalogId: string };

/** Products as rows of SQL; the id is for those that are new. */
function asRows(products: readonly MergedProduct[]): Prisma.Sql {
  const of = <T>(pick: (product: MergedProduct) => T): T[] => products.map(pick);
  return Prisma.sql`
    unnest(${of(() => newId('product'))}::text[], ${of((each) => each.productId)}::text[],
           ${of((each) => toStorable(each.title))}::text[], ${of((each) => toStorable(each.description))}::text[],
           ${of((each) => each.category && toStorable(each.category))}::text[], ${of((each) => each.price)}::numeric[],
           ${of((each) => JSON.stringify(toStorable(each.attributes)))}::text[])
      AS t(id, external_id, title, description, category, price, attributes)`;
}

/** Writes products as one statement: new ones are made, known ones updated. Gives ids by the retailer's own id. */
export async function writeProducts(
  tx: Tx,
  place: Place,
  products: readonly MergedProduct[],
): Promise<Map<string, string>> {
  if (products.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; external_id: string }[]>`
    INSERT INTO products (tenant_id, id, catalog_id, external_id, title, description, category, price, attributes, updated_at)
    SELECT ${place.tenantId}, t.id, ${place.catalogId}, t.external_id, t.title, t.description, t.category, t.price, t.attributes::jsonb, now()
    FROM ${asRows(products)}
    ON CONFLICT (tenant_id, catalog_id, external_id) DO UPDATE SET
      title = CASE WHEN excluded.title <> '' THEN excluded.title ELSE products.title END,
      description = CASE WHEN excluded.description <> '' THEN excluded.description ELSE products.description END,
      category = coalesce(excluded.category, products.category),
      price = coalesce(excluded.price, products.price),
      attributes = products.attributes || excluded.attributes,
      updated_at = now()
    RETURNING id, external_id`;
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

/** Later rows of products that this import has written: only what is still missing is filled in. */
export async function fillProducts(
  tx: Tx,
  place: Place,
  products: readonly MergedProduct[],
): Promise<Map<string, string>> {
  if (products.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; external_id: string }[]>`
    UPDATE products p SET
      title = CASE WHEN p.title <> '' THEN p.title ELSE t.title END,
      description = CASE WHEN p.description <> '' THEN p.description ELSE t.description END,
      category = coalesce(p.category, t.category), price = coalesce(p.price, t.price),
      attributes = t.attributes::jsonb || p.attributes, updated_at = now()
    FROM ${asRows(products)}
    WHERE p.tenant_id = ${place.tenantId} AND p.catalog_id = ${place.catalogId} AND p.external_id = t.external_id
    RETURNING p.id, p.external_id`;
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

/** Pictures that these products have, so that equal ones need not be taken again. */
export async function knownImages(tx: Tx, place: Place, productIds: readonly string[]): Promise<KnownImages> {
  const known = new Map<string, Map<string, string>>();
  if (productIds.length === 0) return known;
  const rows = await tx.$queryRaw<{ external_id: string; source_name: string; sha256: string }[]>`
    SELECT p.external_id, i.source_name, i.sha256 FROM images i
    JOIN products p ON p.tenant_id = i.tenant_id AND p.id = i.product_id
    WHERE p.catalog_id = ${place.catalogId} AND p.external_id = ANY(${productIds})`;
  for (const { external_id, source_name, sha256 } of rows) {
    const mine = known.get(external_id) ?? new Map<string, string>();
    known.set(external_id, mine.set(source_name, sha256));
  }
  return known;
}

/** Writes pictures; one of the same product and name is replaced under a new id, because its pixels are others. Gives the ids that went. */
export async function writeImages(
  tx: Tx,
  place: Place,
  input: { images: readonly TakenImage[]; products: ReadonlyMap<string, string> },
): Promise<string[]> {
  const images = input.images.flatMap((image) => {
    const productId = input.products.get(image.productId);
    return productId ? [{ ...image, productId }] : [];
  });
  if (images.length === 0) return [];
  const of = <T>(pick: (image: (typeof images)[number]) => T): T[] => images.map(pick);
  const replaced = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM images i USING unnest(${of((each) => each.productId)}::text[], ${of((each) => each.sourceName)}::text[]) AS t(product_id, source_name)
    WHERE i.tenant_id = ${place.tenantId} AND i.product_id = t.product_id AND i.source_name = t.source_name
    RETURNING i.id`;
  const gone = replaced.map((row) => row.id);
  await tx.embedding.deleteMany({ where: { imageId: { in: gone } } });
  await tx.$executeRaw`
    INSERT INTO images (tenant_id, id, catalog_id, product_id, variant_id, position, source_name, sha256, width, height, bytes, dhash, color, original_key, display_key)
    SELECT ${place.tenantId}, t.id, ${place.catalogId}, t.product_id, t.variant_id, t.position, t.source_name, t.sha256, t.width, t.height, t.bytes, t.dhash, t.color, t.original_key, t.display_key
    FROM unnest(${of((each) => each.id)}::text[], ${of((each) => each.productId)}::text[], ${of((each) => each.variantId)}::text[], ${of((each) => each.position)}::int[],
                ${of((each) => each.sourceName)}::text[], ${of((each) => each.stored.sha256)}::text[], ${of((each) => each.stored.width)}::int[],
                ${of((each) => each.stored.height)}::int[], ${of((each) => each.stored.bytes)}::int[], ${of((each) => each.stored.dhash)}::text[],
                ${of((each) => each.stored.color)}::text[], ${of((each) => each.stored.originalKey)}::text[], ${of((each) => each.stored.displayKey)}::text[])
         AS t(id, product_id, variant_id, position, source_name, sha256, width, height, bytes, dhash, color, original_key, display_key)
    ON CONFLICT (tenant_id, product_id, source_name) DO NOTHING`;
  return gone;
}

export async function writeRejects(
  tx: Tx,
  place: Place & { jobId: string },
  rejects: readonly Reject[],
): Promise<void> {
  if (rejects.length === 0) return;
  await tx.importReject.createMany({
    data: rejects.map((reject) => ({
      ...place,
      id: newId('reject'),
      line: reject.line,
      file: reject.file && toStorable(reject.file),
      code: reject.code,
      message: cutText(toStorable(reject.message), 1000),
    })),
  });
}
