import { randomBytes } from 'node:crypto';
import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { ROLES } from '@likeness/contracts/permissions';
import { isUniqueViolation } from '@likeness/db/database-errors';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { emailSchema } from '../user/create-user.ts';
import { hashPassword } from '../user/hash-password.ts';

export const addMemberSchema = z.object({
  email: emailSchema,
  name: z.string().trim().min(1).max(100),
  role: z.enum(ROLES),
});
export type AddMemberInput = z.input<typeof addMemberSchema>;

/**
 * Gives a person a seat in the caller's tenant. Somebody new gets a first password, shown to the caller once; somebody
 * with an account keeps theirs (`password` null), and the name that they have. Errors: `forbidden`, `conflict` when they are a member already.
 */
export async function addMember(
  ctx: Ctx,
  input: AddMemberInput,
): Promise<{ userId: string; name: string; password: string | null }> {
  requirePermission(ctx, 'members:write');
  const { email, role, ...given } = addMemberSchema.parse(input);
  const password = randomBytes(12).toString('base64url');
  const passwordHash = await hashPassword(password);
  const { userId, name, isNew } = await ctx.deps.db.system(async (tx) => {
    const known = await tx.user.findUnique({ where: { email }, select: { id: true, name: true } });
    if (known) return { userId: known.id, name: known.name, isNew: false };
    const id = newId('user', ctx.deps.clock.now());
    await tx.user.create({ data: { id, email, name: given.name, passwordHash } });
    return { userId: id, name: given.name, isNew: true };
  });
  try {
    await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
      await tx.membership.create({ data: { tenantId: ctx.tenantId, userId, role } });
      await recordAudit(tx, ctx, { action: 'member.add', subject: userId, after: { email, role } });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError('conflict', { message: `${email} is a member already.`, cause: error });
  }
  return { userId, name, password: isNew ? password : null };
}
