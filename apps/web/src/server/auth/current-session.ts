import { type KnownSession, verifySession } from '@likeness/core/session/session-store';
import { cookies } from 'next/headers';
import { decode } from 'next-auth/jwt';
import { cache } from 'react';
import { getDeps } from '../composition.ts';
import { authSecret, sessionCookieName } from './session-cookie.ts';

/** Who calls, by cookie and by the row on the server; null for nobody. Asked once a request. */
export const currentSession = cache(async (): Promise<KnownSession | null> => {
  const token = (await cookies()).get(sessionCookieName())?.value;
  if (!token) return null;
  const claims = await decode({ token, secret: authSecret() }).catch(() => null);
  if (typeof claims?.sid !== 'string') return null;
  return verifySession(await getDeps(), claims.sid);
});
