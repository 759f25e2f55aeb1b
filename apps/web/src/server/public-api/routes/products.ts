import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import {
  productAnswerSchema,
  productBodySchema,
  productIdSchema,
  productsBatchSchema,
} from '@likeness/contracts/rest/products';
import type { Ctx } from '@likeness/core/context';
import { deleteProduct } from '@likeness/core/product/delete-product';
import { getProduct } from '@likeness/core/product/get-product';
import type { ProductView } from '@likeness/core/product/product-view';
import { type ProductInput, upsertProducts } from '@likeness/core/product/upsert-products';
import { z } from 'zod';
import { absoluteMediaUrl } from '../../media-url.ts';
import { defineRoute } from '../define-route.ts';

const params = z.object({ id: productIdSchema });
const query = z.strictObject({ catalog: z.string().min(1).max(100).optional() });
const IMAGE_ERRORS = [
  'unsupported_image',
  'image_too_large',
  'image_corrupt',
  'image_timeout',
  'payload_too_large',
  'storage_full',
  'inference_unavailable',
  'overloaded',
] as const;

export const getProductRoute = defineRoute({
  method: 'GET',
  path: '/v1/products/{id}',
  summary: 'A product',
  scope: 'products:read',
  rate: 'read',
  meter: null,
  tenancy: 'tenant',
  params,
  query,
  answer: { status: 200, schema: productAnswerSchema },
  errors: ['not_found', 'catalog_required'],
  handle: async ({ ctx, params: { id }, query: { catalog } }) =>
    toProduct(ctx, await getProduct(ctx, { catalog, productId: id })),
});

export const putProduct = defineRoute({
  method: 'PUT',
  path: '/v1/products/{id}',
  summary:
    'Make or update a product; found by search within 2 s. Pictures, when given, replace those that it has',
  scope: 'products:write',
  rate: 'write',
  meter: null,
  tenancy: 'tenant',
  params,
  query,
  body: productBodySchema,
  accepts: { multipart: false, bytesMax: LIMITS.jsonBytesMax },
  answer: { status: 200, schema: productAnswerSchema },
  errors: ['not_found', 'catalog_required', ...IMAGE_ERRORS],
  handle: async ({ ctx, params: { id }, query: { catalog }, body }) => {
    await upsertProducts(ctx, { catalog, products: [toInput({ product_id: id, ...body })] });
    return toProduct(
      ctx,
      await getProduct(
        {
          ...ctx,
          actor: { ...ctx.actor, permissions: new Set([...ctx.actor.permissions, 'products:read']) },
        },
        { catalog, productId: id },
      ),
    );
  },
});

export const deleteProductRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/products/{id}',
  summary: 'Delete a product; gone from search within 2 s',
  scope: 'products:write',
  rate: 'write',
  meter: null,
  tenancy: 'tenant',
  params,
  query,
  answer: { status: 200, schema: z.object({ deleted: z.string() }) },
  errors: ['not_found', 'catalog_required'],
  handle: async ({ ctx, params: { id }, query: { catalog } }) => {
    await deleteProduct(ctx, { catalog, productId: id });
    return { deleted: id };
  },
});

export const batchProducts = defineRoute({
  method: 'POST',
  path: '/v1/products:batch',
  summary:
    'Make or update up to 1,000 products. Pictures of a product, when given, replace those that it has',
  scope: 'products:write',
  rate: 'write',
  meter: null,
  tenancy: 'tenant',
  query,
  body: productsBatchSchema,
  accepts: { multipart: false, bytesMax: LIMITS.jsonBytesMax },
  answer: { status: 200, schema: z.object({ products: z.array(z.string()) }) },
  errors: ['not_found', 'catalog_required', ...IMAGE_ERRORS],
  handle: async ({ ctx, query: { catalog }, body }) => {
    if (catalog && body.catalog && catalog !== body.catalog)
      throw new AppError('invalid_request', {
        message: `The address names the catalog ${catalog}, the body ${body.catalog}.`,
      });
    const { productIds } = await upsertProducts(ctx, {
      catalog: body.catalog ?? catalog,
      products: body.products.map(toInput),
    });
    return { products: productIds };
  },
});

function toInput(body: z.output<typeof productsBatchSchema>['products'][number]): ProductInput {
  const { product_id: productId, images, ...rest } = body;
  return {
    ...rest,
    productId,
    images: images?.map(({ name, data }) => ({ name, bytes: Buffer.from(data, 'base64') })),
  };
}

function toProduct(ctx: Ctx, product: ProductView): z.output<typeof productAnswerSchema> {
  const { productId, title, description, category, price, attributes, images, updatedAt } = product;
  return {
    product_id: productId,
    title,
    description,
    category,
    price,
    attributes,
    images: images.map(({ id, width, height, displayKey }) => ({
      id,
      width,
      height,
      url: absoluteMediaUrl(ctx.deps, { tenantId: ctx.tenantId, key: displayKey }),
    })),
    updated_at: updatedAt.toISOString(),
  };
}
