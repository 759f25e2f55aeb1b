import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import type { Permission } from '@likeness/contracts/permissions';
import { findUnstorable } from '@likeness/contracts/storable-text';
import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { z } from 'zod';
import { currentSession } from '../auth/current-session.ts';
import { seatOf, type TenantSeat } from '../auth/require-tenant.ts';

export type TrpcContext = { slug: string | null; requestId: string; signal: AbortSignal };
/** Whose rows a procedure touches, and what its caller must be allowed; the tenancy test is made from this. */
export type ProcedureMeta = { tenancy: 'tenant' | 'user' | 'public'; permission: Permission | null };

const t = initTRPC
  .context<TrpcContext>()
  .meta<ProcedureMeta>()
  .create({
    transformer: superjson,
    defaultMeta: { tenancy: 'public', permission: null },
    errorFormatter: ({ shape, error, ctx }) => {
      const known = error.cause instanceof AppError ? error.cause : null;
      const hidden = !known && error.code === 'INTERNAL_SERVER_ERROR';
      return {
        code: shape.code,
        message: hidden ? 'Something failed on our side.' : (wrongFields(error.cause) ?? shape.message),
        data: {
          code: shape.data.code,
          httpStatus: known?.status ?? shape.data.httpStatus,
          app: known?.code ?? (hidden ? 'internal' : 'invalid_request'),
          hint: known?.hint ?? '',
          requestId: ctx?.requestId ?? newId('request'),
        },
      };
    },
  });

/** Which fields of an input are wrong, in words; null where that is not what failed. */
function wrongFields(cause: unknown): string | null {
  if (!(cause instanceof z.ZodError)) return null;
  return cause.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`)
    .join('; ');
}

export const router = t.router;

const TRPC_CODES: Record<number, TRPCError['code']> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  402: 'PAYMENT_REQUIRED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  499: 'CLIENT_CLOSED_REQUEST',
  503: 'SERVICE_UNAVAILABLE',
};

function toTrpcError(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  throw new TRPCError({
    code: TRPC_CODES[error.status] ?? 'INTERNAL_SERVER_ERROR',
    message: error.message,
    cause: error,
  });
}

const translated = t.middleware(async ({ next, getRawInput }) => {
  const unstorable = findUnstorable(await getRawInput());
  if (unstorable)
    toTrpcError(
      new AppError('invalid_request', { message: `${unstorable} holds a NUL or half a character.` }),
    );
  const result = await next();
  if (!result.ok && result.error.cause instanceof AppError) toTrpcError(result.error.cause);
  return result;
});

/** A procedure of one tenant: the slug is what the caller asks for, the membership is what the session has. */
export function tenantProcedure(permission: Permission) {
  return t.procedure
    .meta({ tenancy: 'tenant', permission })
    .use(translated)
    .use(async ({ ctx, next }) => {
      const seat: TenantSeat = await seatOf(ctx.slug ?? '').catch(toTrpcError);
      if (!seat.may(permission))
        toTrpcError(new AppError('forbidden', { message: `This needs the permission ${permission}.` }));
      const tenant = { ...seat.ctx, requestId: ctx.requestId, signal: ctx.signal };
      return next({ ctx: { ...ctx, tenant, seat } });
    });
}

/** A procedure of the signed-in person alone: it names no tenant and reaches only rows of theirs. */
export const userProcedure = t.procedure
  .meta({ tenancy: 'user', permission: null })
  .use(translated)
  .use(async ({ ctx, next }) => {
    const user = await currentSession();
    if (!user) return toTrpcError(new AppError('unauthenticated', { message: 'Your session ended.' }));
    return next({ ctx: { ...ctx, user } });
  });
