import { AppError } from '@likeness/contracts/errors';
import type { Permission } from '@likeness/contracts/permissions';
import type { Ctx } from '../context.ts';

/** Throws unless the actor has the permission: `insufficient_scope` for keys, `forbidden` for people. */
export function requirePermission(ctx: Pick<Ctx, 'actor'>, permission: Permission): void {
  if (ctx.actor.permissions.has(permission)) return;
  if (ctx.actor.type === 'key') {
    throw new AppError('insufficient_scope', { message: `The API key lacks the scope ${permission}.` });
  }
  throw new AppError('forbidden', { message: `This needs the permission ${permission}.` });
}
