import { AppError } from '@likeness/contracts/errors';
import type { SystemCtx } from '../context.ts';

/** Throws `forbidden` unless whoever runs the installation calls. */
export function requireOperator(ctx: Pick<SystemCtx, 'actor'>): void {
  if (ctx.actor.type !== 'operator')
    throw new AppError('forbidden', { message: 'Only the operator may do this.' });
}
