import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import type { Role } from '@likeness/contracts/permissions';
import { isUniqueViolation } from '@likeness/db/database-errors';
import { z } from 'zod';
import type { SystemCtx } from '../context.ts';
import { requireOperator } from '../tenant/require-operator.ts';
import { hashPassword } from './hash-password.ts';

export const emailSchema = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());
export const passwordSchema = z.string().min(8).max(256);

export type CreateUserInput = { email: string; name: string; password: string; tenantId: string; role: Role };

/** Makes a person and their membership of a tenant, as the operator. Errors: `conflict` when the e-mail is known. */
export async function createUser(ctx: SystemCtx, input: CreateUserInput): Promise<{ userId: string }> {
  requireOperator(ctx);
  const email = emailSchema.parse(input.email);
  const passwordHash = await hashPassword(passwordSchema.parse(input.password));
  const userId = newId('user', ctx.deps.clock.now());
  try {
    await ctx.deps.db.system(async (tx) => {
      await tx.user.create({ data: { id: userId, email, name: input.name, passwordHash } });
      await tx.membership.create({ data: { tenantId: input.tenantId, userId, role: input.role } });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError('conflict', { message: `${email} has an account already.`, cause: error });
  }
  return { userId };
}
