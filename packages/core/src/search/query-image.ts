import { setImmediate } from 'node:timers/promises';
import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { parseTenantSettings, type TenantSettings } from '@likeness/contracts/tenant-settings';
import type { Ctx } from '../context.ts';
import type { SearchInput } from './search-types.ts';

/** The photo of a search, wherever it comes from. */
export type QueryImage = {
  /** Where its bytes are; read only when inference does not hold its pixels any more. */
  bytes: () => Promise<Buffer>;
  /** Handle of pixels that inference may still hold. */
  raster?: string;
  /** Set when the photo is kept already. */
  id: string | null;
  expiresAt: Date | null;
  /** Set when it is a catalogue picture: the box that was indexed, and the product it belongs to. */
  storedBox?: [number, number, number, number];
  /** Set when it is a catalogue picture: our id of its product. */
  ofProduct?: string;
};

/** Errors: `image_required`, `not_found`, `image_expired`. */
export async function findQueryImage(
  ctx: Ctx,
  input: SearchInput & { catalogId: string; modelVersionId: string; recipe: string },
): Promise<QueryImage> {
  const given = [input.image, input.imageId, input.productId].filter((each) => each !== undefined);
  if (given.length !== 1)
    throw new AppError('image_required', { message: 'Send exactly one of image, image_id, product_id.' });
  // To inference, no bytes mean "pixels that you hold": it would answer that they are gone.
  if (input.image?.byteLength === 0) throw new AppError('image_required', { message: 'The photo is empty.' });
  if (input.image) {
    const bytes = input.image;
    return { bytes: async () => bytes, id: null, expiresAt: null };
  }
  return input.imageId !== undefined
    ? byId(ctx, input.imageId)
    : byProduct(ctx, { ...input, productId: input.productId ?? '' });
}

async function byId(ctx: Ctx, imageId: string): Promise<QueryImage> {
  const { query, stored } = await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const found = await tx.queryImage.findFirst({ where: { id: imageId } });
    return { query: found, stored: found ? null : await tx.image.findFirst({ where: { id: imageId } }) };
  });
  if (stored)
    return {
      bytes: () => ctx.deps.objects.get(stored.originalKey),
      raster: stored.sha256,
      id: stored.id,
      expiresAt: null,
      ofProduct: stored.productId,
    };
  if (!query) throw new AppError('not_found');
  if (query.expiresAt.getTime() <= ctx.deps.clock.now()) throw new AppError('image_expired');
  return {
    bytes: () => ctx.deps.objects.get(query.originalKey),
    raster: query.sha256,
    id: query.id,
    expiresAt: query.expiresAt,
  };
}

async function byProduct(
  ctx: Ctx,
  input: { productId: string; catalogId: string; modelVersionId: string; recipe: string },
): Promise<QueryImage> {
  const found = await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const image = await tx.image.findFirst({
      where: { catalogId: input.catalogId, product: { externalId: input.productId } },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
    });
    const embedding =
      image &&
      (await tx.embedding.findFirst({
        where: { modelVersionId: input.modelVersionId, recipe: input.recipe, imageId: image.id },
        select: { box: true },
      }));
    return { image, box: embedding?.box };
  });
  const { image, box } = found;
  if (!image) throw new AppError('not_found', { message: 'There is no such product with a picture.' });
  const storedBox = box?.length === 4 ? { storedBox: box as [number, number, number, number] } : {};
  return {
    bytes: () => ctx.deps.objects.get(image.originalKey),
    raster: image.sha256,
    id: image.id,
    expiresAt: null,
    ofProduct: image.productId,
    ...storedBox,
  };
}

/** Ids of all pictures of the product that a catalogue picture belongs to; none for a photo of somebody's own. */
export async function picturesOfItself(ctx: Ctx, { ofProduct }: QueryImage): Promise<string[]> {
  if (ofProduct === undefined) return [];
  const images = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.image.findMany({ where: { productId: ofProduct }, select: { id: true } }),
  );
  return images.map((each) => each.id);
}

/** A photo whose bytes lie in the object store; its row is written with the ledger row, in one transaction. */
export type KeptPhoto = { id: string; originalKey: string; expiresAt: Date };

/** Puts a photo that is not kept yet away for the tenant's hours; null for 0 hours. */
export async function keepQueryImage(
  ctx: Ctx,
  image: QueryImage,
  settings: Promise<TenantSettings>,
): Promise<KeptPhoto | null> {
  const hours = (await settings).queryRetentionHours;
  if (hours === 0) return null;
  const id = newId('image', ctx.deps.clock.now());
  // No folder of its own: it would stay when the photo is purged.
  const originalKey = `t/${ctx.tenantId}/queries/${id}`;
  const expiresAt = new Date(ctx.deps.clock.now() + hours * 3600 * 1000);
  await setImmediate(); // the engine has its request before the disk is asked
  await ctx.deps.objects.put(originalKey, await image.bytes());
  return { id, originalKey, expiresAt };
}

/** Takes a photo away again whose request came to nothing. */
export async function dropKeptPhoto(ctx: Ctx, keeping: Promise<KeptPhoto | null>): Promise<void> {
  const kept = await keeping.catch(() => null);
  if (kept) await ctx.deps.objects.delete(kept.originalKey).catch(() => {});
}

/**
 * The tenant's settings as they are now: remembered, neither hours of 0 nor other weights of the box choice would hold from
 * the next search on. Asked while the models run, it costs the search nothing.
 */
export async function readSettings(ctx: Ctx): Promise<TenantSettings> {
  const [row] = await ctx.deps.db.tenantStatement<{ settings: unknown }>(ctx.tenantId, {
    name: 'tenant_settings',
    text: 'SELECT settings FROM tenants WHERE id = $1',
    values: [ctx.tenantId],
  });
  return parseTenantSettings(row?.settings);
}
