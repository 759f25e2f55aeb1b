import { AppError } from '@likeness/contracts/errors';
import type { Deps } from '../context.ts';
import { verifyPassword } from '../user/hash-password.ts';
import { createSession, type KnownSession } from './session-store.ts';

const HOUR_MS = 3600 * 1000;
export const FAILURES_PER_ACCOUNT = 20;
const FAILURES_PER_ADDRESS = 100;

export type SignInInput = {
  email: string;
  password: string;
  address: string;
  userAgent?: string | undefined;
};

/**
 * Checks e-mail and password and opens a session. Unknown e-mails cost as much time as wrong passwords. An address
 * that the person signed in from before has a count of its own, so that strangers' guesses do not lock the owner out.
 * Errors: `invalid_credentials`; `rate_limited` after 20 failures of one account or 100 of one address in an hour.
 */
export async function signIn(deps: Pick<Deps, 'db' | 'clock'>, input: SignInInput): Promise<KnownSession> {
  const email = input.email.trim().toLowerCase().slice(0, 254);
  const { address } = input;
  const at = { gt: new Date(deps.clock.now() - HOUR_MS) };
  const { failures, byAddress, user } = await deps.db.system(async (tx) => {
    const found = await tx.user.findUnique({ where: { email } });
    const known = await tx.session.count({ where: { userId: found?.id ?? '', address } });
    return {
      user: found,
      failures: await tx.signInAttempt.count({ where: { email, at, ...(known > 0 ? { address } : {}) } }),
      byAddress: await tx.signInAttempt.count({ where: { address, at } }),
    };
  });
  if (failures >= FAILURES_PER_ACCOUNT || byAddress >= FAILURES_PER_ADDRESS)
    throw new AppError('rate_limited', { message: 'Too many failed sign-ins. Try again in an hour.' });
  const right = await verifyPassword(input.password.slice(0, 256), user?.passwordHash ?? null);
  if (!right || !user) {
    await deps.db.system((tx) =>
      tx.signInAttempt.create({
        data: { email, address, at: new Date(deps.clock.now()) },
      }),
    );
    throw new AppError('invalid_credentials');
  }
  const { userAgent } = input;
  const { sessionId } = await createSession(deps, { userId: user.id, address, userAgent });
  return { sessionId, userId: user.id, email: user.email, name: user.name, locale: user.locale };
}
