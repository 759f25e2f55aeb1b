import { createCatalog } from '@likeness/core/catalog/create-catalog';
import { listRejects } from '@likeness/core/import/list-rejects';
import { resumeImport } from '@likeness/core/import/resume-import';
import { cancelJob } from '@likeness/core/job/cancel-job';
import { getJob } from '@likeness/core/job/get-job';
import { listProducts } from '@likeness/core/product/list-products';
import { z } from 'zod';
import { toTile } from '../../view/product-tile.ts';
import { router, tenantProcedure } from '../procedures.ts';

const jobId = z.object({ jobId: z.string().max(64) });

export const goodsRouter = router({
  createCatalog: tenantProcedure('catalogs:write')
    .input(z.object({ name: z.string().max(100) }))
    .mutation(({ ctx, input }) => createCatalog(ctx.tenant, input)),
  job: tenantProcedure('jobs:read')
    .input(jobId)
    .query(({ ctx, input }) => getJob(ctx.tenant, input)),
  cancelJob: tenantProcedure('catalogs:write')
    .input(jobId)
    .mutation(({ ctx, input }) => cancelJob(ctx.tenant, input)),
  resumeImport: tenantProcedure('catalogs:write')
    .input(jobId)
    .mutation(({ ctx, input }) => resumeImport(ctx.tenant, input)),
  rejects: tenantProcedure('catalogs:read')
    .input(jobId)
    .query(({ ctx, input }) => listRejects(ctx.tenant, { ...input, limit: 200 })),
  products: tenantProcedure('products:read')
    .input(
      z.object({
        catalog: z.string().max(100),
        query: z.string().max(200).optional(),
        after: z.string().max(64).optional(),
        take: z.number().int().min(1).max(100).default(60),
      }),
    )
    .query(async ({ ctx, input }) => {
      const page = await listProducts(ctx.tenant, input);
      return {
        total: page.total,
        next: page.next,
        tiles: page.products.map((each) => toTile(ctx.tenant, each)),
      };
    }),
});
