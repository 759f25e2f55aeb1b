import { createServer, type RequestListener } from 'node:http';
import path from 'node:path';
import next from 'next';
import { movedMedia, serveMedia } from './http/media-origin.ts';
import { isPlainAddress, refuseBrokenAddress } from './http/refuse-broken-address.ts';
import { isPublicApi, servePublicApi } from './http/serve-public-api.ts';
import { getPublicApi } from './server/composition.ts';

// One server: /v1 is answered here (docs/decisions/rest-beside-next.md), everything else by Next.
const port = Number(process.env.PORT ?? 3000);
const hostname = process.env.HOST || '127.0.0.1';
const STOP_TIMEOUT_MS = 7000;
/** Longer than a balancer keeps its connections, so that it never sends into one that we are closing. */
const KEEP_ALIVE_MS = 75_000;

const app = next({ dev: false, dir: path.resolve(import.meta.dirname, '..'), hostname, port });
await app.prepare();
const handlePage = app.getRequestHandler();
const api = await getPublicApi();

let stopping = false;
const pages: RequestListener = (request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  if (!isPublicApi(request.url) && !isPlainAddress(request.url)) return refuseBrokenAddress(response);
  const work = isPublicApi(request.url)
    ? servePublicApi(api, { request, response })
    : handlePage(request, response);
  work.catch((error: unknown) => {
    api.deps.log.error({ err: error }, 'a request could not be answered');
    response.destroy();
  });
};
const server = createServer((request, response) => {
  const moved = movedMedia(request.url);
  if (!moved) return pages(request, response);
  response.writeHead(302, { location: moved, 'access-control-allow-origin': '*' }).end();
});
const mediaPort = Number(process.env.MEDIA_PORT ?? 0);
const media = mediaPort ? serveMedia(pages, { port: mediaPort, hostname }) : null;
server.keepAliveTimeout = KEEP_ALIVE_MS;
server.listen(port, hostname);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);

/** No new connection; what is being answered is answered; then 0. */
function stop(): void {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(0), STOP_TIMEOUT_MS).unref();
  media?.close();
  server.close(() => process.exit(0));
  // A connection that was busy a moment ago is kept alive by its caller: it is closed as soon as it is idle.
  server.closeIdleConnections();
  setInterval(() => {
    server.closeIdleConnections();
    media?.closeIdleConnections();
  }, 50).unref();
}
