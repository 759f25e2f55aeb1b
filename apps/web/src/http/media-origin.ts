import { createServer, type RequestListener, type Server } from 'node:http';

const AGAIN_MS = 1000;

/** A signed token as `signMedia` writes it: two parts of base64url. */
const PICTURE = /^\/media\/[\w-]+\.[\w-]+(\?[^#\\]*)?$/;

/**
 * Whether an address is exactly a picture's. Compared as it was sent: an address that only becomes one, or ceases to
 * be one, when it is decoded or normalised (`..`, `%2e`, a backslash) is none, because Next would read it once more.
 */
export const isMedia = (url: string | undefined): boolean => PICTURE.test(url ?? '');

/** Where a picture's address of the console's own origin leads; null where pictures have no origin of their own. */
export function movedMedia(url: string | undefined): string | null {
  const origin = process.env.MEDIA_URL?.replace(/\/$/, '');
  return origin && isMedia(url) ? `${origin}${url}` : null;
}

/**
 * Pictures on an origin of their own, with nothing else there: what a picture might smuggle in runs in an origin that
 * has no page and no storage of the console's, and may read none of its answers. Cookies know no ports: on the same
 * host name the browser sends the console's here too (they are HttpOnly, and nothing here reads them); only a
 * MEDIA_URL on a host name of its own keeps them away. When another process of this machine holds the port, it serves
 * the pictures, and this one asks again.
 */
export function serveMedia(handle: RequestListener, at: { port: number; hostname: string }): Server {
  const server = createServer((request, response) => {
    if (isMedia(request.url)) return handle(request, response);
    response.writeHead(404, { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' });
    response.end('Not found.\n');
  });
  const listen = (): void => void server.listen(at.port, at.hostname);
  server.on('error', () => setTimeout(listen, AGAIN_MS).unref());
  listen();
  return server;
}
