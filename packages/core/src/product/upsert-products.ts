import { createHash } from 'node:crypto';
import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import type { AttributeValue } from '@likeness/contracts/rest/products';
import type { Tx } from '@likeness/db/database';
import { resolveCatalog } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { dropImageFiles } from '../image/drop-image-files.ts';
import { storeImage } from '../image/store-image.ts';
import type { KnownImages, TakenImage } from '../import/take-images.ts';
import { knownImages, writeImages, writeProducts } from '../import/write-batch.ts';
import { keepOnlyImages } from './replace-images.ts';
import { planSync, syncNow } from './sync-soon.ts';

export type ProductInput = {
  productId: string;
  title?: string | undefined;
  description?: string | undefined;
  category?: string | null | undefined;
  price?: number | null | undefined;
  /** Those that are named are set, or taken away by null. */
  attributes?: Record<string, AttributeValue | null> | undefined;
  /** All the pictures that it shall have (one of a known name and bytes is kept as it is); left out, they stay. */
  images?: { name: string; bytes: Buffer }[] | undefined;
};

/**
 * Makes or updates products; they are found by search within 2 s. Nothing is written when one picture is refused.
 * Errors: those of decoding, `not_found`, `catalog_required`.
 */
export async function upsertProducts(
  ctx: Ctx,
  input: { catalog: string | null | undefined; products: readonly ProductInput[] },
): Promise<{ productIds: string[] }> {
  requirePermission(ctx, 'products:write');
  const catalog = await resolveCatalog(ctx, input.catalog);
  const place = { tenantId: ctx.tenantId, catalogId: catalog.id };
  const products = input.products.map((each) => ({
    productId: each.productId,
    title: each.title ?? '',
    description: each.description ?? '',
    category: each.category ?? null,
    price: each.price ?? null,
    attributes: setOnes(each.attributes ?? {}),
  }));
  const names = products.map((each) => each.productId);
  if (new Set(names).size !== names.length)
    throw new AppError('invalid_request', { message: 'A product is named twice.' });
  const known = await ctx.deps.db.tenant(ctx.tenantId, (tx) => knownImages(tx, place, names));
  const images = await takeUploads(ctx, input.products, known);
  const { pending, gone } = await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const written = await writeProducts(tx, place, products);
    await clearFields(tx, place, input.products);
    const replaced = await writeImages(tx, place, { images, products: written });
    const wanted = input.products.flatMap(({ productId, images: given }) => {
      const id = written.get(productId);
      return given && id ? [{ id, names: given.map((each) => each.name) }] : [];
    });
    return {
      gone: [...replaced, ...(await keepOnlyImages(tx, ctx.tenantId, wanted))],
      pending: await planSync(tx, ctx, { catalogId: catalog.id, productIds: [...written.values()] }),
    };
  });
  await syncNow(ctx, pending, 'interactive');
  await dropImageFiles(ctx, gone);
  return { productIds: names };
}

const setOnes = (attributes: Record<string, AttributeValue | null>): Record<string, AttributeValue> =>
  Object.fromEntries(
    Object.entries(attributes).filter((each): each is [string, AttributeValue] => each[1] !== null),
  );

/** What is left out stays; null takes a category, a price or an attribute away. */
async function clearFields(
  tx: Tx,
  { catalogId }: { catalogId: string },
  products: readonly ProductInput[],
): Promise<void> {
  for (const field of ['category', 'price'] as const) {
    const named = products.filter((each) => each[field] === null).map((each) => each.productId);
    if (named.length > 0)
      await tx.product.updateMany({
        where: { catalogId, externalId: { in: named } },
        data: { [field]: null },
      });
  }
  for (const { productId, attributes = {} } of products) {
    const gone = Object.keys(attributes).filter((name) => attributes[name] === null);
    if (gone.length > 0)
      await tx.$executeRaw`UPDATE products SET attributes = attributes - ${gone}::text[]
        WHERE catalog_id = ${catalogId} AND external_id = ${productId}`;
  }
}

/** Says whose picture was refused: a batch has many. */
function named(error: unknown, { productId, name }: { productId: string; name: string }): unknown {
  if (!(error instanceof AppError) || error.status >= 500) return error;
  const message = `Product ${productId}, picture ${name}: ${error.message}`;
  return new AppError(error.code, { message, hint: error.hint, cause: error });
}

async function takeUploads(
  ctx: Ctx,
  products: readonly ProductInput[],
  known: KnownImages,
): Promise<TakenImage[]> {
  const taken: TakenImage[] = [];
  for (const { productId, images = [] } of products) {
    for (const [position, { name, bytes }] of images.entries()) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (known.get(productId)?.get(name) === sha256) continue;
      const id = newId('image', ctx.deps.clock.now());
      const stored = await storeImage(ctx, {
        prefix: `t/${ctx.tenantId}/images/${id}`,
        bytes,
        options: { lane: 'interactive', signal: ctx.signal },
      }).catch((error) => {
        throw named(error, { productId, name });
      });
      taken.push({ productId, variantId: null, name, line: null, position, id, sourceName: name, stored });
    }
  }
  return taken;
}
