import { AppError } from '@likeness/contracts/errors';
import type { Deps } from '../context.ts';
import { forgetSessions } from '../session/session-store.ts';
import { passwordSchema } from './create-user.ts';
import { hashPassword, verifyPassword } from './hash-password.ts';

/**
 * Sets a new password and ends every other session of the person. Errors: `invalid_credentials` when the current one
 * is wrong, `invalid_request` when the new one is shorter than 8 characters.
 */
export async function changePassword(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: { userId: string; sessionId: string; current: string; next: string },
): Promise<{ endedSessions: number }> {
  const next = passwordSchema.safeParse(input.next);
  if (!next.success)
    throw new AppError('invalid_request', { message: 'A password has 8 to 256 characters.' });
  const user = await deps.db.system((tx) => tx.user.findUnique({ where: { id: input.userId } }));
  if (!(await verifyPassword(input.current.slice(0, 256), user?.passwordHash ?? null)))
    throw new AppError('invalid_credentials', { message: 'The current password is wrong.' });
  const passwordHash = await hashPassword(next.data);
  const { count } = await deps.db.system(async (tx) => {
    await tx.user.update({ where: { id: input.userId }, data: { passwordHash } });
    return tx.session.updateMany({
      where: { userId: input.userId, id: { not: input.sessionId }, revokedAt: null },
      data: { revokedAt: new Date(deps.clock.now()) },
    });
  });
  forgetSessions();
  return { endedSessions: count };
}
