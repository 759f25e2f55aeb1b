import { boxSchema } from '@likeness/contracts/box';
import { removeEvaluation } from '@likeness/core/evaluation/remove-evaluation';
import { startEvaluation } from '@likeness/core/evaluation/start-evaluation';
import { promoteIndex, rollbackIndex } from '@likeness/core/index-version/promote-index';
import { startBuild } from '@likeness/core/index-version/start-build';
import { createFromHeldOut } from '@likeness/core/test-set/create-from-held-out';
import { removeTestSet } from '@likeness/core/test-set/remove-test-set';
import { saveQuery } from '@likeness/core/test-set/save-query';
import { setRightProducts } from '@likeness/core/test-set/set-right-products';
import { z } from 'zod';
import { turnGallery } from '../../view/evaluation-gallery.ts';
import { router, tenantProcedure } from '../procedures.ts';

const id = z.string().min(1).max(100);
const place = z.enum(['first', 'ten', 'later', 'missed', 'both', 'won', 'lost', 'neither', 'nothing']);

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
        from: id.nullish(),
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
    .input(z.object({ queryId: id, productIds: z.array(id).max(100) }))
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
  gallery: tenantProcedure('catalogs:read')
    .input(
      z.object({
        evaluationId: id,
        beforeId: id.optional(),
        place,
        shown: z.number().int().min(0),
      }),
    )
    .query(({ ctx, input }) => turnGallery(ctx.tenant, input)),
  removeTestSet: tenantProcedure('testsets:write')
    .input(z.object({ testSetId: id }))
    .mutation(({ ctx, input }) => removeTestSet(ctx.tenant, input)),
  removeEvaluation: tenantProcedure('catalogs:write')
    .input(z.object({ evaluationId: id }))
    .mutation(({ ctx, input }) => removeEvaluation(ctx.tenant, input)),
});
