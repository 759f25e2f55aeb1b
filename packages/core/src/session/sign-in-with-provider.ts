import { AppError } from '@likeness/contracts/errors';
import type { Deps } from '../context.ts';
import { createSession, type KnownSession } from './session-store.ts';

export type ProviderSignIn = {
  provider: string;
  /** The person's id at the provider (`sub`); the link is by this id, never by e-mail, once it is made. */
  accountId: string;
  email: string;
  emailVerified: boolean;
  address: string;
  userAgent?: string | undefined;
};

/**
 * Opens a session for somebody whom an OAuth/OIDC provider vouches for. The first time, the account is linked to the
 * user with that e-mail, and only when the provider has verified it: otherwise anybody could claim anybody's address.
 * Errors: `forbidden` for an unverified e-mail and for a person whom no workspace knows.
 */
export async function signInWithProvider(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: ProviderSignIn,
): Promise<KnownSession> {
  const { provider, accountId: providerAccountId } = input;
  const email = input.email.trim().toLowerCase().slice(0, 254);
  const user = await deps.db.system(async (tx) => {
    const link = await tx.userAccount.findUnique({
      where: { provider_providerAccountId: { provider, providerAccountId } },
    });
    if (link) return tx.user.findUnique({ where: { id: link.userId } });
    const found = input.emailVerified && email ? await tx.user.findUnique({ where: { email } }) : null;
    if (found) await tx.userAccount.create({ data: { provider, providerAccountId, userId: found.id } });
    return found;
  });
  if (!user) throw new AppError('forbidden', { message: 'No workspace knows this account.' });
  const { address, userAgent } = input;
  const { sessionId } = await createSession(deps, { userId: user.id, address, userAgent });
  return { sessionId, userId: user.id, email: user.email, name: user.name, locale: user.locale };
}
