/** Any base will do: what stays on it is an address of ours. */
const BASE = 'http://here.invalid';

/**
 * Where somebody goes after the sign-in: a path of ours, else the start. Browsers read `\\` as `/` and skip tabs, so that
 * text alone cannot tell a path from another site: it is resolved as a browser would.
 */
export function safeTarget(wanted: string | undefined): string {
  if (!wanted?.startsWith('/')) return '/';
  const url = URL.parse(wanted, BASE);
  return url?.origin === BASE ? `${url.pathname}${url.search}${url.hash}` : '/';
}
