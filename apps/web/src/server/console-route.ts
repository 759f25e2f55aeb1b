import { toErrorBody } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import type { Ctx } from '@likeness/core/context';
import { seatOf } from './auth/require-tenant.ts';
import { requireSameOrigin } from './auth/same-origin.ts';
import { getDeps } from './composition.ts';

export type ConsoleContext = { params: Promise<{ tenant: string }> };

/** A route of the console that carries files: same-origin check, session, membership, one error shape. */
export function consoleRoute(handle: (ctx: Ctx, request: Request) => Promise<unknown>) {
  return async (request: Request, { params }: ConsoleContext): Promise<Response> => {
    const requestId = newId('request');
    const headers = { 'cache-control': 'no-store', 'x-request-id': requestId };
    try {
      requireSameOrigin(request);
      const seat = await seatOf(decodeURIComponent((await params).tenant));
      const answer = await handle({ ...seat.ctx, requestId, signal: request.signal }, request);
      return Response.json(answer, { headers });
    } catch (error) {
      const { status, body } = toErrorBody(error, requestId);
      if (status >= 500) (await getDeps()).log.error({ err: error, requestId }, 'console request failed');
      return Response.json(body, { status, headers });
    }
  };
}
