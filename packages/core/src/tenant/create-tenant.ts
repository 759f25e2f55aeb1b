import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { isUniqueViolation } from '@likeness/db/database-errors';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { SystemCtx } from '../context.ts';
import { requireOperator } from './require-operator.ts';
import { slugOf } from './slug-of.ts';

const inputSchema = z.object({ name: z.string().trim().min(1).max(100) });

/** Makes an empty tenant, as the operator. Errors: `forbidden`, `conflict` when the name is taken. */
export async function createTenant(
  ctx: SystemCtx,
  input: { name: string },
): Promise<{ tenantId: string; name: string; slug: string }> {
  requireOperator(ctx);
  const { name } = inputSchema.parse(input);
  const tenantId = newId('tenant', ctx.deps.clock.now());
  const slug = slugOf(name) || tenantId;
  try {
    await ctx.deps.db.tenant(tenantId, async (tx) => {
      await tx.tenant.create({ data: { id: tenantId, name, slug } });
      await recordAudit(
        tx,
        { ...ctx, tenantId },
        { action: 'tenant.create', subject: tenantId, after: { name, slug } },
      );
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError('conflict', {
      message: `A tenant named ${name} exists already.`,
      hint: 'Choose another name.',
      cause: error,
    });
  }
  return { tenantId, name, slug };
}
