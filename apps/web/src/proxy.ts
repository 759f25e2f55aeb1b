import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';

/** Pages only: REST, pictures, health and built files set their own headers and must not wait for this. */
export const config = {
  matcher: ['/((?!v1/|media/|api/|readyz|livez|_next/static|_next/image|icon.svg).*)'],
};

/**
 * A policy with a nonce of this very answer: Next puts it on its own scripts, an injected one has none and does not
 * run. Styles stay inline because menus and dialogs write them.
 */
export function proxy(request: NextRequest): NextResponse {
  const pictures = process.env.MEDIA_URL ? ` ${new URL(process.env.MEDIA_URL).origin}` : '';
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' blob: data:${pictures}`,
    "font-src 'self' data:",
    `connect-src 'self'${pictures}`,
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // A page does not know its own address; who must sign in first comes back to it.
  headers.set('x-address', addressOf(request));
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** Path and query, without what Next adds to fetch a page's data alone. */
function addressOf(request: NextRequest): string {
  const query = new URLSearchParams(request.nextUrl.search);
  query.delete('_rsc');
  return `${request.nextUrl.pathname}${query.size > 0 ? `?${query}` : ''}`;
}
