import { AppError } from '@likeness/contracts/errors';

/**
 * Refuses what another site's page sends with our cookie: browsers say where a request comes from in
 * Sec-Fetch-Site, older ones in Origin. A caller that says neither is no browser page and is refused too.
 */
export function requireSameOrigin(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers.get('sec-fetch-site');
  if (site === 'same-origin') return;
  const origin = request.headers.get('origin');
  const caller = origin === null ? null : hostOf(origin);
  const own = [request.headers.get('host'), hostOf(process.env.PUBLIC_URL)];
  if (site === null && caller !== null && own.includes(caller)) return;
  throw new AppError('cross_site', { message: 'This request did not come from the console itself.' });
}

function hostOf(url: string | undefined): string | null {
  return url && URL.canParse(url) ? new URL(url).host : null;
}
