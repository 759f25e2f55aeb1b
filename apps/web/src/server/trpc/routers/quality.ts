import { boxSchema } from '@likeness/contracts/box';
import { startEvaluation } from '@likeness/core/evaluation/start-evaluation';
import { promoteIndex, rollbackIndex } from '@likeness/core/index-version/promote-index';
import { startBuild } from '@likeness/core/index-version/start-build';
import { createFromHeldOut } from '@likeness/core/test-set/create-from-held-out';
import { saveQuery } from '@likeness/core/test-set/save-query';
import { setRightProducts } from '@likeness/core/test-set/set-right-products';
import { z } from 'zod';
import { router, tenantProcedure } from '../procedures.ts';

const id = z.string().min(1).max(100);

export const qualityRouter = router({
  build: tenantProcedure('catalogs:write')
    .input(
      z.object({
        catalog: id,
        embed: id.optional(),
        detect: id.optional(),
        promote: z.boolean().optional(),
      }),
    )
    .mutation(({ ctx, input }) => startBuild(ctx.tenant, input)),
  promote: tenantProcedure('catalogs:write')
    .input(
      z.object({
        catalog: id,
        indexVersionId: id,
        from: id.optional(),
        undoes: z.literal('index.rollback').optional(),
      }),
    )
    .mutation(({ ctx, input }) => promoteIndex(ctx.tenant, input)),
  rollback: tenantProcedure('catalogs:write')
    .input(
      z.object({ catalog: id, reason: z.string().trim().min(1).max(200).optional(), from: id.optional() }),
    )
    .mutation(({ ctx, input }) => rollbackIndex(ctx.tenant, input)),
  holdOut: tenantProcedure('testsets:write')
    .input(
      z.object({
        catalog: id,
        name: z.string().trim().min(1).max(100),
        limit: z.number().int().min(1).max(5000),
      }),
    )
    .mutation(({ ctx, input }) => createFromHeldOut(ctx.tenant, { ...input, mayNumber: true })),
  saveQuery: tenantProcedure('testsets:write')
    .input(
      z.object({
        catalog: id,
        testSet: id,
        imageId: id,
        box: boxSchema.nullable(),
        productIds: z.array(id).max(20),
      }),
    )
    .mutation(({ ctx, input }) => saveQuery(ctx.tenant, { ...input, groups: [] })),
  setRight: tenantProcedure('testsets:write')
    .input(z.object({ queryId: id, productIds: z.array(id).max(20) }))
    .mutation(({ ctx, input }) => setRightProducts(ctx.tenant, input)),
  evaluate: tenantProcedure('catalogs:write')
    .input(
      z.object({
        catalog: id,
        testSetId: id,
        indexVersion: id.optional(),
        crop: z.enum(['auto', 'given', 'none']).default('auto'),
      }),
    )
    .mutation(({ ctx, input }) => startEvaluation(ctx.tenant, input)),
});
