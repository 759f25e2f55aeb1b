import type { JobHandler } from '@likeness/core/job/job-run';
import { syncProducts as sync } from '@likeness/core/product/sync-products';

export const syncProducts: JobHandler<'sync-products'> = async (run) => {
  await sync(run.ctx, { ...run.payload, lane: 'bulk' });
  return { products: run.payload.productIds.length };
};
