import { toErrorBody } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { LIMITS } from '@likeness/contracts/limits';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { requireSameOrigin } from '../../../../server/auth/same-origin.ts';
import { getDeps } from '../../../../server/composition.ts';
import { appRouter } from '../../../../server/trpc/app-router.ts';
import { boundedRequest } from '../../../../server/trpc/bounded-request.ts';

export const dynamic = 'force-dynamic';

async function handle(request: Request): Promise<Response> {
  const requestId = newId('request');
  let bounded: Request;
  try {
    requireSameOrigin(request);
    bounded = await boundedRequest(request);
  } catch (error) {
    const { status, body } = toErrorBody(error, requestId);
    return Response.json(body, { status });
  }
  const header = request.headers.get('x-likeness-tenant');
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: bounded,
    router: appRouter,
    maxBatchSize: LIMITS.trpcBatchMax,
    createContext: () => ({
      slug: header === null ? null : decoded(header),
      requestId,
      signal: request.signal,
    }),
    onError: async ({ error }) => {
      if (error.code !== 'INTERNAL_SERVER_ERROR') return;
      (await getDeps()).log.error({ err: error, requestId }, 'console request failed');
    },
  });
  response.headers.set('cache-control', 'no-store');
  response.headers.set('x-request-id', requestId);
  return response;
}

/** A slug that is no encoded text belongs to no workspace. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

export { handle as GET, handle as POST };
