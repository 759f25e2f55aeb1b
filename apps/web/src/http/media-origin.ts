import { createServer, type RequestListener, type Server } from 'node:http';

const AGAIN_MS = 1000;

/** Whether an address is a picture's. */
export const isMedia = (url: string | undefined): boolean => url?.startsWith('/media/') ?? false;

/** Where a picture's address of the console's own origin leads; null where pictures have no origin of their own. */
export function movedMedia(url: string | undefined): string | null {
  const origin = process.env.MEDIA_URL?.replace(/\/$/, '');
  return origin && isMedia(url) ? `${origin}${url}` : null;
}

/**
 * Pictures on an origin of their own, with nothing else there: what a picture might smuggle in cannot reach the
 * console's cookies. When another process of this machine holds the port, it serves them, and this one asks again.
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
