/** `__Host-` binds the cookie to this very host, but browsers take it over TLS alone. */
export const isSecure = (): boolean => (process.env.PUBLIC_URL ?? '').startsWith('https://');
export const sessionCookieName = (): string => (isSecure() ? '__Host-likeness-session' : 'likeness-session');
export const authSecret = (): string => process.env.AUTH_SECRET ?? process.env.NEXTAUTH_SECRET ?? '';
