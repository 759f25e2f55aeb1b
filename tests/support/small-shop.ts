import { Readable } from 'node:stream';
import { createCatalog } from '@likeness/core/catalog/create-catalog';
import { emptyCatalog } from '@likeness/core/catalog/empty-catalog';
import type { Ctx } from '@likeness/core/context';
import { runEvaluation } from '@likeness/core/evaluation/run-evaluation';
import { runImport } from '@likeness/core/import/run-import';
import { buildIndex } from '@likeness/core/index-version/build-index';
import { startBuild } from '@likeness/core/index-version/start-build';
import { syncProducts } from '@likeness/core/product/sync-products';
import { upsertProducts } from '@likeness/core/product/upsert-products';
import { COLOURS, drawGood } from './drawn-goods.ts';
import type { Handlers, Stack } from './stack.ts';

/** The handlers that the worker has, for `stack.work`. */
export const handlers: Handlers = {
  'import-catalog': runImport,
  'build-index': buildIndex,
  'delete-catalog': emptyCatalog,
  'evaluate-index': runEvaluation,
  'sync-products': async (run) => syncProducts(run.ctx, { ...run.payload, lane: 'bulk' }),
};

/** A catalogue of one product a colour, two pictures each, with a live index. */
export async function openSmallShop(
  stack: Stack,
  ctx: Ctx,
  name = 'shop',
): Promise<{ catalogId: string; indexVersionId: string }> {
  const catalog = await createCatalog(ctx, { name });
  const products = await Promise.all(
    Object.entries(COLOURS).map(async ([productId, colour], i) => ({
      productId,
      title: `The ${productId} one`,
      category: i % 2 ? 'odd' : 'even',
      price: 10 + i,
      attributes: { colour: productId },
      images: [
        { name: `${productId}.jpg`, bytes: await drawGood(colour) },
        { name: `${productId}-2.jpg`, bytes: await drawGood(colour, 2) },
      ],
    })),
  );
  await upsertProducts(ctx, { catalog: catalog.id, products });
  const { indexVersionId } = await startBuild(ctx, { catalog: catalog.id, promote: true });
  await stack.work(ctx, handlers);
  return { catalogId: catalog.id, indexVersionId };
}

export const streamOf = (bytes: Buffer): Readable => Readable.from([bytes]);
