import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError, toErrorBody } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { type Context, route } from './routes.ts';

const BODY_BYTES_MAX = 512 * 1024 * 1024;

/** The plain HTTP server: a framework would cost more than a search does. */
export function createEngineServer(context: Context, report: (error: unknown) => void): Server {
  const server = createServer((request, response) => {
    answer(context, request, response).catch((error) => {
      if (!(error instanceof AppError)) report(error);
      const { status, body } = toErrorBody(error, newId('request'));
      send(response, status, body);
    });
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

async function answer(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path === '/livez' || path === '/readyz') return send(response, 200, { ok: true });
  const body = await readBody(request);
  send(response, 200, await route(context, { method: request.method ?? 'GET', path, body }));
}

function send(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent) return;
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_BYTES_MAX) {
        reject(new AppError('payload_too_large'));
        request.destroy();
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
