import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { addressIn } from '../server/auth/caller-address.ts';
import { handlePublicRequest } from '../server/public-api/handle-request.ts';
import type { PublicApi } from '../server/public-api/public-api.ts';

export const isPublicApi = (url: string | undefined): boolean =>
  url === '/v1' || (url ?? '').startsWith('/v1/');

/** One REST request on the bare server: its body is read as it arrives, and a caller who hangs up ends the work. */
export async function servePublicApi(
  api: PublicApi,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => response.writableFinished || gone.abort());
  const headers = { get: (name: string) => headerOf(request, name) };
  const answer = await handlePublicRequest(api, {
    method: request.method ?? 'GET',
    url: addressOf(request),
    headers,
    body: request,
    address: addressIn(headers) ?? request.socket.remoteAddress ?? null,
    signal: gone.signal,
  });
  if (gone.signal.aborted) return;
  response.writeHead(answer.status, answer.headers);
  if (typeof answer.body === 'string') response.end(answer.body);
  // The caller may hang up in the middle of a stream.
  else await pipeline(answer.body, response).catch(() => {});
}

/** A host that no URL can hold (a broken header) must not end in an exception. */
function addressOf(request: IncomingMessage): string {
  const address = `http://${request.headers.host ?? 'localhost'}${request.url}`;
  return URL.canParse(address) ? address : `http://localhost${request.url}`;
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : (value ?? null);
}
