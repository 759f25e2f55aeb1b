import { AppError, toErrorBody } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import type { Permission } from '@likeness/contracts/permissions';
import type { Ctx } from '@likeness/core/context';
import { seatOf } from '../auth/require-tenant.ts';
import { requireSameOrigin } from '../auth/same-origin.ts';
import { getDeps } from '../composition.ts';

type Door = { slug: string; permission: Permission };

/**
 * A console route that carries bytes or a stream, which tRPC does not: same origin, session, membership and
 * permission are checked before the body is read; errors answer as in REST v1.
 */
export async function openDoor(
  request: Request,
  door: Door & { handle(ctx: Ctx): Promise<Response> },
): Promise<Response> {
  const requestId = newId('request');
  try {
    requireSameOrigin(request);
    const seat = await seatOf(decodeURIComponent(door.slug));
    if (!seat.may(door.permission))
      throw new AppError('forbidden', { message: `This needs the permission ${door.permission}.` });
    const response = await door.handle({ ...seat.ctx, requestId, signal: request.signal });
    response.headers.set('x-request-id', requestId);
    response.headers.set('cache-control', 'no-store');
    return response;
  } catch (error) {
    const { status, body } = toErrorBody(error, requestId);
    if (status >= 500) (await getDeps()).log.error({ err: error, requestId }, 'console request failed');
    return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
  }
}
