import { AppError } from '@likeness/contracts/errors';
import { revokeSession, SESSION_LIFE_MS } from '@likeness/core/session/session-store';
import { signIn } from '@likeness/core/session/sign-in';
import { signInWithProvider } from '@likeness/core/session/sign-in-with-provider';
import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { getDeps } from '../composition.ts';
import { addressIn } from './caller-address.ts';
import { oauthProviders, type ProviderProfile } from './providers.ts';
import { authSecret, isSecure, sessionCookieName } from './session-cookie.ts';

type SignedIn = { id: string; sessionId: string };

/**
 * E-mail and password, and the providers of `AUTH_PROVIDERS`. The cookie is an encrypted JWT that carries only the id
 * of a row in `sessions`.
 */
export function authOptions(headers: Headers): NextAuthOptions {
  const attributes = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } as const;
  return {
    secret: authSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_LIFE_MS / 1000 },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    cookies: { sessionToken: { name: sessionCookieName(), options: attributes } },
    logger: { error: () => {}, warn: () => {} },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: (given) => authorize(given, browserOf(headers)),
      }),
      ...oauthProviders(),
    ],
    callbacks: {
      signIn: async ({ user, account }) => {
        if (account?.type !== 'oauth') return true;
        const { provider, providerAccountId } = account;
        const profile = user as unknown as ProviderProfile & Partial<SignedIn>;
        return vouchedFor(profile, { provider, accountId: providerAccountId, ...browserOf(headers) });
      },
      jwt: ({ token, user }) => (user ? { sid: (user as unknown as SignedIn).sessionId } : token),
      session: ({ session }) => session,
      redirect: ({ url, baseUrl }) => (url.startsWith('/') && !url.startsWith('//') ? url : baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await revokeSession(await getDeps(), token.sid);
      },
    },
  };
}

type Browser = { address: string; userAgent: string | undefined };

function browserOf(headers: Headers): Browser {
  return {
    address: addressIn(headers) ?? 'unknown',
    userAgent: headers.get('user-agent') ?? undefined,
  };
}

/** Opens the session and leaves its id on the user that next-auth hands to the `jwt` callback. */
async function vouchedFor(
  profile: ProviderProfile & Partial<SignedIn>,
  how: Browser & { provider: string; accountId: string },
): Promise<true | string> {
  const { email, emailVerified } = profile;
  try {
    const known = await signInWithProvider(await getDeps(), { ...how, email, emailVerified });
    profile.sessionId = known.sessionId;
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') return '/sign-in?error=AccessDenied';
    throw error;
  }
}

async function authorize(
  given: Record<'email' | 'password', string> | undefined,
  browser: Browser,
): Promise<SignedIn | null> {
  if (!given?.email || !given.password) return null;
  try {
    const known = await signIn(await getDeps(), { ...browser, email: given.email, password: given.password });
    return { id: known.userId, sessionId: known.sessionId };
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_credentials') return null;
    // The code alone reaches the page, which has its words in both languages.
    throw new Error(error instanceof AppError ? error.code : 'internal');
  }
}
