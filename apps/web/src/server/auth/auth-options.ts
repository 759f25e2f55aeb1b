import { AppError } from '@likeness/contracts/errors';
import { revokeSession, SESSION_LIFE_MS } from '@likeness/core/session/session-store';
import { signIn } from '@likeness/core/session/sign-in';
import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { getDeps } from '../composition.ts';
import { authSecret, isSecure, sessionCookieName } from './session-cookie.ts';

type SignedIn = { id: string; sessionId: string };

/** E-mail and password. The cookie is an encrypted JWT that carries only the id of a row in `sessions`. */
export function authOptions(): NextAuthOptions {
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
        authorize: (given, request) => authorize(given, request.headers ?? {}),
      }),
    ],
    callbacks: {
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

async function authorize(
  given: Record<'email' | 'password', string> | undefined,
  headers: Record<string, string | undefined>,
): Promise<SignedIn | null> {
  if (!given?.email || !given.password) return null;
  const address = headers['x-forwarded-for']?.split(',').at(-1)?.trim() || 'unknown';
  const userAgent = headers['user-agent'];
  try {
    const known = await signIn(await getDeps(), {
      email: given.email,
      password: given.password,
      address,
      userAgent,
    });
    return { id: known.userId, sessionId: known.sessionId };
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_credentials') return null;
    // The code alone reaches the page, which has its words in both languages.
    throw new Error(error instanceof AppError ? error.code : 'internal');
  }
}
