import { deleteCatalog } from '@likeness/core/catalog/delete-catalog';
import { z } from 'zod';
import { router, tenantProcedure } from '../procedures.ts';

export const catalogRouter = router({
  delete: tenantProcedure('catalogs:write')
    .input(z.object({ catalog: z.string().min(1).max(100) }))
    .mutation(({ ctx, input }) => deleteCatalog(ctx.tenant, input)),
});
