import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { type Permission, ROLE_PERMISSIONS, type Role } from '@likeness/contracts/permissions';
import type { Ctx } from '@likeness/core/context';
import { listWorkspaces, type Workspace } from '@likeness/core/member/memberships';
import type { KnownSession } from '@likeness/core/session/session-store';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { getDeps } from '../composition.ts';
import { addressIn } from './caller-address.ts';
import { currentSession } from './current-session.ts';

export type TenantSeat = {
  ctx: Ctx;
  tenant: Workspace;
  role: Role;
  user: KnownSession;
  workspaces: Workspace[];
  may(permission: Permission): boolean;
};

/**
 * The caller's seat in the tenant of this slug, from session and membership alone.
 * Errors: `unauthenticated`; `not_found` also where the tenant exists but the caller is no member.
 */
export const seatOf = cache(async (slug: string): Promise<TenantSeat> => {
  const user = await currentSession();
  if (!user) throw new AppError('unauthenticated', { message: 'Your session ended.', hint: 'Sign in.' });
  const deps = await getDeps();
  const workspaces = await listWorkspaces(deps, { userId: user.userId });
  const tenant = workspaces.find((each) => each.slug === slug);
  if (!tenant) throw new AppError('not_found');
  const address = await callerAddress();
  const permissions = new Set<Permission>(ROLE_PERMISSIONS[tenant.role] ?? []);
  const ctx: Ctx = {
    tenantId: tenant.tenantId,
    actor: { type: 'user', id: user.userId, permissions },
    requestId: newId('request'),
    ...(address ? { address } : {}),
    deps,
  };
  const may = (permission: Permission): boolean => permissions.has(permission);
  return { ctx, tenant, role: tenant.role, user, workspaces, may };
});

/** For the audit; null outside of a request (tests of procedures). */
async function callerAddress(): Promise<string | null> {
  try {
    return addressIn(await headers());
  } catch {
    return null;
  }
}

/** For pages: as `seatOf`, but nobody is led to the sign-in and a stranger sees a 404. */
export async function requireTenant(slug: string): Promise<TenantSeat> {
  const plain = decodeURIComponent(slug);
  try {
    return await seatOf(plain);
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated')
      redirect(`/sign-in?next=${encodeURIComponent((await headers()).get('x-address') ?? `/${plain}`)}`);
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
