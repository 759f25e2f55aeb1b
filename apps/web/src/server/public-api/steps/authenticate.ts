import { timingSafeEqual } from 'node:crypto';
import { AppError } from '@likeness/contracts/errors';
import { PERMISSIONS } from '@likeness/contracts/permissions';
import type { Actor } from '@likeness/core/context';
import { findDefaultTenant, findTenant } from '@likeness/core/tenant/find-tenant';
import type { PublicApi } from '../public-api.ts';
import type { PublicRequest } from '../public-request.ts';

export type Caller = {
  tenantId: string;
  actor: Actor;
  keyId: string | null;
  /** Null for the operator, who is not limited. */
  rate: { key: string; perSecond: number; burst: number } | null;
};

const OPERATOR: Actor = { type: 'operator', id: 'operator', permissions: new Set(PERMISSIONS) };

/** The tenant comes from the key, or for the operator from the header `Likeness-Tenant`; never from the body. */
export async function authenticate(
  api: PublicApi,
  request: PublicRequest,
  requestId: string,
): Promise<Caller> {
  const token = bearerOf(request);
  if (isOperator(api, token)) return operator(api, request, requestId);
  const verified = await api.keys.verify(token);
  const rate = { key: verified.keyId, perSecond: verified.ratePerSecond, burst: verified.burst };
  return { tenantId: verified.tenantId, actor: verified.actor, keyId: verified.keyId, rate };
}

export function requireOperatorToken(api: PublicApi, request: PublicRequest): Actor {
  const token = bearerOf(request);
  if (!isOperator(api, token)) throw new AppError('forbidden', { message: 'Only the operator may do this.' });
  return OPERATOR;
}

/** The scheme's name is written in any case (RFC 9110, §11.1). Errors: `unauthenticated`. */
function bearerOf(request: PublicRequest): string {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (!token) throw new AppError('unauthenticated');
  return token;
}

function isOperator(api: PublicApi, token: string): boolean {
  const [given, wanted] = [Buffer.from(token), Buffer.from(api.operatorToken)];
  return wanted.length > 0 && given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function operator(api: PublicApi, request: PublicRequest, requestId: string): Promise<Caller> {
  const ctx = { actor: OPERATOR, requestId, deps: api.deps };
  const wanted = decodeHeader(request.headers.get('likeness-tenant'));
  const tenant = wanted ? await findTenant(ctx, { nameOrId: wanted }) : await findDefaultTenant(ctx);
  if (!tenant) throw new AppError('not_found', { message: 'There is no such tenant.' });
  return { tenantId: tenant.tenantId, actor: OPERATOR, keyId: null, rate: null };
}

/** Header values are Latin-1; names in other scripts come percent-encoded. */
function decodeHeader(value: string | null): string | null {
  if (!value) return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
